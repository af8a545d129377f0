#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/words.hpp"
#include "signals/lexicon.hpp"
#include "signals/spec.hpp"

/// The compiled playbook: what evaluation reads. Immutable and shared; made by `load` (load.hpp).
/// The meaning of every pattern and scope is in docs/playbook-language.md.
namespace rapport::playbook {

using signals::SignalId;

/// The property patterns (after Dwyer, Avrunin, Corbett, "Patterns in Property Specifications",
/// ICSE 1999, with bounds).
enum class PatternKind : std::uint8_t {
  must,        ///< S at least once in the scope
  never,       ///< no S in the scope
  each_then,   ///< every T answered by S in time
  each_first,  ///< every T had S before it, in time
  at_most,     ///< no more than n S in the scope
  each_with,   ///< every T together with S (same event or turn, `reach`)
  within,      ///< measure S stays in [low, high] thousandths
};

/// How long S may take. Several members: any of them suffices, missed when all ran out.
/// None: due at the scope's end.
struct Bound {
  std::optional<base::Millis> time_ms;
  std::optional<std::int32_t> agent_turns;
  std::optional<std::int32_t> customer_turns;
  std::optional<base::Millis> speech_ms;  ///< of both sides together
  bool due_of_trigger = false;            ///< T carries the time itself

  bool none() const {
    return !time_ms && !agent_turns && !customer_turns && !speech_ms && !due_of_trigger;
  }
};

enum class ScopeKind : std::uint8_t {
  whole,          ///< the interaction
  agent_segment,  ///< each agent's part: from their first event to the next agent's
  after,          ///< from a signal to the end; opened once, by the first
  before,         ///< from the start to the first signal, or the end
  between,        ///< from each opening signal to the next closing one (or the end)
};

struct Scope {
  ScopeKind kind = ScopeKind::whole;
  SignalId opens = signals::no_signal;
  SignalId closes = signals::no_signal;
};

/// A test on head and context, decided when the scope opens.
struct Condition {
  enum class Subject : std::uint8_t {
    channel,
    direction,
    brand,
    queue,
    language,
    company,  ///< company: known at all
    customer_name,
    customer_known,
    agent_name,
    history,
    preferred_channel,
    context,       ///< context field `field` (or group/field)
    signal,        ///< the signal fired before the scope opened (or with its opening)
    text_channel,  ///< chat, email or message
  };
  Subject subject = Subject::channel;
  std::string group;
  std::string field;
  std::vector<std::string> values;  ///< any of them; empty: is there, is not empty, is not false
  SignalId signal = signals::no_signal;
  bool negated = false;
};

enum class OnTransfer : std::uint8_t { drop,
                                       inherit,
                                       stay };
enum class Visibility : std::uint8_t { agent,
                                       team,
                                       all };

struct Pattern {
  PatternKind kind = PatternKind::must;
  Scope scope;
  SignalId trigger = signals::no_signal;  ///< T, of the each_… kinds
  SignalId signal = signals::no_signal;   ///< S, or the measure M
  Bound bound;
  std::int64_t low = 0;  ///< within, thousandths
  std::int64_t high = 0;
  std::string band;                              ///< within, as the playbook writes it ("..40 %"), for people
  std::int32_t count = 0;                        ///< at_most
  signals::Reach reach = signals::Reach::event;  ///< each_with
  bool same_item = false;                        ///< S must carry T's item
  bool first_only = false;                       ///< only the first T opens an occasion
  /// A miss is void (no occasion) if one of these fired since the occasion opened, or at the end.
  std::vector<SignalId> void_if;
  std::vector<Condition> when;  ///< all must hold, else no occasion
};

struct Cue {
  std::string text;
  std::optional<base::Millis> at_ms;  ///< after the occasion opened; default: half of the bound
};

struct Practice {
  std::string id;
  std::string say;                ///< what to do, as said to an agent
  std::string why;                ///< a longer text for people; may be empty
  std::vector<Pattern> patterns;  ///< their occasions are pooled; empty where not judged by rule
  std::string not_assessed_why;   ///< why not, where `patterns` is empty
  bool on = true;
  std::int32_t weight = 1;
  std::map<domain::Channel, std::int32_t> channel_weight;
  bool critical = false;
  std::int32_t sure = 0;  ///< thousandths: less sure verdicts are not assessed
  Visibility visibility = Visibility::team;
  OnTransfer on_transfer = OnTransfer::inherit;
  std::optional<Cue> cue;
  std::string coach;
  std::string accuracy;  ///< what was measured of its verdicts' error; may be empty
  std::vector<int> seeds;
  std::string file;
  int line = 0;
};

struct FrameworkStep {
  std::string id;
  SignalId until = signals::no_signal;  ///< the step is done when this fires
  std::vector<std::string> expects;     ///< practice ids
};

/// A way through a conversation in ordered steps.
struct Framework {
  std::string name;
  std::string say;  ///< what it stands for, for people
  std::vector<FrameworkStep> steps;
};

/// A variant of the playbook that its own `playbook.yaml` offers.
struct Preset {
  std::string name;
  std::string say;
};

struct Playbook {
  std::string name;
  std::string version;
  std::string hash;                 ///< SHA-256 over the files and the chosen preset
  std::string preset;               ///< the chosen one; empty: none
  std::vector<Preset> presets;      ///< all that there are to choose from
  std::vector<Practice> practices;  ///< in catalogue order
  std::vector<Framework> frameworks;
  std::vector<signals::WordClass> classes;  ///< as written, for `explain`; the lexicon has them compiled
  std::shared_ptr<signals::Lexicon const> lexicon;
};

}  // namespace rapport::playbook
