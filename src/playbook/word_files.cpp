#include "playbook/word_files.hpp"

#include <fmt/format.h>

#include <array>

namespace rapport::playbook {
namespace {

using signals::ScriptLine;

constexpr std::array<std::string_view, 3> kind_words{"required", "forbidden", "own-words"};  // in the order of Kind
constexpr std::array<std::string_view, 5> line_keys{"kind", "language", "text", "queues", "brands"};
constexpr std::array<std::string_view, 2> glossary_keys{"language", "terms"};

/// The language that `node` names, English where there is none.
std::string read_language(Node const* node, Problems& problems) {
  if (node == nullptr) return "en";
  auto language = read_text(*node, "\"language\"", problems);
  if (language && !is_language(*language)) tell_unexpected(*node, "\"language\"", "a tag such as en, de or pt-BR", problems);
  return language.value_or("en");
}

}  // namespace

bool WordFiles::is_new(std::string const& what, Node const& key) {
  auto const [first, inserted] = defined_.emplace(what, key.place());
  if (!inserted) {
    reading_.problems.add(key.place(), fmt::format("{} is already defined ({}); expected it once", what, to_text(first->second)));
  }
  return inserted;
}

void WordFiles::read_classes(Node const& root) {
  for (Entry const& entry : root.entries) {
    if (!reading_.classes.find(entry.key.text)) continue;  // told when its name was declared
    if (!entry.value.is_map()) {
      read_class(entry, "", entry.value);
      continue;
    }
    for (Entry const& by_language : entry.value.entries) {
      if (is_language(by_language.key.text)) {
        read_class(entry, by_language.key.text, by_language.value);
      } else {
        reading_.problems.add(by_language.key.place(), fmt::format("{} as a language; expected a tag such as en, de or pt-BR", in_quotes(by_language.key.text)));
      }
    }
  }
}

void WordFiles::read_class(Entry const& entry, std::string const& language, Node const& alternatives) {
  std::string const what = fmt::format("the word class {}{}", in_quotes(entry.key.text), language.empty() ? "" : " in " + language);
  if (!is_new(what, entry.key)) return;
  signals::WordClass word_class{entry.key.text, language, {}, entry.key.file->path, entry.key.line};
  for (Node const* item : one_or_many(alternatives, what, "a list of alternatives", reading_.problems)) {
    auto text = read_text(*item, "an alternative", reading_.problems);
    if (!text || !check_classes(*item, reading_)) continue;
    places_.emplace(PhraseKey{word_class.file, word_class.line, *text}, phrase_place(*item, *text));
    word_class.alternatives.push_back(*std::move(text));
  }
  specs_.classes.push_back(std::move(word_class));
}

void WordFiles::read_glossary(Node const& root) {
  if (root.is_map()) check_map(root, "a glossary", glossary_keys, reading_.problems);
  std::string const language = read_language(root.find("language"), reading_.problems);
  Node const* terms = root.find("terms");
  if (terms == nullptr) {
    reading_.problems.add(root.place(), "the glossary has no \"terms\"; expected a map from terms to plain words");
    return;
  }
  if (!terms->is_map()) tell_unexpected(*terms, "\"terms\"", "a map from terms to plain words", reading_.problems);
  for (Entry const& entry : terms->entries) {
    auto plain = read_text(entry.value, fmt::format("the term {}", in_quotes(entry.key.text)), reading_.problems);
    bool const taken = is_new(fmt::format("the term {} in {}", in_quotes(entry.key.text), language), entry.key);
    if (plain && taken) specs_.glossary.push_back({language, entry.key.text, *std::move(plain)});
  }
}

void WordFiles::read_scripts(Node const& root) {
  for (Entry const& entry : root.entries) {
    if (is_name(entry.key.text)) {
      if (is_new(fmt::format("the line {}", in_quotes(entry.key.text)), entry.key)) read_line(entry);
    } else {
      tell_unexpected(entry.key, "the name of a line", "lower-case letters and digits, joined by . - or _", reading_.problems);
    }
  }
}

void WordFiles::read_line(Entry const& entry) {
  Node const& node = entry.value;
  Problems& problems = reading_.problems;
  if (!check_map(node, "a line", line_keys, problems)) return;
  ScriptLine line;
  line.id = entry.key.text;
  line.language = read_language(node.find("language"), problems);
  Node const* kind = node.find("kind");
  Node const* text = node.find("text");
  if (kind == nullptr || text == nullptr) {
    problems.add(entry.key.place(), fmt::format("the line {} has no \"{}\"", in_quotes(line.id), kind == nullptr ? "kind" : "text"));
    return;
  }
  auto const kind_word = read_word(*kind, "\"kind\"", kind_words, problems);
  line.text = read_text(*text, "\"text\"", problems).value_or("");
  if (Node const* queues = node.find("queues")) line.queues = read_texts(*queues, "\"queues\"", problems);
  if (Node const* brands = node.find("brands")) line.brands = read_texts(*brands, "\"brands\"", problems);
  if (!kind_word) return;
  line.kind = static_cast<ScriptLine::Kind>(*kind_word);
  specs_.lines.push_back(std::move(line));
}

}  // namespace rapport::playbook
