#pragma once

#include <map>
#include <string>
#include <utility>

#include "playbook/signal_file.hpp"
#include "signals/spec.hpp"

namespace rapport::playbook {

/// Reads the files of words: classes/, glossary/ and scripts/. Borrows all it is given.
class WordFiles {
 public:
  WordFiles(Reading const& reading, signals::Specs& specs, PhrasePlaces& places)
      : reading_(reading), specs_(specs), places_(places) {}

  /// A map from class to a list of alternatives (any language) or to a map from language to list.
  void read_classes(Node const& root);
  /// `language:` and `terms:`, a map from term to its plain wording.
  void read_glossary(Node const& root);
  /// A map from line to {kind, language, text, queues, brands}.
  void read_scripts(Node const& root);

 private:
  void read_class(Entry const& entry, std::string const& language, Node const& alternatives);
  void read_line(Entry const& entry);
  /// Tells a second definition of the same thing; `what` names it in the message.
  bool is_new(std::string const& what, Node const& key);

  Reading const& reading_;
  signals::Specs& specs_;
  PhrasePlaces& places_;
  std::map<std::string, Place> defined_;
};

}  // namespace rapport::playbook
