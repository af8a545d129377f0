#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "routing/command.hpp"
#include "routing/event.hpp"

namespace rapport::routing {

/// The floor once more, slow and obvious, written from the rules in words: every decision looks at
/// every contact and every agent, nothing is indexed, nothing is kept that could be looked up. Knows
/// no opening hours. It shares the vocabulary of commands and events with the floor, and no logic.
class Oracle {
 public:
  std::variant<std::vector<Event>, Refusal> handle(Command const& command, base::Instant now);
  std::vector<Event> advance(base::Instant until);
  std::optional<base::Instant> next_deadline() const;
  /// 1 is next; nothing if the contact is answered, parked or gone.
  std::optional<std::size_t> position(ContactId id, base::Instant now) const;

 private:
  enum class Stage { waiting,
                     offered,
                     receiving,
                     connected,
                     parked };
  using Skills = std::map<SkillId, int>;
  struct Customer {
    Queue rules;
    domain::Channel channel{};
    Stage stage = Stage::waiting;
    int boost = 0, step = 0, unanswered = 0, overflows = 0, attempts = 0;
    bool callback = false, handover = false, needs_only = false, directed = false;
    base::Instant entry, queued_at, until, reserved_until;
    AgentId with, handed_by, reserved_for;
    ContactId consult, about;
    Requirement own;
    Skills needs;
  };
  struct Held {
    ContactId contact;
    domain::Channel channel{};
    bool offered = false, connected = false, receiving = false, wrap_up = false, consulting = false;
    base::Instant until;
  };
  struct Worker {
    AgentProfile profile;
    Presence presence = Presence::offline;
    std::string reason;
    std::optional<base::Instant> resumes;
    base::Instant idle_since;
    std::vector<Held> held;
  };
  struct Deadline {
    base::Instant when;
    bool of_agent = false;
    std::uint64_t high = 0, low = 0;
    int kind = 0;
    auto operator<=>(Deadline const&) const = default;
  };
  using Refused = std::optional<Refusal>;

  // Commands (oracle_commands.cpp, oracle_transfers.cpp,
  // oracle_interventions.cpp).
  Refused on(SetQueue const& c);
  Refused on(SetAgent const& c);
  Refused on(SetPresence const& c);
  Refused on(Resume const& c);
  Refused on(EndWrapUp const& c);
  Refused on(Enter const& c);
  Refused on(End const& c);
  Refused on(Answer const& c);
  Refused on(Refuse const& c);
  Refused on(Acknowledge const& c);
  Refused on(RequestCallback const& c);
  Refused on(CallbackMissed const& c);
  Refused on(Transfer const& c);
  Refused on(CompleteTransfer const& c);
  Refused on(CancelTransfer const& c);
  Refused on(PutBack const& c);
  Refused on(Assign const& c);
  Refused on(SetBoost const& c);
  Refused on(Move const& c);
  Refused on(TakeOver const& c);
  Refused cannot_take(AgentId agent, domain::Channel channel) const;
  Refused mine(ContactId contact, AgentId by) const;
  std::variant<Wait, Refusal> target(Transfer const& c, Customer const& customer) const;
  std::variant<QueueId, Refusal> admitted(QueueId id) const;

  // Rules (oracle.cpp).
  void settle();
  void place(ContactId id);
  void offer(ContactId id, AgentId agent);
  void give_back(ContactId id, ReturnCause why);
  void leave(ContactId id, LeaveCause why, base::Instant wrap_up_until);
  void wrap_up(AgentId agent, ContactId id, base::Instant until);
  void queue_up(Customer& customer, Wait const& wait);
  void start_waiting(Customer& customer);
  std::vector<Deadline> deadlines() const;
  void run_out(Deadline const& deadline);
  bool fits(Worker const& worker, domain::Channel channel) const;
  bool has_room(Worker const& worker, domain::Channel channel) const;
  bool may_have(Worker const& worker, Customer const& customer) const;
  int priority(Customer const& customer, base::Instant at) const;
  bool before(ContactId left, ContactId right, base::Instant at) const;
  bool overflows(Customer const& customer) const;
  Held& live(AgentId agent, ContactId contact);
  static int level(Worker const& worker, SkillId skill);
  void emit(Happening what) { out_.push_back({now_, std::move(what)}); }

  base::Instant now_;
  std::map<QueueId, Queue> queues_;
  std::map<AgentId, Worker> workers_;
  std::map<ContactId, Customer> customers_;
  std::vector<Event> out_;
  std::vector<ContactId> came_;
  std::vector<AgentId> freed_;
};

}  // namespace rapport::routing
