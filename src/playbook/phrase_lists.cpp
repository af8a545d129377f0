#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "playbook/signal_file.hpp"

namespace rapport::playbook {
namespace {

using signals::PhraseList;
using signals::Spec;

PhraseList& list_of(Spec& spec, std::string_view language) {
  auto const known = std::find_if(spec.phrases.begin(), spec.phrases.end(), [&](PhraseList const& list) { return list.language == language; });
  if (known != spec.phrases.end()) return *known;
  return spec.phrases.emplace_back(PhraseList{std::string(language), {}, {}});
}

void read_list(Node const& node, std::string_view language, bool cancels, Reading const& reading, Spec& spec, PhrasePlaces& places) {
  std::string_view const what = cancels ? "\"but not\"" : "\"phrases\"";
  for (Node const* item : one_or_many(node, what, "a phrase or a list of phrases", reading.problems)) {
    auto text = read_text(*item, "a phrase", reading.problems);
    if (!text || !check_classes(*item, reading)) continue;
    places.emplace(PhraseKey{spec.file, spec.line, *text}, phrase_place(*item, *text));
    PhraseList& list = list_of(spec, language);
    (cancels ? list.but_not : list.phrases).push_back(*std::move(text));
  }
}

void read_by_language(Node const& node, bool cancels, Reading const& reading, Spec& spec, PhrasePlaces& places) {
  if (!node.is_map()) {
    read_list(node, "en", cancels, reading, spec, places);
    return;
  }
  for (Entry const& entry : node.entries) {
    if (!is_language(entry.key.text)) {
      reading.problems.add(entry.key.place(), fmt::format("{} as a language; expected a tag such as en, de or pt-BR "
                                                          "(a phrase with a colon in it must stand in quotes)",
                                                          in_quotes(entry.key.text)));
    } else {
      read_list(entry.value, entry.key.text, cancels, reading, spec, places);
    }
  }
}

}  // namespace

PhrasePlace phrase_place(Node const& node, std::string_view phrase) {
  bool const whole = node.text == phrase && !phrase.empty();
  Place const last = node.place_in_text(phrase.size() - 1);
  bool const as_written = whole && (phrase.size() == 1 || last != node.place());
  return {as_written ? node.place_in_text(0) : node.place(), as_written};
}

bool is_language(std::string_view text) {
  std::size_t part = 0;
  while (true) {
    std::size_t const dash = std::min(text.find('-'), text.size());
    std::string_view const subtag = text.substr(0, dash);
    bool const first = part++ == 0;
    bool const letters = std::all_of(subtag.begin(), subtag.end(), [](unsigned char c) { return std::isalpha(c) != 0; });
    bool const good = first ? letters && (subtag.size() == 2 || subtag.size() == 3)
                            : !subtag.empty() && subtag.size() <= 8 && std::all_of(subtag.begin(), subtag.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
    if (!good) return false;
    if (dash == text.size()) return true;
    text.remove_prefix(dash + 1);
  }
}

bool check_classes(Node const& phrase, Reading const& reading) {
  bool good = true;
  std::string_view const text = phrase.text;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    std::size_t const end = text.find('>', at);
    if (end == std::string_view::npos) break;  // the lexicon tells a bracket that is never closed
    std::string_view const name = text.substr(at + 1, end - at - 1);
    good = reading.classes.resolve(name, phrase, at + 1, reading.problems).has_value() && good;
  }
  return good;
}

void read_phrases(Node const& node, Node const* but_not, Reading const& reading, Spec& spec, PhrasePlaces& places) {
  read_by_language(node, false, reading, spec, places);
  if (but_not == nullptr) return;
  read_by_language(*but_not, true, reading, spec, places);
  auto const alone = std::find_if(spec.phrases.begin(), spec.phrases.end(), [](PhraseList const& list) { return list.phrases.empty(); });
  if (alone == spec.phrases.end()) return;
  bool const written = node.is_map() ? node.find(alone->language) != nullptr : alone->language == "en";
  if (!written) {
    reading.problems.add(but_not->place(), fmt::format("\"but not\" has the language {}, in which there are no phrases; "
                                                       "expected the languages of \"phrases\"",
                                                       in_quotes(alone->language)));
  }
  std::erase_if(spec.phrases, [](PhraseList const& list) { return list.phrases.empty(); });
}

}  // namespace rapport::playbook
