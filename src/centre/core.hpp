#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "centre/command.hpp"
#include "centre/directory.hpp"
#include "centre/live_interaction.hpp"
#include "centre/numbers.hpp"
#include "centre/refused.hpp"
#include "centre/step.hpp"
#include "records/store.hpp"
#include "routing/floor.hpp"

namespace rapport::centre {

/// The centre as a state machine: the floor and the live interactions. State + command + now → state +
/// step. It does no I/O and reads no clock; one thread owns it (Centre).
///
/// A step's changes must become durable, in order, before its publications leave.
class Core {
 public:
  /// `seed` drives the ids of interactions that nobody named.
  explicit Core(std::uint64_t seed) : ids_(seed) {}

  /// Does the command; first everything that could refuse it is looked at. `now` never goes back, and
  /// deadlines before it are decided (`advance`).
  Granted<Outcome> handle(Command const& command, Actor const& actor, base::Instant now, Step& step);

  /// Decides the deadlines at or before `until`, a bounded number a call: repeat while next_deadline()
  /// is not after it.
  void advance(base::Instant until, Step& step);
  std::optional<base::Instant> next_deadline() const;

  /// Publishes the states of queues and agents that changed since: cheap enough for many times a second.
  void tell_states(base::Instant now, Step& step);
  bool states_changed() const { return !changed_queues_.empty() || !changed_agents_.empty(); }
  /// Publishes all latest values that changed since: states, places in line, and numbers.
  void tell_latest(base::Instant now, Step& step);

  /// Takes up what a store holds after a stop or a crash, by a configuration of Configure… commands;
  /// `counted` are the counters of the day that it is anywhere. Before any other command. Deadlines that passed meanwhile are decided at their own instants, and
  /// running calls have ended as interrupted; everything else goes on.
  /// Errors: what is stored cannot be read, or the configuration breaks a limit.
  base::Result<void> recover(records::LiveState const& stored, std::vector<Command> const& configuration,
                             base::Instant now, Step& step, std::vector<records::CounterRow> const& counted = {});

  /// What the inbox holds of an interaction that lives is not raised again. After recover.
  void remember_raised(std::string const& interaction, std::string const& practice);

  /// For SaveFloor; the count of floor events since the last one.
  std::string floor_snapshot();
  std::size_t floor_events() const { return floor_events_; }

  LiveInteraction const* live(std::string_view interaction) const;
  std::map<std::string, LiveInteraction, std::less<>> const& interactions() const { return live_; }
  /// At a glance. REQUIRES: of the directory.
  QueueState queue_state(ConfigureQueue const& queue, base::Instant now) const;
  AgentState agent_state(ConfigureAgent const& agent) const;
  std::size_t live_count() const { return live_.size(); }
  Directory const& directory() const { return directory_; }
  routing::State const& floor() const { return floor_.state(); }
  Numbers const& numbers() const { return numbers_; }

