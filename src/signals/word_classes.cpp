#include "signals/word_classes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.hpp"
#include "signals/language.hpp"
#include "signals/phrase_chain.hpp"
#include "signals/segment_nfa.hpp"

namespace rapport::signals {
namespace {

/// Marks the words that the expression can stand for as a whole, one word long.
void mark_single_words(Expression const& expression, WordSets const& sets, std::vector<bool>& members) {
  switch (expression.kind) {
    case Expression::Kind::word:
      for (WordId const word : sets.standing_for(expression.word)) members[word] = true;
      return;
    case Expression::Kind::number:
      for (WordId const word : sets.numbers()) members[word] = true;
      return;
    case Expression::Kind::choice:
      for (Expression const& part : expression.parts) mark_single_words(part, sets, members);
      return;
    case Expression::Kind::sequence:
      if (expression.parts.size() == 1) mark_single_words(expression.parts.front(), sets, members);
      return;
    default:
      return;
  }
}

}  // namespace

WordClasses::WordClasses(std::vector<WordClass> const& classes, WordTable& words, std::vector<SpecError>& errors)
    : classes_(classes), words_(words), errors_(errors) {
  for (WordClass const& each : classes_) names_.push_back(each.name);
  std::ranges::sort(names_);
  auto const repeats = std::ranges::unique(names_);
  names_.erase(repeats.begin(), repeats.end());
}

base::Result<Expression const*> WordClasses::find(std::string_view name, std::string const& language) {
  if (!std::ranges::binary_search(names_, name)) {
    auto const near = base::nearest(name, names_);
    return base::Error{fmt::format("\"{}\" is no word class{}", name, near ? fmt::format("; did you mean \"{}\"?", *near) : "")};
  }
  auto const [found, inserted] = compiled_.try_emplace({std::string{name}, language});
  Compiled& compiled = found->second;
  if (inserted) {
    read(name, language, compiled);
  } else if (compiled.state == State::reading) {
    return base::Error{fmt::format("the word class \"{}\" holds itself", name)};
  }
  if (compiled.state == State::bad) return base::Error{};
  if (compiled.choice.parts.empty()) {
    return base::Error{fmt::format("the word class \"{}\" has no alternatives in the language \"{}\"", name, language)};
  }
  return &compiled.choice;
}

void WordClasses::read(std::string_view name, std::string const& language, Compiled& out) {
  Expression choice{Expression::Kind::choice, {}, 0, 0, {}};
  bool good = true;
  for (WordClass const& definition : classes_) {
    std::string const defined_in = base_language(definition.language);
    bool const fits = definition.name == name && (defined_in.empty() || language.empty() || defined_in == language);
    if (!fits) continue;
    if (definition.alternatives.empty()) good = false;  // told by members()
    std::string const& context = language.empty() ? defined_in : language;
    for (std::string const& alternative : definition.alternatives) {
      good = read_alternative(definition, alternative, context, choice) && good;
    }
  }
  out.choice = std::move(choice);
  out.state = good ? State::good : State::bad;
}

bool WordClasses::read_alternative(WordClass const& definition, std::string const& alternative, std::string const& language,
                                   Expression& choice) {
  auto const find_class = [&](std::string_view name) { return find(name, language); };
  base::Result<Expression> parsed = parse_phrase(alternative, words_, find_class);
  std::string mistake = parsed ? "" : parsed.error().message;
  if (parsed && may_be_empty(*parsed)) mistake = "the alternative may stand for no word, expected at least one that must be there";
  if (parsed && mistake.empty()) {
    choice.parts.push_back(std::move(*parsed));
    return true;
  }
  bool const first_time = told_.insert({definition.file, definition.line, alternative}).second;
  if (first_time && !mistake.empty()) errors_.push_back({definition.file, definition.line, mistake, alternative});
  return false;
}

std::vector<std::vector<bool>> WordClasses::members() {
  for (WordClass const& definition : classes_) {
    if (!definition.alternatives.empty()) continue;
    errors_.push_back({definition.file, definition.line, fmt::format("the word class \"{}\" has no alternatives", definition.name)});
  }
  std::vector<Expression const*> choices;
  for (std::string_view const name : names_) {
    base::Result<Expression const*> const choice = find(name, "");
    choices.push_back(choice ? *choice : nullptr);
  }
  WordSets const sets{words_};
  std::vector<std::vector<bool>> members(names_.size(), std::vector<bool>(words_.size()));
  for (std::size_t id = 0; id < choices.size(); ++id) {
    if (choices[id] != nullptr) mark_single_words(*choices[id], sets, members[id]);
  }
  return members;
}

}  // namespace rapport::signals
