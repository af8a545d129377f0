#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "evaluation/ledger.hpp"
#include "evaluation/obligations.hpp"
#include "evaluation/plan.hpp"
#include "playbook/playbook.hpp"
#include "signals/occurrence.hpp"

namespace rapport::evaluation::testing {

/// Facts of signals made up for a test. Language "xx" is one in which a signal may be unreadable.
class MadeUpFacts final : public SignalFacts {
 public:
  struct Fact {
    domain::SourceSet needs{domain::Source::words};
    unsigned speakers = any_speaker;
    bool reads_xx = true;
  };
  std::size_t size() const override { return facts.size(); }
  domain::SourceSet needs(signals::SignalId signal) const override { return facts[signal].needs; }
  unsigned speakers(signals::SignalId signal) const override { return facts[signal].speakers; }
  bool readable_in(signals::SignalId signal, std::string_view language) const override {
    return language != "xx" || facts[signal].reads_xx;
  }

  std::vector<Fact> facts;
};

/// One event of a scene with the firings made up for it.
struct SceneEvent {
  Entry entry;  ///< its `occurrences` are set when played
  std::vector<signals::Occurrence> fired;
  std::vector<signals::Occurrence> timed_before;  ///< by time alone, between the last event and this
  std::optional<domain::Event> told;              ///< a context event's fields
};

/// A whole made-up timeline with its playbook, for the engine and the oracle alike.
struct Scene {
  Scene();

  /// A new signal that only this role speaks; words unless told otherwise.
  signals::SignalId signal(unsigned speakers = any_speaker, domain::SourceSet needs = {domain::Source::words});
  /// Adds a practice of one pattern and returns it.
  playbook::Practice& practice(playbook::Pattern pattern);

  /// A firing at the event that comes next to be added, at that position.
  struct Firing {
    signals::SignalId signal = 0;
    std::uint32_t position = 0;
    std::uint64_t item = 0;
    std::int64_t value = 0;
    base::Millis due_ms = -1;
    std::int32_t confidence = 1'000;
    std::uint16_t sentence = 0;
  };
  /// Words of a side from `at_ms` to `end_ms`; the turn is begun where the speaker changes.
  SceneEvent& agent(base::Millis at_ms, base::Millis until_ms, std::vector<Firing> firings = {});
  SceneEvent& other_agent(base::Millis at_ms, base::Millis until_ms, std::vector<Firing> firings = {});
  SceneEvent& customer(base::Millis at_ms, base::Millis until_ms, std::vector<Firing> firings = {});
  /// "Mm-hm": heard, but no turn.
  SceneEvent& backchannel(domain::Role role, base::Millis at_ms, base::Millis until_ms, std::vector<Firing> firings = {});
  /// Any other event.
  SceneEvent& happens(domain::EventKind kind, base::Millis at_ms, std::vector<Firing> firings = {});
  /// An agent answers.
  SceneEvent& answered(domain::ParticipantIndex agent, base::Millis at_ms, std::vector<Firing> firings = {});
  /// A firing at the timeline's end.
  void at_end(Firing firing);

  /// Runs the engine over the scene.
  Ledger play() const;
  /// The same with a copy of the engine made and taken on at every event.
  Ledger play_by_copies() const;
  /// Changes that a watched run would publish, cues among them.
  std::vector<Change> watch() const;

  base::Millis end() const;
  std::uint32_t next_event() const { return static_cast<std::uint32_t>(events.size()); }

  domain::Interaction head;
  std::shared_ptr<MadeUpFacts> facts;
  playbook::Playbook playbook;
  std::vector<SceneEvent> events;
  std::vector<Firing> last;
  domain::SourceSet observed = domain::SourceSet::all();
  base::Millis end_ms = 0;  ///< of everything added so far; may be set later than that

 private:
  SceneEvent& add(SceneEvent event, std::vector<Firing> const& firings, base::Millis until_ms);
  SceneEvent& words(domain::Role role, domain::ParticipantIndex who, base::Millis at_ms, base::Millis until_ms,
                    std::vector<Firing> const& firings, bool backchannel);
  void feed(Obligations& obligations, SceneEvent const& event) const;
  std::vector<signals::Occurrence> last_firings() const;

  std::optional<domain::Role> turn_of_;
  base::Millis speech_ms_ = 0;
  domain::ParticipantIndex current_agent_ = domain::nobody;

  friend class Oracle;
};

/// Participants of every scene.
inline constexpr domain::ParticipantIndex dana = 0;
inline constexpr domain::ParticipantIndex pat = 1;
inline constexpr domain::ParticipantIndex erin = 2;

/// The occasions of a practice, in the ledger's order.
std::vector<Occasion> occasions_of(Ledger const& ledger, std::uint16_t practice = 0);

/// For messages of failed tests.
std::string describe(Occasion const& occasion);
std::string describe(Ledger const& ledger);
std::string describe(Scene const& scene);

}  // namespace rapport::evaluation::testing