 private:
  Granted<Outcome> on(ConfigureBrand const& command);
  Granted<Outcome> on(ConfigureQueue const& command);
  Granted<Outcome> on(ConfigureAgent const& command);
  Granted<Outcome> on(ChangePresence const& command);
  Granted<Outcome> on(ResumeWork const& command);
  Granted<Outcome> on(AnswerOffer const& command);
  Granted<Outcome> on(RefuseOffer const& command);
  Granted<Outcome> on(AcknowledgeContext const& command);
  Granted<Outcome> on(StartInteraction const& command);
  Granted<Outcome> on(AddEvent const& command);
  Granted<Outcome> on(StartHold const& command);
  Granted<Outcome> on(EndHold const& command);
  Granted<Outcome> on(EndInteraction const& command);
  Granted<Outcome> on(AttachToCase const& command);
  Granted<Outcome> on(WrapUp const& command);
  Granted<Outcome> on(RequestCallback const& command);
  Granted<Outcome> on(CustomerNotReached const& command);
  Granted<Outcome> on(TransferInteraction const& command);
  Granted<Outcome> on(CompleteTransfer const& command);
  Granted<Outcome> on(CancelTransfer const& command);
  Granted<Outcome> on(PutBack const& command);
  Granted<Outcome> on(TakeOver const& command);
  Granted<Outcome> on(MoveToQueue const& command);
  Granted<Outcome> on(ChangePriority const& command);
  Granted<Outcome> on(Typing const& command);
  Granted<Outcome> on(MarkSeen const& command);
  Granted<Outcome> on(RaiseMissed const& command);
  Granted<Outcome> on(CloseJudged const& command);
  // Who is on a call (core_parties.cpp).
  Granted<Outcome> on(MuteAgent const& command);
  Granted<Outcome> on(JoinColleague const& command);
  Granted<Outcome> on(ListenIn const& command);
  Granted<Outcome> on(LeaveCall const& command);
  // Of calls (core_calls.cpp).
  Granted<Outcome> on(PauseRecording const& command);
  Granted<Outcome> on(ResumeRecording const& command);
  Granted<Outcome> on(PressKeys const& command);
  Granted<Outcome> on(TellLine const& command);
  Granted<Outcome> on(LeaveMessage const& command);
  // Calls that leave for a number outside (core_outside.cpp).
  Granted<Outcome> on(TransferOutside const& command);
  Granted<Outcome> on(OutsideReached const& command);
  Granted<Outcome> on(OutsideNotReached const& command);
  void back_from_outside(LiveInteraction& live);

  // What happened on the floor, told on the timelines and desks (core_floor.cpp).
  void follow(std::vector<routing::Event> const& events);
  void tell(routing::QueueSet const& event);
  void tell(routing::AgentSet const& event);
  void tell(routing::PresenceSet const& event);
  void tell(routing::NotResponding const& event);
  void tell(routing::Resumed const& event);
  void tell(routing::WrapUpEnded const& event);
  void tell(routing::Entered const& event);
  void tell(routing::Relaxed const&) {}
  void tell(routing::ReservationEnded const& event);
  void tell(routing::Offered const& event);
  void tell(routing::Answered const& event);
  void tell(routing::Returned const& event);
  void tell(routing::Overflowed const& event);
  void tell(routing::Left const& event);
  void tell(routing::CallbackRequested const& event);
  void tell(routing::CustomerNotReached const& event);
  void tell(routing::CallbackDue const& event);
  void tell(routing::Transferred const& event);
  void tell(routing::ConsultStarted const& event);
  void tell(routing::Acknowledged const& event);
  void tell(routing::TransferDone const& event);
  void tell(routing::ReturnedToQueue const& event);
  void tell(routing::Assigned const& event);
  void tell(routing::BoostSet const&) {}
  void tell(routing::Moved const& event);
  void tell(routing::TakenOver const& event);

  /// Asks the floor and follows what it decided; a hold of `held` ends with it.
  std::optional<Refused> ask(routing::Command const& command, LiveInteraction* held = nullptr);

  // Who is on a call (core_parties.cpp).
  void set_party(LiveInteraction& live, Party party);
  bool drop_party(LiveInteraction& live, std::string_view user);
  void colleague_is(LiveInteraction& live, std::string const& agent, bool offered);
  void colleague_gone(LiveInteraction& live, std::string const& agent);
  void start_hold(LiveInteraction& live);
  void end_mute(LiveInteraction& live);
  Granted<LiveInteraction*> find_call(std::string const& interaction);
  Granted<Outcome> leave_as_agent(LiveInteraction& live);

  // The numbers of the floor (core_numbers.cpp).
  void decide_next();
  void note(NumbersEvent const& event);
  void keep_counted();
  void tell_numbers(base::Instant now, Step& step);
  QueueNumbers queue_numbers(ConfigureQueue const& queue, base::Instant now);
  std::optional<AgentNumbers> agent_numbers(std::string const& agent, base::Instant now) const;
  void tell_brands(base::Instant now, Step& step);

