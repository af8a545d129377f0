#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "signals/lexicon.hpp"
#include "signals/phrase_notation.hpp"
#include "signals/spec.hpp"
#include "signals/word_table.hpp"

namespace rapport::signals {

/// The word classes of a playbook, read when a phrase or another class first names them, in each
/// language that names them. Lives while a lexicon is compiled.
class WordClasses {
 public:
  WordClasses(std::vector<WordClass> const& classes, WordTable& words, std::vector<SpecError>& errors);

  /// The class as a choice of its alternatives: those for any language and those of `language`
  /// (every language's, if empty). Errors: no such class, none in this language, a class that
  /// holds itself. An error without a message is told once, at the class.
  base::Result<Expression const*> find(std::string_view name, std::string const& language);

  /// Names in order; a name's place is the class's id.
  std::vector<std::string_view> const& names() const { return names_; }
  /// For each class, which words of the vocabulary are alternatives by themselves. Reads all
  /// classes, so that every mistake is told; call when all phrases have been read.
  std::vector<std::vector<bool>> members();

 private:
  enum class State : std::uint8_t { reading,
                                    good,
                                    bad };
  struct Compiled {
    State state = State::reading;
    Expression choice;
  };

  void read(std::string_view name, std::string const& language, Compiled& out);
  bool read_alternative(WordClass const& definition, std::string const& alternative, std::string const& language, Expression& choice);

  std::vector<WordClass> const& classes_;
  WordTable& words_;
  std::vector<SpecError>& errors_;
  std::vector<std::string_view> names_;
  std::map<std::pair<std::string, std::string>, Compiled> compiled_;  ///< by name and language
  std::set<std::tuple<std::string, int, std::string>> told_;          ///< alternatives with a mistake
};

}  // namespace rapport::signals
