#include "signals/reader_state.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "base/limits.hpp"
#include "signals/event_rule.hpp"

namespace rapport::signals {
namespace {

Occurrence occurrence_of(domain::Event const& event, std::uint32_t index, domain::Role by) {
  Occurrence occurrence;
  occurrence.by = by;
  occurrence.participant = event.participant;
  occurrence.event = index;
  occurrence.at_ms = event.at_ms;
  occurrence.end_ms = event.end();
  return occurrence;
}

}  // namespace

Reader::State::State(Lexicon::Impl const& compiled, domain::Interaction const& interaction)
    : lexicon(compiled), head(interaction), conversation(interaction.channel), memory(compiled.slots), first_raw(compiled.signals.size(), -1), ranks((compiled.signals.size() + 63) / 64) {
  detectors.resize(lexicon.detectors.size());
}

Reader::State::State(State const& other)
    : lexicon(other.lexicon), head(other.head), conversation(other.conversation), memory(other.memory), to_come(other.to_come), analysis(other.analysis), tally(other.tally), last_event(other.last_event), first_raw(other.first_raw.size(), -1), ranks(other.ranks.size()) {
  for (auto const& each : other.detectors) detectors.push_back(each == nullptr ? nullptr : each->clone());
}

void Reader::State::read(domain::Event const& event, std::uint32_t index) {
  reading.occurrences.clear();
  reading.unreadable_words = false;
  words = {{}, std::move(words.tokens), std::move(words.sentences)};
  words.tokens.clear();
  words.sentences.clear();
  release(event.at_ms);
  decide({});
  settle(reading.occurrences);

  std::string_view const language = event.language.empty() ? std::string_view{head.language} : event.language;
  reading.step = conversation.advance(event, language);
  memory.note_turn(reading.step, index);
  LanguagePlan const& plan = read_words(event, language);
  fire_events(event, index);
  analysis.begin_event();
  Moment const moment{head, event, index, reading.step, conversation, words, language, fired, analysis};
  if (!words.tokens.empty()) find_phrases(event, index, plan);
  auto const speaker = static_cast<std::size_t>(reading.step.role);
  if (reading.step.words) prompt(plan.prompts[speaker]);
  bool const ended_before = !reading.occurrences.empty();
  Listeners const& listeners = domain::carries_words(event.kind) ? plan.listeners[reading.step.words ? speaker : domain::role_count]
                                                                 : lexicon.without_words[static_cast<std::size_t>(event.kind)];
  decide({&moment, &listeners});
  last_event = index;
  if (lexicon.tally) analysis.each_surest(fired, [&](Occurrence const& firing) { tally.take(firing); });
  settle(reading.occurrences);
  if (ended_before) put_in_order(reading.occurrences);
}

/// Tokenises what was said, unless the recogniser is too unsure of it. Returns who reads it.
LanguagePlan const& Reader::State::read_words(domain::Event const& event, std::string_view language) {
  if (!domain::carries_words(event.kind)) return lexicon.no_words;
  LanguagePlan const& plan = lexicon.plan_for(language);
  bool const poor = event.confidence.value_or(1'000) < limits::words_confidence_min;
  bool const has_phrases = plan.program_of[static_cast<std::size_t>(reading.step.role)] >= 0;
  reading.unreadable_words = reading.step.words && (poor || !has_phrases);
  if (!poor) Tokeniser{lexicon.words}.tokenise(event.text, words);
  return plan;
}

void Reader::State::find_phrases(domain::Event const& event, std::uint32_t index, LanguagePlan const& plan) {
  domain::Role const role = event.by.value_or(reading.step.role);
  std::int32_t const program = plan.program_of[static_cast<std::size_t>(role)];
  if (program < 0) return;
  // Large and kept for its memory alone: one for each thread.
  static thread_local PhraseScratch scratch;
  matches.clear();
  lexicon.programs[static_cast<std::size_t>(program)].find(words, scratch, matches);
  Occurrence occurrence = occurrence_of(event, index, role);
  occurrence.confidence = event.confidence.value_or(1'000);
  for (PhraseMatch const& match : matches) {
    occurrence.signal = match.signal;
    occurrence.position = match.first;
    occurrence.sentence = words.tokens[match.first].sentence;
    occurrence.range = {words.tokens[match.first].begin, words.tokens[match.last].end};
    add_raw(occurrence);
  }
}

/// Judges the words by the sentence model, if a detector of the speaker's labels is there, so that
/// the judge hears all of them, and lets those signals be decided whose label a sentence may have.
void Reader::State::prompt(LabelPrompts const& prompts) {
  if (prompts.least.empty()) return;
  model::SentenceJudge const& judge = analysis.judged(words, reading.step);
  for (std::size_t window = 0; window < judge.windows().size(); ++window) {
    auto const scores = judge.scores(window);
    for (std::size_t label = 0; label < scores.size(); ++label) {
      if (scores[label] < prompts.least[label]) continue;
      for (std::uint32_t const rank : prompts.ranks[label]) ranks[rank / 64] |= std::uint64_t{1} << rank % 64;
    }
  }
}

void Reader::State::fire_events(domain::Event const& event, std::uint32_t index) {
  std::optional<base::Millis> due;  // one for all rules
  for (EventRule const& rule : lexicon.event_rules[static_cast<std::size_t>(event.kind)]) {
    bool const never_ends = rule.at_end && !event.end_ms;
    if (never_ends || !rule.matches(event)) continue;
    Occurrence occurrence = occurrence_of(event, index, doer_of(event, head));
    occurrence.signal = rule.signal;
    if (!due) due = due_of(event, head);
    occurrence.due_ms = *due;
    if (!rule.at_end) {
      add_raw(occurrence);
      continue;
    }
    occurrence.at_ms = occurrence.end_ms;
    auto const place = std::ranges::upper_bound(to_come, occurrence.at_ms, {}, &Occurrence::at_ms);
    to_come.insert(place, occurrence);
  }
}

/// Ends of spans that have come fire now.
void Reader::State::release(base::Millis now_ms) {
  auto const later = std::ranges::upper_bound(to_come, now_ms, {}, &Occurrence::at_ms);
  for (auto each = to_come.begin(); each != later; ++each) add_raw(*each);
  to_come.erase(to_come.begin(), later);
}

void Reader::State::add_raw(Occurrence const& occurrence) {
  std::uint32_t const rank = lexicon.signals[occurrence.signal].rank;
  raw.emplace_back(occurrence, first_raw[rank]);
  first_raw[rank] = static_cast<std::int32_t>(raw.size() - 1);
  ranks[rank / 64] |= std::uint64_t{1} << rank % 64;
}

void Reader::State::pass_time(base::Millis now_ms, std::vector<Occurrence>& out) {
  words.tokens.clear();
  words.sentences.clear();
  release(now_ms);
  for (std::uint32_t const index : lexicon.time_watchers) {
    if (detectors[index] == nullptr) continue;
    Emitter emit{lexicon.detectors[index].signal, of_signal};
    detectors[index]->pass_time(now_ms, conversation, emit);
    for (Occurrence const& occurrence : of_signal) add_raw(occurrence);
    of_signal.clear();
  }
  decide({});
  settle(out);
}

void Reader::State::finish(base::Millis end_ms, std::vector<Occurrence>& out) {
  words.tokens.clear();
  words.sentences.clear();
  release(std::numeric_limits<base::Millis>::max());
  Ending const ending{end_ms, last_event, conversation, tally};
  for (std::size_t index = 0; index < detectors.size(); ++index) {
    Emitter emit{lexicon.detectors[index].signal, of_signal};
    Detector& detector = detectors[index] == nullptr ? *lexicon.detectors[index].prototype : *detectors[index];
    detector.finish(ending, emit);
    for (Occurrence const& occurrence : of_signal) add_raw(occurrence);
    of_signal.clear();
  }
  decide({});
  settle(out);
}

}  // namespace rapport::signals
