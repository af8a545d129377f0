#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "centre/disposition_tree.hpp"
#include "centre/line_reading.hpp"
#include "centre/party.hpp"
#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "records/batch.hpp"
#include "records/interaction_record.hpp"
#include "routing/agent.hpp"
#include "routing/queue.hpp"

/// What can be asked of the centre. Ids are text: UUIDs of interactions, users and customers, slugs of
/// brands and queues. Whether somebody may ask at all (roles) is decided before; whether an agent has
/// the interaction in hand is decided here.
namespace rapport::centre {

/// Who asks.
struct Actor {
  enum class Kind : std::uint8_t { system,  ///< the server itself, an import, a machine with a token
                                   agent,
                                   supervisor,
                                   customer };
  Kind kind = Kind::system;
  std::string id;  ///< of the user or customer; empty for the system
  /// Brands that they may reach into; another one's interactions do not exist for them. Nothing: all,
  /// or only what they have in hand (agents).
  std::optional<std::vector<std::string>> brands{};
};

// --- configuration: told at the start and whenever it changes

struct ConfigureBrand {
  std::string id;
  std::string name;
  std::string time_zone = "UTC";
  std::string language = "en";
  std::vector<routing::ZoneChange> zone{};  ///< the time zone's table (zone_table.hpp)
  bool operator==(ConfigureBrand const&) const = default;
};
struct ConfigureQueue {
  std::string slug;
  std::string brand;
  std::shared_ptr<routing::Queue const> rules;
  std::shared_ptr<DispositionTree const> dispositions;  ///< null: any reason goes
};
struct ConfigureAgent {
  std::string id;
  std::string name;
  std::shared_ptr<routing::AgentProfile const> profile;
  std::optional<std::vector<std::string>> brands{};  ///< that they belong to; nothing: all

