#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "routing/agent.hpp"
#include "routing/agent_index.hpp"
#include "routing/alarms.hpp"
#include "routing/contact.hpp"
#include "routing/contact_index.hpp"
#include "routing/event.hpp"
#include "routing/id_table.hpp"
#include "routing/ordered.hpp"
#include "routing/snapshot.hpp"

namespace rapport::routing {

/// Where an unanswered contact stands in its queue.
struct Place {
  base::Instant effective_entry;
  ContactId id;

  auto operator<=>(Place const&) const = default;
};

/// One queue: its rules, who has not been answered yet, and when the last were.
struct QueueState {
  std::shared_ptr<Queue const> rules;
  std::map<std::uint8_t, Ordered<Place>> line;  ///< by base priority
  std::size_t waiting = 0;                      ///< contacts in line
  AnswersRing answers;

  bool operator==(QueueState const& other) const {
    return *rules == *other.rules && waiting == other.waiting && answers == other.answers;
  }
};

/// The floor as it stands: queues, agents, contacts, and the indexes that make looking fast. It changes
/// by `apply` alone, so that equal events make equal states. Whoever applies events that `Floor` did
/// not make breaks assertions. One strand owns it; no member is safe beside another.
class State {
 public:
  State() = default;
  /// The state that the snapshot was taken of. REQUIRES: a snapshot that `snapshot` made, or its equal.
  explicit State(Snapshot const& snapshot);

  /// REQUIRES: an event that `Floor` made for a state equal to this one.
  void apply(Event const& event);

  /// The moment of the last event.
  base::Instant now() const { return now_; }
  Contact const* contact(ContactId id) const;
  Contact const& contact(ContactNumber number) const { return contacts_[number]; }
  ContactNumber contact_number(ContactId id) const { return contact_numbers_.find(id); }
  std::size_t contact_count() const { return contact_numbers_.size(); }
  /// Contacts have numbers below this; one that is not in use has a nil id.
  ContactNumber contact_numbers_end() const { return static_cast<ContactNumber>(contacts_.size()); }
  Agent const* agent(AgentId id) const;
  Agent const& agent(AgentNumber number) const { return agents_[number]; }
  AgentNumber agent_number(AgentId id) const { return agent_numbers_.find(id); }
  std::size_t agent_count() const { return agents_.size(); }
  QueueState const* queue(QueueId id) const;
  std::size_t queue_count() const { return queues_.size(); }

  /// The contact or agent for whom something runs out first; of those at one moment contacts come
  /// first, then the least id.
  struct Due {
    base::Instant when;
    bool of_contact = true;
    std::uint32_t number = none;
  };
  std::optional<Due> due() const;

  /// The contact that goes to this agent if they are free at `now`; `none` if there is none.
  ContactNumber first_for(AgentNumber number, base::Instant now);
  /// The free agent that this waiting contact goes to, by its queue's strategy; `none` if there is none.
  AgentNumber pick_for(Contact const& contact) const;
  /// Whether an agent with room on the channel meets what these rules ask for.
  bool has_free(Queue const& rules, domain::Channel channel) const { return agent_index_.pick(rules.strategy, channel, rules.needs) != none; }

  Snapshot snapshot() const;

  /// Equal queues, agents and contacts.
  bool operator==(State const& other) const;

 private:
  /// What an event changes about where a contact is found.
  enum class Moves : std::uint8_t { nothing,
                                    needs,
                                    everything };
  /// Where a contact is found now.
  struct Whereabouts {
    bool in_line = false;
    bool in_index = false;
    AgentNumber reserved_for = none;
  };

  void on(QueueSet const& event);
  void on(AgentSet const& event);
  void on(PresenceSet const& event);
  void on(NotResponding const& event);
  void on(Resumed const& event);
  void on(WrapUpEnded const& event);
  void on(Entered const& event);
  void on(Relaxed const& event);
  void on(ReservationEnded const& event);
  void on(Offered const& event);
  void on(Answered const& event);
  void on(Returned const& event);
  void on(Overflowed const& event);
  void on(Left const& event);
  void on(CallbackRequested const& event);
  void on(CustomerNotReached const& event);
  void on(CallbackDue const& event);
  void on(Transferred const& event);
  void on(ConsultStarted const& event);
  void on(Acknowledged const& event);
  void on(TransferDone const& event);
  void on(ReturnedToQueue const& event);
  void on(Assigned const& event);
  void on(BoostSet const& event);
  void on(Moved const& event);
  void on(TakenOver const& event);

  template <typename Change>
  void change(ContactNumber number, Moves moves, Change&& change);
  template <typename Change>
  void change(AgentNumber number, Change&& change);
  ContactNumber add(ContactId id);
  void remove(ContactNumber number);
  static Whereabouts whereabouts(Contact const& contact);
  void find_no_more(ContactNumber number, Whereabouts const& from);
  void find_again(ContactNumber number, Whereabouts const& at);
  void queue_up(Contact& contact, Wait const& wait) const;
  void start_waiting(Contact& contact) const;
  void begin_wrap_up(AgentNumber number, ContactId contact, base::Instant until);
  void take_slot(AgentNumber number, ContactId contact, SlotState state);
  void set_slot(AgentNumber number, ContactId contact, SlotState state);
  void set_consulting(AgentNumber number, ContactId contact, bool consulting);
  void drop_slot(AgentNumber number, ContactId contact);
  AgentNumber number_of(AgentId id) const;
  ContactNumber number_of(ContactId id) const;

  base::Instant now_;
  std::map<QueueId, QueueState> queues_;
  std::deque<Agent> agents_;           ///< by number
  std::deque<Contact> contacts_;       ///< by number
  std::vector<ContactNumber> unused_;  ///< numbers of contacts that left
  IdTable<AgentId> agent_numbers_;
  IdTable<ContactId> contact_numbers_;
  ContactIndex contact_index_;
  AgentIndex agent_index_;
  Alarms contact_alarms_;
  Alarms agent_alarms_;
};

}  // namespace rapport::routing
