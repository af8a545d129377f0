#include "signals/filter_rule.hpp"

#include <algorithm>
#include <tuple>

namespace rapport::signals {
namespace {

/// The sentence of a firing that rests on words of the event at hand.
std::optional<std::uint16_t> sentence_of(Occurrence const& firing, Words const& words) {
  if (firing.range.empty() || firing.position >= words.tokens.size()) return std::nullopt;
  return words.tokens[firing.position].sentence;
}

bool same_sentence(Occurrence const& one, Occurrence const& other, Words const& words) {
  auto const first = sentence_of(one, words);
  auto const second = sentence_of(other, words);
  return !first || !second || *first == *second;
}

/// The firing's own sentence, or any where it rests on the whole event.
bool asks(Occurrence const& firing, Words const& words) {
  if (auto const sentence = sentence_of(firing, words)) return words.sentences[*sentence].asks;
  return std::ranges::any_of(words.sentences, &Sentence::asks);
}

bool comes_before(Occurrence const& one, Occurrence const& other) {
  return std::tie(one.at_ms, one.event, one.position) < std::tie(other.at_ms, other.event, other.position);
}

}  // namespace

std::int32_t count_words(Words const& words) {
  std::int32_t count = 0;
  std::uint32_t end = 0;
  for (Token const& token : words.tokens) {
    if (count == 0 || token.begin >= end) ++count;
    end = token.end;
  }
  return count;
}

bool FilterRule::allows(Occurrence const& firing, Surroundings const& around, Company const* company) const {
  return holds(firing, around, company) != negated;
}

Company FilterRule::company_in(std::uint32_t event, Surroundings const& around) const {
  Company company;
  if (kind != Filter::Kind::with && kind != Filter::Kind::after) return company;
  company.sentences.resize(around.words.sentences.size());
  for (std::size_t place = 0; place < around.fired.size(); ++place) {
    Occurrence const& other = around.fired[place];
    if (std::ranges::find(subjects, other.signal, &Subject::signal) == subjects.end()) continue;
    company.places.push_back(place);
    if (other.event != event) continue;
    auto const sentence = sentence_of(other, around.words);
    if (sentence) company.sentences[*sentence] = true;
    if (!sentence) company.anywhere = true;
  }
  return company;
}

bool FilterRule::asks_about(SignalId signal) const { return std::ranges::find(subjects, signal, &Subject::signal) != subjects.end(); }

bool FilterRule::holds(Occurrence const& firing, Surroundings const& around, Company const* company) const {
  switch (kind) {
    case Filter::Kind::with:
      return fired_with(firing, around, company);
    case Filter::Kind::after:
      return fired_before(firing, around, company);
    case Filter::Kind::in_turns:
      return around.conversation.turns(firing.by) <= turns.value_or(0);
    case Filter::Kind::question:
      return asks(firing, around.words);
    case Filter::Kind::word_count: {
      std::int32_t const count = count_words(around.words);
      return count >= low && count <= high;
    }
    case Filter::Kind::channel:
      return (channels >> static_cast<unsigned>(around.head.channel) & 1U) != 0;
    case Filter::Kind::reply_to:
      return std::ranges::any_of(subjects, [&](Subject const& subject) {
        return around.memory.in_last_turn_of_other_side(subject.slot, firing.by);
      });
  }
  return false;
}

bool FilterRule::fired_with(Occurrence const& firing, Surroundings const& around, Company const* company) const {
  std::int64_t const turn = around.memory.current_turn();
  if (company != nullptr && any_here(firing, around, *company)) return true;
  return std::ranges::any_of(subjects, [&](Subject const& subject) {
    bool const now = company == nullptr && std::ranges::any_of(around.fired, [&](Occurrence const& other) {
                       return other.signal == subject.signal && other.event == firing.event &&
                              (reach != Reach::sentence || same_sentence(firing, other, around.words));
                     });
    return now || (reach == Reach::turn && turn >= 0 && around.memory.last(subject.slot).event >= turn);
  });
}

bool FilterRule::any_here(Occurrence const& firing, Surroundings const& around, Company const& company) const {
  if (company.anywhere) return true;
  auto const sentence = reach == Reach::sentence ? sentence_of(firing, around.words) : std::nullopt;
  if (sentence) return company.sentences[*sentence];
  return std::ranges::any_of(company.places, [&](std::size_t place) { return around.fired[place].event == firing.event; });
}

bool FilterRule::fired_before(Occurrence const& firing, Surroundings const& around, Company const* company) const {
  std::int32_t const turns_now = around.conversation.turns(firing.by);
  auto const near = [&](base::Millis end_ms, std::int32_t turns_then) {
    bool const in_time = !within_ms || firing.at_ms - end_ms <= *within_ms;
    return in_time && (!turns || turns_now - turns_then <= *turns);
  };
  auto const before = [&](Occurrence const& other) { return comes_before(other, firing) && near(other.end_ms, turns_now); };
  if (company != nullptr && std::ranges::any_of(company->places, [&](std::size_t place) { return before(around.fired[place]); })) return true;
  return std::ranges::any_of(subjects, [&](Subject const& subject) {
    bool const now = company == nullptr && std::ranges::any_of(around.fired, [&](Occurrence const& other) {
                       return other.signal == subject.signal && before(other);
                     });
    Memory::Firing const& last = around.memory.last(subject.slot);
    return now || (last.event >= 0 && near(last.end_ms, last.turns[static_cast<std::size_t>(firing.by)]));
  });
}

}  // namespace rapport::signals
