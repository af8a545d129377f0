#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "signals/occurrence.hpp"
#include "signals/spec.hpp"
#include "signals/words.hpp"
#include "timeline/conversation.hpp"

namespace rapport::signals {

/// What a detector may see of the lexicon while it is built and while it reads.
class Vocabulary {
 public:
  virtual ~Vocabulary() = default;
  /// The class of that name, or nothing. Class ids are small and dense.
  virtual std::optional<std::uint32_t> find_class(std::string_view name) const = 0;
  /// Whether the single word belongs to the class (multi-word alternatives are ignored here).
  virtual bool in_class(Token const& token, std::uint32_t class_id) const = 0;
  /// The signal of that name, or nothing.
  virtual std::optional<SignalId> find_signal(std::string_view name) const = 0;
  /// Tokenises a text by the same rules as events (for names, facts and script lines).
  virtual void tokenise(std::string_view text, Words& words) const = 0;
  virtual std::vector<GlossaryEntry> const& glossary() const = 0;
  virtual std::vector<ScriptLine> const& lines() const = 0;
};

namespace detectors {
class Analysis;  // signals/detectors/analysis.hpp
class Tally;     // signals/detectors/tally.hpp
}  // namespace detectors

/// What a detector sees of one event. Borrowed for the call.
struct Moment {
  domain::Interaction const& head;
  domain::Event const& event;
  std::uint32_t index;  ///< of the event in the timeline
  timeline::Step const& step;
  timeline::Conversation const& conversation;  ///< after the event
  Words const& words;                          ///< empty unless the event carries words
  std::string_view language;                   ///< the event's or the interaction's
  std::vector<Occurrence> const& fired;        ///< signals of this event so far (phrases, events, earlier detectors); grows
  /// What the words of this event come to (questions, stems, time frames), worked out once for all
  /// detectors. The reader owns one and calls its `begin_event()` before each event.
  detectors::Analysis& analysis;
};

/// Collects a detector's firings. Fields not given are filled in: signal, event, at, end, who.
class Emitter {
 public:
  Emitter(SignalId signal, std::vector<Occurrence>& out) : signal_(signal), out_(out) {}

  /// Fires on the whole event or on tokens [first, last] of it. Returns it for further fields.
  Occurrence& fire(Moment const& moment);
  Occurrence& fire(Moment const& moment, std::uint32_t first_token, std::uint32_t last_token);
  /// Leaves the signal's firings of that sentence so far (its phrases') no surer than `confidence`.
  void doubt(std::uint16_t sentence, std::int32_t confidence);
  /// Fires at an instant of its own (a silence); `by` as given.
  Occurrence& fire_at(base::Millis at_ms, base::Millis end_ms, domain::Role by, std::uint32_t event);

 private:
  SignalId signal_;
  std::vector<Occurrence>& out_;
};

/// How a timeline ended, as a detector is told. Borrowed for the call.
struct Ending {
  base::Millis at_ms = 0;
  std::uint32_t last_event = 0;  ///< index of the last that was read; 0 if there was none
  timeline::Conversation const& conversation;
  detectors::Tally const& tally;
};

/// What a detector need be asked about: of everything else its `read` would change nothing and fire
/// nothing.
struct Attention {
  unsigned speakers = 0;               ///< words of these roles, as bits
  std::uint64_t kinds = 0;             ///< events of these kinds whatever they hold, as bits
  std::vector<SignalId> signals = {};  ///< events in which one of these stands, which are decided before its own
  bool tally = false;                  ///< `finish` asks for the tally, which is kept of all events

  static constexpr unsigned everybody = (1U << domain::role_count) - 1;
  static constexpr unsigned words_of(std::initializer_list<domain::Role> roles) {
    unsigned bits = 0;
    for (domain::Role const role : roles) bits |= 1U << static_cast<unsigned>(role);
    return bits;
  }
  static constexpr std::uint64_t kinds_of(std::initializer_list<domain::EventKind> kinds) {
    std::uint64_t bits = 0;
    for (domain::EventKind const kind : kinds) bits |= std::uint64_t{1} << static_cast<unsigned>(kind);
    return bits;
  }
};
static_assert(domain::event_kind_count <= 64);

/// A label of the sentence model, and the score from which a sentence lets a detector of it fire.
struct LabelPrompt {
  domain::Role role = domain::Role::agent;
  std::uint16_t label = 0;  ///< among those of the role
  std::int64_t score = 0;
};

/// A built-in signal that a list of phrases cannot express. One instance per use in a playbook and
/// timeline; clones make checkpoints. Deterministic; integers only.
class Detector {
 public:
  virtual ~Detector() = default;
  virtual std::unique_ptr<Detector> clone() const = 0;
  virtual void read(Moment const& moment, Emitter& emit) = 0;
  /// Whether what it reads now depends on, or changes, what it will fire later. One that remembers
  /// nothing is not asked about words of a role that may not emit its signal, is not told of time, and
  /// is shared by all readers, in any thread: `read` changes nothing.
  virtual bool remembers() const { return true; }
  /// By default everything. Asked more often than it says it must answer as if it had not been.
  virtual Attention attention() const { return {Attention::everybody, ~std::uint64_t{0}, {}, false}; }
  /// For a detector of a label: it need not be asked but where a sentence has that score or its
  /// signal has fired otherwise.
  virtual std::optional<LabelPrompt> prompt() const { return std::nullopt; }
  /// Whether it wants `pass_time`; one that does not is never told of time alone.
  virtual bool watches_time() const { return false; }
  /// Time passes without an event, up to and including now_ms. Not told to one that was never asked.
  virtual void pass_time(base::Millis /*now_ms*/, timeline::Conversation const&, Emitter&) {}
  /// The timeline ends. Of one that was never asked, the prototype is told, which all threads share.
  virtual void finish(Ending const&, Emitter&) const {}
};

/// Parameters as the playbook wrote them, with typed access. Unknown names are the checker's business.
class Parameters {
 public:
  explicit Parameters(std::map<std::string, std::string> const& values) : values_(values) {}
  /// "10 s", "500 ms", "2 min" or a bare number of milliseconds.
  base::Result<base::Millis> millis(std::string_view name, base::Millis otherwise) const;
  base::Result<std::int64_t> number(std::string_view name, std::int64_t otherwise) const;
  std::string text(std::string_view name, std::string_view otherwise) const;
  bool has(std::string_view name) const;

 private:
  std::map<std::string, std::string> const& values_;
};

/// A kind of detector: its name, what it means, what it needs, how it is made. The registry
/// (detectors.cpp) lists them all, sorted by name.
struct DetectorKind {
  std::string_view name;
  std::string_view meaning;
  std::vector<std::string_view> parameters;
  /// Which of the parameters name other signals (they are then read before this detector).
  std::vector<std::string_view> signal_parameters;
  domain::SourceSet needs;
  bool measure = false;
  /// Languages it can read, empty for any.
  std::vector<std::string_view> languages;
  base::Result<std::unique_ptr<Detector>> (*make)(Parameters const&, Vocabulary const&);
  /// Which of the parameters are a map from signals to weights (detectors/weighing.hpp).
  std::vector<std::string_view> weight_parameters = {};
  /// Whether it fires by time or at the end alone, where no event is read.
  bool without_event = false;
};

std::vector<DetectorKind> const& detector_kinds();

}  // namespace rapport::signals
