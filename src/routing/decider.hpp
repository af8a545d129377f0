#pragma once

#include <optional>
#include <vector>

#include "routing/command.hpp"
#include "routing/event.hpp"
#include "routing/refusal.hpp"
#include "routing/state.hpp"

namespace rapport::routing {

/// Decides one command or one deadline. First everything that could refuse it is looked at, then
/// events are emitted, each applied at once; it changes the state in no other way. Afterwards
/// `settle` brings contacts that came (back) into a queue and agents who became free together.
/// Lives for one decision.
class Decider {
 public:
  using Refused = std::optional<Refusal>;

  /// Events are added to `events`; `work` keeps its memory from one decision to the next.
  struct Work {
    std::vector<ContactId> came;     ///< contacts that came (back) into a queue
    std::vector<AgentNumber> freed;  ///< agents who may have become free
  };
  Decider(State& state, base::Instant now, std::vector<Event>& events, Work& work)
      : state_(state), now_(now), events_(events), came_(work.came), freed_(work.freed) {
    came_.clear();
    freed_.clear();
  }

  Refused decide(SetQueue const& command);
  Refused decide(SetAgent const& command);
  Refused decide(SetPresence const& command);
  Refused decide(Resume const& command);
  Refused decide(EndWrapUp const& command);
  Refused decide(Enter const& command);
  Refused decide(End const& command);
  Refused decide(Answer const& command);
  Refused decide(Refuse const& command);
  Refused decide(Acknowledge const& command);
  Refused decide(RequestCallback const& command);
  Refused decide(CallbackMissed const& command);
  Refused decide(Transfer const& command);
  Refused decide(CompleteTransfer const& command);
  Refused decide(CancelTransfer const& command);
  Refused decide(PutBack const& command);
  Refused decide(Assign const& command);
  Refused decide(SetBoost const& command);
  Refused decide(Move const& command);
  Refused decide(TakeOver const& command);

  /// What ran out for a contact or an agent.
  void run_out(State::Due const& due);

  /// Contacts that came go to an agent or overflow, in order of coming; then wrap-ups that end at once
  /// end, and agents who became free get their contact, in order of becoming so. Contacts first, so
  /// that a contact goes by its queue's strategy to agents who were free all the time and had nobody
  /// else waiting for them, and nobody is overtaken.
  void settle();

 private:
  void emit(Happening what);
  void came(ContactId contact) { came_.push_back(contact); }
  void freed(AgentNumber agent) { freed_.push_back(agent); }

  void place(ContactId id);
  void overflow(Contact const& contact, OverflowCause why);
  void offer(ContactNumber contact, AgentNumber agent);
  void give_back(Contact const& contact, ReturnCause why);
  void leave(Contact const& contact, LeaveCause why, base::Instant wrap_up_until);
  void drop_consult(Contact const& contact);

  /// The queue that a contact for `id` comes into now, by opening hours and room, or why none.
  base::Result<QueueState const*, Refusal> admit(QueueId id) const;
  AgentNumber last_agent_for(Enter const& command, Queue const& rules) const;
  base::Result<Wait, Refusal> wait_after(Transfer const& command, Contact const& contact) const;
  static Refused cannot_take(Agent const& agent, domain::Channel channel);
  Refused own_transfer(ContactId contact, AgentId by) const;
  AgentId id_of(AgentNumber number) const { return number == none ? AgentId{} : state_.agent(number).id; }
  base::Instant wrap_up_until(Contact const& contact) const { return now_ + contact.rules->wrap_up_ms; }

  State& state_;
  base::Instant now_;
  std::vector<Event>& events_;
  std::vector<ContactId>& came_;
  std::vector<AgentNumber>& freed_;
};

}  // namespace rapport::routing