  // Timelines (core_timeline.cpp).
  std::uint32_t append(LiveInteraction& live, domain::Event event);
  domain::ParticipantIndex join(LiveInteraction& live, std::string const& agent, domain::Role role);
  void change(LiveInteraction& live, Stage stage, std::string agent);
  void update(LiveInteraction& live);
  void queue_changed(LiveInteraction const& live);
  void finish_if_done(LiveInteraction& live);
  void news(std::string const& agent, AgentNews::Kind kind, LiveInteraction const* live, base::Instant until = {},
            std::string why = {}, bool consult = false);
  std::uint32_t end_hold(LiveInteraction& live);
  std::uint32_t end_pause(LiveInteraction& live, std::string_view why);
  void keep_promise(LiveInteraction const& live, std::uint32_t number);
  void raise(Raised raised, LiveInteraction const& live, std::string_view what);
  void raise(Raised::Kind kind, LiveInteraction const& live, domain::Event const& event);
  void raise_missed(LiveInteraction& live, std::vector<CriticalMiss> const& misses);
  Outcome outcome(LiveInteraction const& live, std::uint32_t number) const;
  /// With the last event of the interaction.
  Outcome latest(LiveInteraction const& live) const { return outcome(live, static_cast<std::uint32_t>(live.events.size())); }

  // What a command needs, or why not.
  Granted<LiveInteraction*> find(std::string const& interaction);
  Granted<LiveInteraction*> find_held(std::string const& interaction);
  Granted<Outcome> on_floor(LiveInteraction& live, routing::Command const& command);
  Granted<Outcome> hands_over(LiveInteraction& live, routing::Command const& command);
  std::optional<Refused> enter(LiveInteraction& live, ConfigureQueue const& queue, std::optional<domain::Event> left);
  template <typename Asked>
  Granted<Outcome> by_agent(std::string const& interaction, std::string const& agent);
  std::optional<Granted<Outcome>> end_consultation(std::string const& interaction);
  routing::ContactId in_hands_of(LiveInteraction const& live, routing::AgentId agent) const;
  bool may_know(LiveInteraction const& live, std::string const& agent) const;
  routing::AgentId handing_on(LiveInteraction const& live) const;
  std::optional<Refused> may_add(LiveInteraction const& live, domain::Event const& event) const;
  void observe_words(LiveInteraction& live);
  std::optional<Refused> check_start(StartInteraction const& command) const;
  LiveInteraction& make(StartInteraction const& command, std::string id);
  void publish(Publication publication);
  void keep(records::Change change);

  void note_work_state(std::string const& agent);
  std::optional<AgentState::Asked> asked(routing::Contact const& contact) const;
  void note_asked(LiveInteraction const& live);
  LiveInteraction* of(routing::ContactId contact);
  std::string name_of(routing::AgentId agent) const;

  // Recovery (core_recover.cpp).
  base::Result<void> recover_floor(records::LiveState const& stored);
  base::Result<void> recover_event(std::string_view entry);
  base::Result<void> recover_interaction(records::StoredInteraction const& stored);
  base::Instant last_moment() const;
  void recover_whereabouts();
  void learn(std::vector<Command> const& configuration);
  base::Result<void> configure_floor();
  void end_interrupted_calls();
  void end_lost_contacts();

  base::IdGenerator ids_;
  routing::Floor floor_;
  Directory directory_;
  std::map<std::string, LiveInteraction, std::less<>> live_;
  Numbers numbers_;
  bool interrupting_ = false;   ///< ends what a crash cut off
  base::Instant numbers_told_;  ///< queues and agents
  base::Instant brands_told_;
  std::map<routing::ContactId, std::string> consults_;  ///< to the interaction that they are about
  std::size_t floor_events_ = 0;                        ///< since the last snapshot

  std::set<routing::QueueId> changed_queues_;
  std::set<routing::QueueId> moved_queues_;  ///< told, but not the places in them
  std::set<std::string> changed_agents_;
  /// What an agent does, and since when.
  struct Work {
    routing::WorkState state = routing::WorkState::idle;
    base::Instant since;
  };
  std::map<std::string, Work, std::less<>> work_;  ///< by agent

  // Of the call under way.
  Step* step_ = nullptr;
  Actor const* actor_ = nullptr;
  base::Instant now_;
};

}  // namespace rapport::centre
