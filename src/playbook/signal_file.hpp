#pragma once

#include <map>
#include <string>
#include <vector>

#include "playbook/values.hpp"
#include "signals/spec.hpp"

namespace rapport::playbook {

/// A phrase or a class's alternative as the lexicon names it when it finds something wrong with it:
/// by file, line of the signal or class, and text.
struct PhraseKey {
  std::string file;
  int line = 0;
  std::string phrase;

  auto operator<=>(PhraseKey const&) const = default;
};

/// Where it stands. A column in the phrase can be counted on from `place` if it is `as_written`:
/// on one line, without escapes.
struct PhrasePlace {
  Place place;
  bool as_written = false;
};
using PhrasePlaces = std::map<PhraseKey, PhrasePlace>;
PhrasePlace phrase_place(Node const& node, std::string_view phrase);

/// Reads one file of signals/: a map from signal to its definition. Appends to `signals` each
/// signal that this file declares in `reading`, in order, the faulty ones without their faulty
/// parts, so that position and number agree.
void read_signal_file(Node const& root, Reading const& reading, std::vector<signals::Spec>& signals, PhrasePlaces& places);

/// Phrases under `phrases` and `but not`: a list (English) or a map from language to list. Appends
/// into the spec's lists by language.
void read_phrases(Node const& node, Node const* but_not, Reading const& reading, signals::Spec& spec, PhrasePlaces& places);

/// `events`, `detector` and `any` of a signal.
void read_sources(Node const& signal, Reading const& reading, signals::Spec& spec);

/// All filters of a signal.
void read_filters(Node const& signal, Reading const& reading, signals::Spec& spec);

/// Whether the text is a language tag (BCP 47) such as en or pt-BR.
bool is_language(std::string_view text);

/// Tells every `<class>` in a phrase that no file defines; false if there is one.
bool check_classes(Node const& phrase, Reading const& reading);

}  // namespace rapport::playbook
