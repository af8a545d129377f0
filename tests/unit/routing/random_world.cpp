#include "unit/routing/random_world.hpp"

#include "unit/routing/names.hpp"

namespace rapport::routing {

Requirement RandomWorld::needs(std::uint32_t most) {
  Requirement wanted;
  for (std::uint32_t left = below(most + 1); left > 0; --left) {
    wanted.add({SkillId(below(3)), static_cast<std::uint8_t>(1 + below(3))});
  }
  return wanted;
}

void RandomWorld::look_at(State const& floor) {
  auto const any = [&]() -> Agent const& {
    return floor.agent(below(static_cast<std::uint32_t>(floor.agent_count())));
  };
  Agent const* agent = &any();
  for (int tries = 0; tries < 3 && agent->slots.empty(); ++tries) agent = &any();
  at_agent_ = agent->id;
  at_contact_ = {};
  at_state_.reset();
  if (agent->slots.empty()) return;
  Slot const& slot = agent->slots[below(static_cast<std::uint32_t>(agent->slots.size()))];
  at_contact_ = slot.contact;
  at_state_ = slot.state;
}

AgentId RandomWorld::other_agent() {
  return id_of<AgentId>("a" + std::to_string(below(agents + (one_in(30) ? 1 : 0))));
}
AgentId RandomWorld::any_agent() { return one_in(6) ? other_agent() : at_agent_; }
ContactId RandomWorld::any_contact() {
  if (!at_contact_.nil() && !one_in(4)) return at_contact_;
  return id_of<ContactId>("c" + std::to_string(below(contacts)));
}

SetQueue RandomWorld::queue(std::uint32_t number, bool may_point) {
  if (!drawn_) {
    for (std::uint32_t& age : ages_) age = one_in(2) ? 0 : 3 + below(20);
    drawn_ = true;
  }
  auto made = std::make_shared<Queue>();
  Queue& queue = *made;
  queue.id = QueueId{number};
  queue.priority = static_cast<std::uint8_t>(below(3));
  queue.needs = needs(1);
  for (base::Millis after = seconds(10); one_in(2) && queue.relax.size() < 3; after += seconds(10)) {
    queue.relax.push_back({after, {SkillId(below(3)), static_cast<std::uint8_t>(below(3))}});
  }
  queue.strategy = static_cast<Strategy>(below(3));
  queue.age_every_ms = ages_[number] * base::second;
  queue.waiting_max = one_in(3) ? 1 + below(4) : 0;
  queue.offer_ms = seconds(6);
  queue.acknowledge_ms = seconds(6);
  queue.wrap_up_ms = one_in(2) ? 0 : seconds(5);
  queue.refusal_pause_ms = seconds(5);
  queue.not_responding_ms = seconds(8);
  queue.affinity_ms = one_in(2) ? 0 : seconds(8);
  queue.fair_load = static_cast<std::uint8_t>(1 + below(3));
  queue.directed_ms = seconds(8);
  queue.unanswered_max = static_cast<std::uint8_t>(below(4));
  queue.overflow_after_ms = one_in(2) ? 0 : seconds(15);
  queue.callback_retry_ms = seconds(6);
  queue.callback_attempts_max = static_cast<std::uint8_t>(1 + below(3));
  queue.transfer_keeps_entry = !one_in(3);
  QueueId const next{(number + 1) % queues};
  if (may_point && one_in(2)) queue.overflow_to = next;
  return {made};
}

SetAgent RandomWorld::agent(std::uint32_t number) {
  auto made = std::make_shared<AgentProfile>();
  made->id = id_of<AgentId>("a" + std::to_string(number));
  for (std::uint16_t skill = 0; skill < 3; ++skill) {
    if (!one_in(3)) made->skills.push_back({SkillId(skill), static_cast<std::uint8_t>(1 + below(3))});
  }
  AgentProfile& first = profiles_[number];
  if (first.id.nil()) {
    first.capacity = {static_cast<std::uint8_t>(one_in(6) ? 0 : 1), static_cast<std::uint8_t>(below(4)), 0,
                      0};
    first.mixes_channels = one_in(3);
    first.id = made->id;
  }
  made->capacity = first.capacity;
  made->mixes_channels = first.mixes_channels;
  return {made};
}

base::Millis RandomWorld::pause() {
  if (one_in(3)) return 0;
  return (one_in(8) ? below(20) : below(4)) * base::second;
}

Command RandomWorld::enter() {
  auto const channel = one_in(2) ? domain::Channel::voice : domain::Channel::chat;
  Enter enter{id_of<ContactId>("c" + std::to_string(below(contacts))),
              QueueId{below(queues)},
              channel,
              static_cast<std::uint8_t>(one_in(4) ? below(11) : 0),
              needs(2),
              {}};
  if (one_in(2)) enter.last_agent = other_agent();
  return enter;
}

Command RandomWorld::presence() {
  switch (below(8)) {
    case 0:
      return SetPresence{any_agent(), Presence::on_break, one_in(2) ? "lunch" : "training"};
    case 1:
      return SetPresence{any_agent(), Presence::offline, {}};
    default:
      return SetPresence{any_agent(), Presence::available, {}};
  }
}

Command RandomWorld::transfer() {
  Transfer transfer{
      any_contact(), any_agent(), static_cast<TransferTo>(below(3)), QueueId{below(queues)}, other_agent(), needs(2), {}};
  if (one_in(2)) transfer.consult = id_of<ContactId>("c" + std::to_string(below(contacts)));
  return transfer;
}

Command RandomWorld::agents_act() {
  if (at_state_ == SlotState::offered && !one_in(4)) return Answer{at_agent_, at_contact_};
  if (at_state_ == SlotState::receiving && !one_in(4)) return Acknowledge{at_agent_, at_contact_};
  if (at_state_ == SlotState::connected && one_in(4)) return CompleteTransfer{at_contact_, at_agent_};
  switch (below(7)) {
    case 0:
      return Refuse{any_agent(), any_contact()};
    case 1:
      return Acknowledge{any_agent(), any_contact()};
    case 2:
      return CompleteTransfer{any_contact(), any_agent()};
    case 3:
      return EndWrapUp{any_agent(), any_contact()};
    case 4:
      return Resume{any_agent()};
    case 5:
      return CancelTransfer{any_contact(), any_agent()};
    default:
      return Answer{any_agent(), any_contact()};
  }
}

Command RandomWorld::intervention() {
  ContactId const any = id_of<ContactId>("c" + std::to_string(below(contacts)));
  switch (below(4)) {
    case 0:
      return Assign{any, any_agent(), QueueId{below(queues)},
                    one_in(2) ? domain::Channel::voice : domain::Channel::chat};
    case 1:
      return SetBoost{any, static_cast<std::uint8_t>(below(4))};
    case 2:
      return Move{any, QueueId{below(queues)}, one_in(2)};
    default:
      return TakeOver{any_contact(), other_agent()};
  }
}

Command RandomWorld::command(base::Instant now, State const& floor) {
  look_at(floor);
  switch (below(27)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return enter();
    case 4:
    case 5:
      return presence();
    case 6:
      return End{any_contact()};
    case 7:
    case 8:
    case 9:
      return transfer();
    case 10:
      return PutBack{any_contact()};
    case 11:
      return RequestCallback{any_contact(), one_in(2) ? std::optional<base::Instant>{}
                                                      : now + (below(12) * base::second - base::second)};
    case 12:
      return CallbackMissed{any_contact()};
    case 13:
      return one_in(5) ? Command{queue(below(queues), true)} : Command{agent(below(agents))};
    case 14:
    case 15:
    case 16:
      return intervention();
    default:
      return agents_act();
  }
}

}  // namespace rapport::routing
