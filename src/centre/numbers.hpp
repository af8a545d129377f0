#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "centre/directory.hpp"
#include "centre/live_numbers.hpp"
#include "centre/numbers_event.hpp"
#include "insight/agent_time.hpp"
#include "insight/intervals.hpp"
#include "insight/leg_book.hpp"
#include "routing/event.hpp"
#include "routing/state.hpp"

namespace rapport::centre {

/// Counts what happens on the floor: legs of contacts, and agents' time (docs/numbers.md). Its state
/// follows from the floor's events and its own (numbers_event.hpp), so the log makes it again; what it
/// counted since the last `take_counted` must become durable in one batch with the events that it was
/// counted from (Step::seams; a crash in the middle of a single decision that is larger than a batch may
/// lose it). A value of the core. Nothing that it does for one event grows with the floor.
class Numbers {
 public:
  /// What it is between two batches, to be kept with the floor's snapshot.
  struct Kept {
    struct Contact {
      routing::ContactId contact;
      routing::ContactId about;  ///< of a consultation
      insight::LegBook::Kept book;
      bool operator==(Contact const&) const = default;
    };
    struct Agent {
      routing::AgentId agent;
      insight::AgentState state = insight::AgentState::offline;
      base::Instant since;
      base::Instant counted;
      bool operator==(Agent const&) const = default;
    };
    std::vector<Contact> contacts;
    std::vector<Agent> agents;
    base::Instant counted;      ///< agents' time was, of all
    routing::AgentId counting;  ///< and of those up to this one since; nil: nobody
    bool operator==(Kept const&) const = default;
  };
  Kept kept() const;
  void put_back(Kept kept);

  /// An event that the floor's state has. `interrupted`: what leaves was cut off by a failure.
  void happened(routing::Event const& event, Directory const& directory, bool interrupted = false);
  void happened(NumbersEvent const& event, Directory const& directory);
  /// After the events of one moment: how agents and lines stand now.
  void settle(routing::State const& floor, base::Instant at, Directory const& directory);
  /// At a start: agents who were there before anything was counted; contacts that it knows otherwise than
  /// the floor are forgotten.
  void adopt(routing::State const& floor, Directory const& directory);

  /// When agents' time is counted next, though nothing happens: with each new interval. Nothing while
  /// nobody is logged in.
  std::optional<base::Instant> next_count() const;
  /// The event of that moment; a bounded number of agents at once. REQUIRES: next_count().
  TimeCounted count_next() const;

  /// What was counted since the last call, to be kept.
  std::map<insight::IntervalKey, insight::Counters> take_counted() { return book_.take(); }

  insight::AgentClock const* agent(routing::AgentId agent) const;
  std::map<routing::AgentId, insight::AgentClock> const& agents() const { return agents_; }
  LiveNumbers& live() { return live_; }
  LiveNumbers const& live() const { return live_; }

 private:
  struct Open {
    insight::LegBook book;
    routing::ContactId about;  ///< of a consultation
  };
  /// Of the call under way.
  struct Moment {
    base::Instant at;
    Directory const& directory;
    bool interrupted = false;
  };

  void on(routing::QueueSet const&, Moment const&) {}
  void on(routing::AgentSet const& event, Moment const&) { touched_.insert(event.agent->id); }
  void on(routing::PresenceSet const& event, Moment const&) { touched_.insert(event.agent); }
  void on(routing::NotResponding const& event, Moment const&) { touched_.insert(event.agent); }
  void on(routing::Resumed const& event, Moment const&) { touched_.insert(event.agent); }
  void on(routing::WrapUpEnded const& event, Moment const& moment);
  void on(routing::Entered const& event, Moment const& moment);
  void on(routing::Relaxed const&, Moment const&) {}
  void on(routing::ReservationEnded const&, Moment const&) {}
  void on(routing::Offered const& event, Moment const& moment);
  void on(routing::Answered const& event, Moment const& moment);
  void on(routing::Returned const& event, Moment const& moment);
  void on(routing::Overflowed const& event, Moment const& moment);
  void on(routing::Left const& event, Moment const& moment);
  void on(routing::CallbackRequested const& event, Moment const& moment);
  void on(routing::CustomerNotReached const& event, Moment const& moment);
  void on(routing::CallbackDue const& event, Moment const& moment);
  void on(routing::Transferred const& event, Moment const& moment);
  void on(routing::ConsultStarted const& event, Moment const& moment);
  void on(routing::Acknowledged const& event, Moment const& moment);
  void on(routing::TransferDone const& event, Moment const& moment);
  void on(routing::ReturnedToQueue const& event, Moment const& moment);
  void on(routing::Assigned const& event, Moment const& moment);
  void on(routing::BoostSet const&, Moment const&) {}
  void on(routing::Moved const& event, Moment const& moment);
  void on(routing::TakenOver const& event, Moment const& moment);
  void on(HoldStarted const& event, Moment const& moment);
  void on(HoldEnded const& event, Moment const& moment);
  void on(TimeCounted const& event, Moment const& moment);
  void on(TimeResumed const& event, Moment const& moment);

  Open* find(routing::ContactId contact);
  Open& begin(routing::ContactId contact, ConfigureQueue const& queue, insight::ContactFacts facts);
  void answered(Open& open, routing::AgentId agent, Moment const& moment);
  void wait_ended(insight::Leg const& leg, Moment const& moment);
  /// Counts the legs that ended, and forgets a contact of which nothing more can come.
  void close_legs(routing::ContactId contact, Moment const& moment);
  void touch_holder(Open const& open);
  void spent(std::optional<insight::StateSpan> span, Directory const& directory);
  bool on_hold(routing::ContactId contact) const;
  insight::AgentState state_of(routing::Agent const& agent, routing::State const& floor) const;

  std::map<routing::ContactId, Open> contacts_;
  std::map<routing::AgentId, insight::AgentClock> agents_;
  std::size_t logged_in_ = 0;
  base::Instant counted_;                     ///< agents' time was, at the latest by here
  std::optional<routing::AgentId> counting_;  ///< under way: those up to here are done
  std::set<routing::AgentId> touched_;        ///< since `settle`
  std::set<std::string> lines_;               ///< queues: the same
  insight::IntervalBook book_;
  LiveNumbers live_;
};

}  // namespace rapport::centre