  bool of(std::string_view brand) const { return !brands || std::ranges::find(*brands, brand) != brands->end(); }
  /// Whether somebody of these brands may know of them.
  bool shares(std::optional<std::vector<std::string>> const& others) const {
    return !others || !brands || std::ranges::any_of(*others, [this](std::string const& brand) { return of(brand); });
  }
};

// --- agents

struct ChangePresence {
  std::string agent;
  routing::Presence presence = routing::Presence::offline;
  std::string reason;
};
/// Back from "not responding".
struct ResumeWork {
  std::string agent;
};
struct AnswerOffer {
  std::string agent;
  std::string interaction;
};
struct RefuseOffer {
  std::string agent;
  std::string interaction;
};
/// Has read what was handed over.
struct AcknowledgeContext {
  std::string agent;
  std::string interaction;
};

// --- interactions

struct StartInteraction {
  domain::Interaction head;                ///< id (empty: one is made), channel, direction, brand, queue, language, case, participants, history
  std::string customer;                    ///< the customer's id; empty: not known, the interaction's own id stands for them
  std::vector<domain::Attribute> context;  ///< of the `context` event
  std::vector<routing::SkillLevel> needs;  ///< beside the queue's
  std::uint8_t boost = 0;
  std::string last_agent;  ///< who served this customer last
  std::string agent;       ///< outbound: who starts it
};
/// Adds an event of a kind that the actor may add. Times: now, unless `at_ms` of a recogniser's
/// words is given and not later. Its id, if it has one, makes a repeat harmless.
struct AddEvent {
  std::string interaction;
  domain::Event event;
  bool timed = false;  ///< at_ms and end_ms are given
};
struct StartHold {
  std::string interaction;
};
struct EndHold {
  std::string interaction;
};
/// Card data is about to be said: until ResumeRecording the call's recording holds silence.
struct PauseRecording {
  std::string interaction;
};
struct ResumeRecording {
  std::string interaction;
  bool by_limit = false;  ///< it was paused for as long as it may be
};
/// Keys for the customer's end of the call. Never durable, and told to nobody but the phone.
struct PressKeys {
  std::string interaction;
  std::string keys;  ///< of 0123456789*#
};
/// How the line of one leg of a call is. Durable only where it became another.
struct TellLine {
  enum class Became : std::uint8_t { same,
                                     bad,
                                     good };
  std::string interaction;
  LineReading line;
  Became became = Became::same;
};
/// A caller in a menu left a spoken message: it waits in this queue in their place, whatever its hours.
struct LeaveMessage {
  std::string interaction;
  std::string queue;
  base::Millis length_ms = 0;
};
struct EndInteraction {
  std::string interaction;
};
/// It is about this case; empty: about none.
struct AttachToCase {
  std::string interaction;
  std::string case_id;
};
struct WrapUp {
  std::string interaction;
  std::string agent;
  std::string reason;
  std::string outcome;
  std::string root_cause;
};
struct RequestCallback {
  std::string interaction;
  std::optional<base::Instant> due;
};
struct CustomerNotReached {
  std::string interaction;
};
struct TransferInteraction {
  enum class To : std::uint8_t { queue,
                                 agent,
                                 skill };
  std::string interaction;
  To to = To::queue;
  std::string target;                        ///< slug of the queue, or id of the agent
  std::vector<routing::SkillLevel> needs{};  ///< to skill
  bool warm = false;
};
struct CompleteTransfer {
  std::string interaction;
};
struct CancelTransfer {
  std::string interaction;
};
// Of calls to a number outside, for good (core_outside.cpp). The agent keeps it until somebody has it there.
/// The customer is on hold until one of the two below tells what came of it, or CancelTransfer ends it.
struct TransferOutside {
  std::string interaction;
  std::string number;  ///< E.164; whether it may be called is decided before
};
/// Whoever has that number has the customer: the interaction is over.
struct OutsideReached {
  std::string interaction;
};
/// The customer is back with the agent.
struct OutsideNotReached {
  std::string interaction;
};
// Of calls (core_parties.cpp, core_calls.cpp).
/// What the agent says reaches nobody; or does again.
struct MuteAgent {
  std::string interaction;
  bool muted = true;
};
/// The colleague who is consulted, and has read what was handed over, talks with the customer, too.
struct JoinColleague {
  std::string interaction;
};
/// A supervisor listens in, or listens in another way than before.
struct ListenIn {
  std::string interaction;
  Party::Kind how = Party::Kind::monitoring;
  std::optional<records::AuditEntry> audit{};  ///< kept with it; its brand is the interaction's
};
/// Whoever asks hangs up, and the call goes on without them where somebody is left to have it: the colleague
/// who has read what was handed over, or else the queue for a customer who is on hold for a colleague.
struct LeaveCall {
  std::string interaction;
  std::string reason{};  ///< why they could not be on it; empty: they hung up
};
/// The agent cannot go on: back to its place in the queue.
struct PutBack {
  std::string interaction;
};
/// A supervisor takes a running conversation over as its agent.
struct TakeOver {
  std::string interaction;
};
/// A supervisor moves a waiting interaction.
struct MoveToQueue {
  std::string interaction;
  std::string queue;
};
struct ChangePriority {
  std::string interaction;
  std::uint8_t boost = 0;
};
/// Somebody types. Never durable.
struct Typing {
  std::string interaction;
};
/// A critical practice that was missed.
struct CriticalMiss {
  std::string practice;
  std::string say;  ///< what should have been done
  bool operator==(CriticalMiss const&) const = default;
};
/// The judge saw them missed while the interaction lives: each is raised once.
struct RaiseMissed {
  std::string interaction;
  std::vector<CriticalMiss> misses;
};
/// Customer or agent has read as far as a message. Never durable.
struct MarkSeen {
  std::string interaction;
  std::string event;
};
/// The judge has finished: the interaction becomes a block.
struct CloseJudged {
  std::string interaction;
  std::optional<records::LedgerRecord> ledger;
  std::vector<CriticalMiss> critical{};  ///< missed in the ledger: raised unless they were before
};

using Command = std::variant<ConfigureBrand, ConfigureQueue, ConfigureAgent, ChangePresence, ResumeWork, AnswerOffer,
                             RefuseOffer, AcknowledgeContext, StartInteraction, AddEvent, StartHold, EndHold,
                             EndInteraction, AttachToCase, WrapUp, RequestCallback, CustomerNotReached, TransferInteraction,
                             CompleteTransfer, CancelTransfer, PutBack, TakeOver, MoveToQueue, ChangePriority, Typing, MarkSeen,
                             RaiseMissed, CloseJudged, PauseRecording, ResumeRecording, PressKeys, TellLine, LeaveMessage,
                             MuteAgent, JoinColleague, ListenIn, LeaveCall, TransferOutside, OutsideReached, OutsideNotReached>;

/// What came of a command.
struct Outcome {
  std::string interaction;   ///< that it was about; may be empty
  std::uint32_t number = 0;  ///< of the last event that it added; 0: none
  std::string event;         ///< that event's id
  bool repeated = false;     ///< it had been done before; nothing new happened

  bool operator==(Outcome const&) const = default;
};

}  // namespace rapport::centre
