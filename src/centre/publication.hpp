#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "centre/line_reading.hpp"
#include "centre/party.hpp"
#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "insight/live_queue.hpp"
#include "records/interaction_record.hpp"
#include "routing/agent.hpp"

/// What the centre tells the outside: only what is durable, in order.
namespace rapport::centre {

/// Where a live interaction stands.
enum class Stage : std::uint8_t {
  waiting,  ///< nobody has it
  offered,
  connected,
  parked,    ///< a callback for later
  over,      ///< ended; somebody wraps up
  finished,  ///< to be judged and closed
};
std::string_view name(Stage stage);

/// A live interaction as lists and offers show it.
struct LiveSummary {
  records::InteractionRow row;
  std::shared_ptr<domain::Interaction const> head;
  Stage stage = Stage::waiting;
  std::string agent;  ///< who has it; empty: nobody
  bool on_hold = false;
  base::Instant since;  ///< in this stage
  bool muted = false;   ///< the agent is
  std::vector<Party> parties{};
  std::optional<base::Instant> recording_paused{};  ///< since when
  bool left_message = false;                        ///< nobody is on the line: what waits is what they said
  std::string outside{};                            ///< the number outside that the call is on its way to, or went to where it is over; empty: none
  bool operator==(LiveSummary const&) const = default;
};

/// An interaction began or, `recovered`, was found at a start with the events that it has.
struct InteractionOpened {
  LiveSummary live;
  std::shared_ptr<std::vector<domain::Event> const> events;
  bool recovered = false;
};
/// Its head, queue, agent or stage changed.
struct InteractionChanged {
  LiveSummary live;
};
/// An event was added. `number` counts all events of the interaction, `shown` those that the customer
/// sees; 0: not shown to them.
struct EventHappened {
  std::string interaction;
  std::uint32_t number = 0;
  std::uint32_t shown = 0;
  domain::Event event;
  std::shared_ptr<domain::Interaction const> head;
  std::string customer{};  ///< of the interaction's row: whose content the event is
};
/// Everybody has wrapped up: judge it, then CloseJudged.
struct InteractionFinished {
  std::string interaction;
};
struct InteractionClosed {
  records::InteractionRow row;
};

/// What an agent's own desk must know at once.
struct AgentNews {
  enum class Kind : std::uint8_t {
    offer,       ///< until: to answer
    offer_gone,  ///< answered elsewhere, withdrawn, timed out, abandoned
    connected,
    receiving,  ///< until: to acknowledge what is handed over
    acknowledged,
    wrap_up,   ///< until: ends by itself
    gone,      ///< it is no longer in this agent's hands
    presence,  ///< presence, reason or "not responding" changed
  };
  std::string agent;
  Kind kind = Kind::presence;
  std::string interaction;
  bool consult = false;  ///< of a colleague's consultation about it
  base::Instant until;
  std::string why;
  std::optional<LiveSummary> live;  ///< of offer, connected, receiving
};
std::string_view name(AgentNews::Kind kind);

/// A queue at a glance: latest value.
struct QueueState {
  std::string queue;
  std::string brand;
  std::size_t waiting = 0;
  std::optional<base::Instant> oldest;
  bool open = false;
  bool operator==(QueueState const&) const = default;
};
/// An agent at a glance: latest value.
struct AgentState {
  /// A warm transfer, as far as it is.
  struct Asked {
    enum class State : std::uint8_t {
      waiting,  ///< agent: for whom alone it waits; empty: for whoever is free
      offered,
      reading,
      read,  ///< acknowledged: it can be handed over
    };
    State state = State::waiting;
    std::string agent;  ///< id
    std::string name;
    bool operator==(Asked const&) const = default;
  };
  struct InHand {
    std::string interaction;
    routing::SlotState state = routing::SlotState::offered;
    bool consult = false;
    base::Instant until;         ///< offered, receiving, wrap-up: when it ends by itself
    std::optional<Asked> asked;  ///< of the agent who asks; nothing: nobody is asked
    bool operator==(InHand const&) const = default;
  };
  std::string agent;
  std::string name;
  std::optional<std::vector<std::string>> brands;  ///< that they belong to; nothing: all
  routing::Presence presence = routing::Presence::offline;
  std::string reason;
  routing::WorkState work = routing::WorkState::idle;
  base::Instant since;  ///< in this work state
  std::vector<InHand> in_hand;
  bool operator==(AgentState const&) const = default;
};
std::string_view name(AgentState::Asked::State state);

/// The numbers of a queue: latest value, at most once a second.
struct QueueNumbers {
  std::string queue;
  std::string brand;
  base::Instant at;
  std::size_t waiting = 0;
  std::optional<base::Instant> oldest;
  std::optional<base::Millis> estimate_ms;  ///< how long the next one to come would wait
  std::shared_ptr<insight::LiveReading const> half_hour;
  std::shared_ptr<insight::Report const> today;
};
/// An agent's numbers of today: latest value.
struct AgentNumbers {
  std::string agent;
  base::Instant at;
  insight::AgentState state = insight::AgentState::offline;
  base::Instant since;  ///< in this state
  std::shared_ptr<insight::Report const> today;
};
/// A brand's numbers of today: latest value, at most every five seconds.
struct BrandNumbers {
  std::string brand;
  base::Instant at;
  std::size_t waiting = 0;
  std::array<std::size_t, insight::agent_state_count> agents{};  ///< by insight::AgentState; of one brand or several
  std::shared_ptr<insight::Report const> today;
};
/// A waiting customer's place: latest value.
struct PlaceInLine {
  std::string interaction;
  std::size_t position = 0;  ///< 1 is next; 0: no longer waiting
  std::optional<base::Millis> estimate_ms;
};
struct TypingSeen {
  std::string interaction;
  domain::Role by = domain::Role::customer;
  base::Instant at;
};
/// How far customer and agents have read: latest value. Ids of messages; empty: none yet.
struct MessagesSeen {
  std::string interaction;
  std::string by_customer;
  std::string by_agent;
};
/// How the lines of a call's legs are: latest value.
struct LineTold {
  std::string interaction;
  std::vector<LineReading> legs;
};
/// Keys for the customer's end: for the phone alone.
struct KeysPressed {
  std::string interaction;
  std::string keys;
};
/// Something that must reach a supervisor: kept in the inbox (inbox_document.hpp).
struct Raised {
  enum class Kind : std::uint8_t {
    flag,    ///< somebody flagged it
    help,    ///< an agent asks for help
    missed,  ///< a critical practice was missed
  };
  Kind kind = Kind::flag;
  std::string id;  ///< of the inbox's item
  std::string interaction;
  std::string brand;
  std::string agent;     ///< who raised it, or whose conversation it is; may be empty
  std::string practice;  ///< of missed
  std::string event;     ///< id of the event that raised it; empty of missed
  std::string text;      ///< personal; at most limits::inbox_text_bytes_max of it
  base::Instant at;
};
std::string_view name(Raised::Kind kind);
std::optional<Raised::Kind> parse_raised_kind(std::string_view text);

/// One obligation as the checklist shows it.
struct ChecklistItem {
  std::string practice;
  std::string say;    ///< what to do
  std::string state;  ///< open, met, missed, void, not_assessed
  base::Instant opened_at;
  std::optional<base::Instant> due_at;
  std::string event;  ///< the evidence's event id; may be empty
  bool critical = false;
  std::string tip;  ///< how to mend or learn; may be empty
  bool operator==(ChecklistItem const&) const = default;
};
/// The obligations of an interaction as they stand: latest value.
struct Checklist {
  std::string interaction;
  std::string agent;
  std::vector<ChecklistItem> items;
};
/// A hint, told once.
struct Cue {
  std::string interaction;
  std::string agent;
  std::string practice;
  std::string text;
  std::string why;
  base::Instant at;
};

using Publication = std::variant<InteractionOpened, InteractionChanged, EventHappened, InteractionFinished,
                                 InteractionClosed, AgentNews, QueueState, AgentState, QueueNumbers, AgentNumbers,
                                 BrandNumbers, PlaceInLine, TypingSeen, MessagesSeen, Raised, Checklist, Cue,
                                 LineTold, KeysPressed>;

/// Whoever listens. Called from one thread at a time, in order; must be quick and must not wait.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void on(Publication const& publication) = 0;
};

}  // namespace rapport::centre
