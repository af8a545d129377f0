#include <utility>

#include "centre/ids.hpp"
#include "centre/numbers.hpp"

/// What happens to contacts, as legs.
namespace rapport::centre {
namespace {

using insight::LegEnd;
using insight::OfferEnd;

OfferEnd offer_end(routing::ReturnCause why) {
  switch (why) {
    case routing::ReturnCause::refused:
      return OfferEnd::refused;
    case routing::ReturnCause::no_answer:
      return OfferEnd::no_answer;
    case routing::ReturnCause::not_acknowledged:
      return OfferEnd::not_acknowledged;
    case routing::ReturnCause::withdrawn:
      break;
  }
  return OfferEnd::withdrawn;
}

/// Who leaves before somebody has them left while waiting, even if a colleague read their hand-over.
LegEnd leg_end(routing::LeaveCause why, bool answered) {
  switch (why) {
    case routing::LeaveCause::ended:
      return answered ? LegEnd::ended : LegEnd::abandoned;
    case routing::LeaveCause::abandoned:
      return LegEnd::abandoned;
    case routing::LeaveCause::overflowed:
      return LegEnd::overflowed;
    case routing::LeaveCause::unreachable:
      return LegEnd::unreachable;
    case routing::LeaveCause::consult_over:
    case routing::LeaveCause::consult_unanswered:
      break;
  }
  return LegEnd::ended;
}

}  // namespace

Numbers::Open* Numbers::find(routing::ContactId contact) {
  auto const found = contacts_.find(contact);
  if (found == contacts_.end()) return nullptr;  // it was there before anything was counted
  lines_.insert(found->second.book.legs().back().queue);
  return &found->second;
}

Numbers::Open& Numbers::begin(routing::ContactId contact, ConfigureQueue const& queue, insight::ContactFacts facts) {
  facts.interaction = id_text(contact);
  facts.brand = queue.brand;
  lines_.insert(queue.slug);
  return contacts_.insert_or_assign(contact, Open{insight::LegBook{std::move(facts)}, {}}).first->second;
}

void Numbers::wait_ended(insight::Leg const& leg, Moment const& moment) {
  ConfigureQueue const* const queue = moment.directory.queue(leg.queue);
  book_.add_wait(leg, queue != nullptr ? targets_of(*queue) : insight::Targets{});
  live_.wait_ended(moment.at, leg, moment.directory);
}

void Numbers::close_legs(routing::ContactId contact, Moment const& moment) {
  auto const found = contacts_.find(contact);
  insight::LegBook& book = found->second.book;
  for (insight::Leg const& leg : book.take_finished()) {
    if (leg.answered()) {
      book_.add_work(book.legs(), leg);
      live_.finished(moment.at, book.legs(), leg, moment.directory);
    } else {
      wait_ended(leg, moment);
    }
  }
  if (book.complete())
    contacts_.erase(found);
  else
    lines_.insert(book.legs().back().queue);
}

void Numbers::touch_holder(Open const& open) {
  if (auto const agent = parse_id<routing::AgentId>(open.book.legs().back().agent)) touched_.insert(*agent);
}

void Numbers::on(routing::Entered const& event, Moment const& moment) {
  ConfigureQueue const* const queue = moment.directory.queue(event.wait.queue);
  if (queue == nullptr) return;
  begin(event.contact, *queue, {.channel = event.channel}).book.entered(moment.at, queue->slug);
}

void Numbers::on(routing::Assigned const& event, Moment const& moment) {
  touched_.insert(event.agent);
  ConfigureQueue const* const queue = moment.directory.queue(event.queue);
  if (queue == nullptr) return;
  insight::ContactFacts const facts{.channel = event.channel, .direction = domain::Direction::outbound};
  begin(event.contact, *queue, facts).book.placed(moment.at, id_text(event.agent), queue->slug);
}

void Numbers::on(routing::ConsultStarted const& event, Moment const& moment) {
  touched_.insert(event.by);
  ConfigureQueue const* const queue = moment.directory.queue(event.wait.queue);
  if (queue == nullptr) return;
  Open& open = begin(event.consult, *queue, {.consult = true});
  open.about = event.contact;
  open.book.entered(moment.at, queue->slug);
}

void Numbers::on(routing::Offered const& event, Moment const& moment) {
  touched_.insert(event.agent);
  if (Open* const open = find(event.contact)) open->book.offered(moment.at, id_text(event.agent));
}

void Numbers::answered(Open& open, routing::AgentId agent, Moment const& moment) {
  open.book.answered(moment.at, id_text(agent));
  wait_ended(open.book.legs().back(), moment);
  if (Open const* const about = open.about.nil() ? nullptr : find(open.about)) touch_holder(*about);
}

/// Who receives a hand-over has the customer once they have acknowledged it.
void Numbers::on(routing::Answered const& event, Moment const& moment) {
  touched_.insert(event.agent);
  Open* const open = find(event.contact);
  if (open != nullptr && !event.receiving) answered(*open, event.agent, moment);
}

void Numbers::on(routing::Acknowledged const& event, Moment const& moment) {
  touched_.insert(event.agent);
  if (Open* const open = find(event.contact)) answered(*open, event.agent, moment);
}

void Numbers::on(routing::Returned const& event, Moment const& moment) {
  touched_.insert(event.agent);
  if (Open* const open = find(event.contact)) open->book.offer_ended(moment.at, offer_end(event.why));
}

void Numbers::on(routing::Overflowed const& event, Moment const& moment) {
  Open* const open = find(event.contact);
  ConfigureQueue const* const queue = moment.directory.queue(event.to);
  if (open == nullptr || queue == nullptr) return;
  open->book.overflowed(moment.at, queue->slug);
  close_legs(event.contact, moment);
}

/// For the queue that it leaves it is one that was passed on.
void Numbers::on(routing::Moved const& event, Moment const& moment) {
  Open* const open = find(event.contact);
  ConfigureQueue const* const queue = moment.directory.queue(event.wait.queue);
  if (open == nullptr || queue == nullptr) return;
  open->book.overflowed(moment.at, queue->slug);
  close_legs(event.contact, moment);
}

void Numbers::on(routing::Left const& event, Moment const& moment) {
  if (!event.agent.nil()) touched_.insert(event.agent);
  Open* const open = find(event.contact);
  if (open == nullptr) return;
  if (Open const* const about = open->about.nil() ? nullptr : find(open->about)) touch_holder(*about);
  open->book.left(moment.at, moment.interrupted ? LegEnd::interrupted : leg_end(event.why, open->book.answered()));
  close_legs(event.contact, moment);
}

void Numbers::on(routing::WrapUpEnded const& event, Moment const& moment) {
  touched_.insert(event.agent);
  Open* const open = find(event.contact);
  if (open == nullptr) return;
  open->book.wrap_up_ended(moment.at, id_text(event.agent));
  close_legs(event.contact, moment);
}

/// One that is due at once keeps waiting; the customer does not hold the line from then on either.
void Numbers::on(routing::CallbackRequested const& event, Moment const& moment) {
  Open* const open = find(event.contact);
  if (open == nullptr) return;
  open->book.parked(moment.at);
  if (event.due <= moment.at) open->book.callback_due(moment.at);
}

void Numbers::on(routing::CallbackDue const& event, Moment const& moment) {
  if (Open* const open = find(event.contact)) open->book.callback_due(moment.at);
}

void Numbers::on(routing::CustomerNotReached const& event, Moment const& moment) {
  touched_.insert(event.agent);
  Open* const open = find(event.contact);
  if (open == nullptr) return;
  open->book.not_reached(moment.at);
  close_legs(event.contact, moment);
}

void Numbers::on(routing::Transferred const& event, Moment const& moment) {
  touched_.insert(event.by);
  Open* const open = find(event.contact);
  ConfigureQueue const* const queue = moment.directory.queue(event.wait.queue);
  if (open == nullptr || queue == nullptr) return;
  open->book.transferred(moment.at, queue->slug);
  close_legs(event.contact, moment);
}

/// A cold one was counted as it was acknowledged. Of a warm one the consultation is over.
void Numbers::on(routing::TransferDone const& event, Moment const& moment) {
  touched_.insert(event.to);
  if (event.consult.nil()) return;
  touched_.insert(event.from);
  std::string queue;
  if (Open* const consult = find(event.consult)) {
    queue = consult->book.legs().back().queue;
    consult->book.left(moment.at, LegEnd::ended);
    consult->book.wrap_up_ended(moment.at, id_text(event.to));
    close_legs(event.consult, moment);
  }
  Open* const open = find(event.contact);
  if (open == nullptr) return;
  open->book.handed(moment.at, id_text(event.to), std::move(queue));
  close_legs(event.contact, moment);
}

void Numbers::on(routing::ReturnedToQueue const& event, Moment const& moment) {
  touched_.insert(event.agent);
  Open* const open = find(event.contact);
  if (open == nullptr) return;
  if (open->book.answered())
    open->book.put_back(moment.at);
  else
    open->book.offer_ended(moment.at, OfferEnd::withdrawn);  // they had not acknowledged: it waits on
  close_legs(event.contact, moment);
}

void Numbers::on(routing::TakenOver const& event, Moment const& moment) {
  touched_.insert(event.from);
  touched_.insert(event.to);
  Open* const open = find(event.contact);
  if (open == nullptr) return;
  open->book.handed(moment.at, id_text(event.to), open->book.legs().back().queue);
  close_legs(event.contact, moment);
}

void Numbers::on(HoldStarted const& event, Moment const&) {
  Open* const open = find(event.contact);
  if (open == nullptr || !open->book.answered()) return;
  open->book.hold_started(event.at);
  touch_holder(*open);
}

void Numbers::on(HoldEnded const& event, Moment const&) {
  Open* const open = find(event.contact);
  if (open == nullptr || !open->book.answered()) return;
  open->book.hold_ended(event.at);
  touch_holder(*open);
}

}  // namespace rapport::centre
