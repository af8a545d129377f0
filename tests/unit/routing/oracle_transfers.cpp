#include <algorithm>

#include "unit/routing/oracle.hpp"

namespace rapport::routing {

Oracle::Refused Oracle::mine(ContactId contact, AgentId by) const {
  if (!workers_.contains(by)) return Refusal::unknown_agent;
  if (!customers_.contains(contact)) return Refusal::unknown_contact;
  Customer const& customer = customers_.at(contact);
  if (!customer.about.nil()) return Refusal::is_consult;
  if (customer.stage != Stage::connected && customer.stage != Stage::receiving) return Refusal::not_connected;
  return customer.with == by ? std::nullopt : Refused{Refusal::wrong_agent};
}

/// Where the contact waits afterwards. A transfer keeps the effective entry, unless the queue says otherwise.
std::variant<Wait, Refusal> Oracle::target(Transfer const& c, Customer const& customer) const {
  Wait wait{customer.rules.id, customer.entry, customer.own, customer.needs_only, false, {}, {}};
  if (c.to == TransferTo::queue) {
    auto const queue = admitted(c.queue);
    if (auto const* refused = std::get_if<Refusal>(&queue)) return *refused;
    wait.queue = std::get<QueueId>(queue);
    wait.needs_only = false;
  }
  if (c.to == TransferTo::agent) {
    if (!workers_.contains(c.agent)) return Refusal::unknown_agent;
    if (c.agent == c.by) return Refusal::wrong_agent;
    Worker const& to = workers_.at(c.agent);
    bool const serves = to.profile.capacity[static_cast<std::size_t>(customer.channel)] > 0;
    if (to.presence == Presence::offline || !serves) return Refusal::agent_unavailable;
    wait.directed = true;
    wait.reserved_for = c.agent;
    wait.reserved_until = now_ + queues_.at(wait.queue).directed_ms;
  }
  if (c.to == TransferTo::skill) {
    wait.needs = c.needs;
    wait.needs_only = true;
  }
  if (!queues_.at(wait.queue).transfer_keeps_entry) wait.effective_entry = now_;
  return wait;
}

Oracle::Refused Oracle::on(Transfer const& c) {
  if (auto const refused = mine(c.contact, c.by)) return refused;
  Customer& customer = customers_.at(c.contact);
  if (customer.stage == Stage::receiving) return Refusal::not_acknowledged;
  if (!customer.consult.nil()) return Refusal::transfer_in_progress;
  if (!c.consult.nil() && customers_.contains(c.consult)) return Refusal::contact_exists;
  auto const wait = target(c, customer);
  if (auto const* refused = std::get_if<Refusal>(&wait)) return *refused;
  if (c.consult.nil()) {
    base::Instant const until = now_ + customer.rules.wrap_up_ms;
    wrap_up(c.by, c.contact, until);
    queue_up(customer, std::get<Wait>(wait));
    customer.handover = true;
    customer.handed_by = c.by;
    customer.callback = false;
    customer.overflows = 0;
    emit(Transferred{c.contact, c.by, std::get<Wait>(wait), until});
    came_.push_back(c.contact);
    freed_.push_back(c.by);
    return std::nullopt;
  }
  Customer consult;
  consult.channel = customer.channel;
  consult.boost = customer.boost;
  consult.about = c.contact;
  consult.handover = true;
  queue_up(consult, std::get<Wait>(wait));
  customer.consult = c.consult;
  live(c.by, c.contact).consulting = true;
  customers_[c.consult] = consult;
  emit(ConsultStarted{c.contact, c.consult, c.by, std::get<Wait>(wait)});
  came_.push_back(c.consult);
  return std::nullopt;
}

Oracle::Refused Oracle::on(CompleteTransfer const& c) {
  if (auto const refused = mine(c.contact, c.by)) return refused;
  Customer& customer = customers_.at(c.contact);
  if (customer.consult.nil()) return Refusal::no_transfer;
  ContactId const id = customer.consult;
  Customer const consult = customers_.at(id);
  if (consult.stage != Stage::connected) return Refusal::not_acknowledged;
  base::Instant const until = now_ + customer.rules.wrap_up_ms;
  wrap_up(c.by, c.contact, until);
  live(consult.with, id).contact = c.contact;
  customers_.erase(id);
  customer.with = consult.with;
  customer.consult = {};
  customer.rules = consult.rules;
  customer.own = consult.own;
  customer.needs_only = consult.needs_only;
  customer.callback = false;
  emit(TransferDone{c.contact, c.by, consult.with, id, until});
  freed_.push_back(c.by);
  return std::nullopt;
}

Oracle::Refused Oracle::on(CancelTransfer const& c) {
  if (auto const refused = mine(c.contact, c.by)) return refused;
  ContactId const consult = customers_.at(c.contact).consult;
  if (consult.nil()) return Refusal::no_transfer;
  leave(consult, LeaveCause::consult_over, now_);
  return std::nullopt;
}

Oracle::Refused Oracle::on(PutBack const& c) {
  if (!customers_.contains(c.contact)) return Refusal::unknown_contact;
  Customer& customer = customers_.at(c.contact);
  if (!customer.about.nil()) return Refusal::is_consult;
  if (customer.stage != Stage::connected && customer.stage != Stage::receiving) return Refusal::not_connected;
  if (!customer.consult.nil()) leave(customer.consult, LeaveCause::consult_over, now_);
  AgentId const agent = customer.with;
  base::Instant const until = now_ + customer.rules.wrap_up_ms;
  wrap_up(agent, c.contact, until);
  start_waiting(customer);
  customer.callback = false;
  emit(ReturnedToQueue{c.contact, agent, until});
  came_.push_back(c.contact);
  freed_.push_back(agent);
  return std::nullopt;
}

}  // namespace rapport::routing
