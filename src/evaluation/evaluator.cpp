#include "evaluation/evaluator.hpp"

#include "base/assert.hpp"
#include "evaluation/obligations.hpp"
#include "signals/reader.hpp"

namespace rapport::evaluation {

using domain::Event;
using domain::Interaction;
using domain::Role;
using domain::Source;
using domain::SourceSet;

namespace {

base::Millis speech_of_all(timeline::Conversation const& conversation) {
  base::Millis sum = 0;
  for (std::size_t role = 0; role < domain::role_count; ++role) {
    sum += conversation.share(static_cast<Role>(role)).speech_ms;
  }
  return sum;
}

}  // namespace

struct Evaluator::State {
  State(Plan const& plan, Interaction const& interaction, bool watched)
      : head(&interaction),
        reader(*plan.playbook().lexicon, interaction),
        obligations(plan, interaction, watched) {
    if (!head->history.empty()) shown.add(Source::journey);
  }

  void pass_time(base::Millis now_ms) {
    timed.clear();
    reader.pass_time(now_ms, timed);
    obligations.take_timed(timed);
  }

  void take(Event const& event, std::uint32_t index) {
    pass_time(event.at_ms - 1);
    shown.add(timeline::sources_shown_by(event));
    signals::Reading const& reading = reader.read(event, index);
    timeline::Conversation const& conversation = reader.conversation();
    Entry entry;
    entry.at_ms = event.at_ms;
    entry.event = index;
    entry.kind = event.kind;
    entry.step = reading.step;
    entry.participant = event.participant;
    entry.current_agent = conversation.current_agent();
    entry.speech_ms = speech_of_all(conversation);
    entry.language = event.language.empty() ? head->language : event.language;
    entry.unreadable = reading.unreadable_words;
    entry.told = &event;
    entry.occurrences = reading.occurrences;
    obligations.take(entry);
  }

  Ledger finish(base::Millis end_ms) {
    pass_time(end_ms);
    timed.clear();
    reader.finish(end_ms, timed);
    obligations.finish(end_ms, timed);
    return obligations.ledger(head->observed.value_or(shown));
  }

  Interaction const* head;
  signals::Reader reader;
  Obligations obligations;
  SourceSet shown;
  std::vector<signals::Occurrence> timed;  ///< scratch
};

Evaluator::Evaluator(Plan const& plan, Interaction const& head, bool watched)
    : state_(std::make_unique<State>(plan, head, watched)) {}
Evaluator::Evaluator(Evaluator const& other) : state_(std::make_unique<State>(*other.state_)) {}
Evaluator& Evaluator::operator=(Evaluator const& other) {
  if (this != &other) state_ = std::make_unique<State>(*other.state_);
  return *this;
}
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;
Evaluator::~Evaluator() = default;

void Evaluator::pass_time(base::Millis now_ms) {
  state_->pass_time(now_ms);
  state_->obligations.pass_time(now_ms);
}

void Evaluator::take(Event const& event, std::uint32_t index) { state_->take(event, index); }

Ledger Evaluator::ledger(base::Millis end_ms) const { return Evaluator(*this).finish(end_ms); }

Ledger Evaluator::finish(base::Millis end_ms) { return state_->finish(end_ms); }

std::vector<Change> Evaluator::drain_changes() { return state_->obligations.drain_changes(); }

Occasion const& Evaluator::obligation(ObligationNumber number) const {
  RAPPORT_ASSERT(number < obligation_count());
  return state_->obligations.occasions()[number];
}

std::size_t Evaluator::obligation_count() const { return state_->obligations.occasions().size(); }

Plan plan_of(playbook::Playbook const& playbook) { return {playbook, facts_of(playbook.lexicon)}; }

Ledger evaluate(Plan const& plan, timeline::Timeline const& timeline) {
  Evaluator evaluator(plan, timeline.head());
  std::uint32_t index = 0;
  for (Event const& event : timeline.events()) evaluator.take(event, index++);
  return evaluator.finish(timeline.end_ms());
}

Ledger evaluate(playbook::Playbook const& playbook, timeline::Timeline const& timeline) {
  Plan const plan = plan_of(playbook);
  return evaluate(plan, timeline);
}

}  // namespace rapport::evaluation
