#include "unit/routing/oracle.hpp"

/// Agents who start contacts, and supervisors who step in.
namespace rapport::routing {

Oracle::Refused Oracle::cannot_take(AgentId agent, domain::Channel channel) const {
  Worker const& worker = workers_.at(agent);
  if (worker.presence == Presence::offline || worker.resumes) return Refusal::agent_unavailable;
  if (worker.profile.capacity[static_cast<std::size_t>(channel)] == 0) return Refusal::agent_unavailable;
  return fits(worker, channel) ? std::nullopt : Refused{Refusal::no_room};
}

Oracle::Refused Oracle::on(Assign const& c) {
  if (customers_.contains(c.contact)) return Refusal::contact_exists;
  if (!queues_.contains(c.queue)) return Refusal::unknown_queue;
  if (!workers_.contains(c.agent)) return Refusal::unknown_agent;
  if (auto const refused = cannot_take(c.agent, c.channel)) return refused;
  Customer customer;
  customer.rules = queues_.at(c.queue);
  customer.channel = c.channel;
  customer.stage = Stage::connected;
  customer.entry = customer.queued_at = now_;
  customer.with = c.agent;
  customers_[c.contact] = customer;
  workers_.at(c.agent).held.push_back({c.contact, c.channel, false, true, false, false, false, {}});
  emit(Assigned{c.contact, c.agent, c.queue, c.channel});
  return std::nullopt;
}

Oracle::Refused Oracle::on(SetBoost const& c) {
  if (!customers_.contains(c.contact)) return Refusal::unknown_contact;
  Customer& customer = customers_.at(c.contact);
  if (customer.stage != Stage::waiting) return Refusal::not_waiting;
  if (customer.boost == c.boost) return Refusal::already_so;
  customer.boost = c.boost;
  emit(BoostSet{c.contact, c.boost});
  return std::nullopt;
}

Oracle::Refused Oracle::on(Move const& c) {
  if (!customers_.contains(c.contact)) return Refusal::unknown_contact;
  Customer& customer = customers_.at(c.contact);
  if (!customer.about.nil()) return Refusal::is_consult;
  if (customer.stage != Stage::waiting) return Refusal::not_waiting;
  auto const queue = admitted(c.queue);
  if (auto const* refused = std::get_if<Refusal>(&queue)) return *refused;
  if (std::get<QueueId>(queue) == customer.rules.id) return Refusal::already_so;
  Wait const wait{std::get<QueueId>(queue), c.keep_entry ? customer.entry : now_, customer.own, false, false, {}, {}};
  queue_up(customer, wait);
  customer.overflows = 0;
  emit(Moved{c.contact, wait});
  came_.push_back(c.contact);
  return std::nullopt;
}

Oracle::Refused Oracle::on(TakeOver const& c) {
  if (!workers_.contains(c.agent)) return Refusal::unknown_agent;
  if (!customers_.contains(c.contact)) return Refusal::unknown_contact;
  Customer& customer = customers_.at(c.contact);
  if (!customer.about.nil()) return Refusal::is_consult;
  if (customer.stage == Stage::receiving) return Refusal::not_acknowledged;
  if (customer.stage != Stage::connected) return Refusal::not_connected;
  if (customer.with == c.agent) return Refusal::already_so;
  if (auto const refused = cannot_take(c.agent, customer.channel)) return refused;
  if (!customer.consult.nil()) leave(customer.consult, LeaveCause::consult_over, now_);
  AgentId const from = customer.with;
  base::Instant const until = now_ + customer.rules.wrap_up_ms;
  wrap_up(from, c.contact, until);
  customer.with = c.agent;
  workers_.at(c.agent).held.push_back({c.contact, customer.channel, false, true, false, false, false, {}});
  emit(TakenOver{c.contact, from, c.agent, until});
  freed_.push_back(from);
  return std::nullopt;
}

}  // namespace rapport::routing
