#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <tuple>
#include <vector>

#include "evaluation/ledger.hpp"
#include "unit/evaluation/scene.hpp"

namespace rapport::evaluation::testing {

/// The slow, obvious evaluation: applies each pattern's definition to the whole list of firings at
/// once, looking back and ahead at will. Shares no code with the engine.
std::vector<Occasion> oracle_occasions(Scene const& scene);
std::vector<Mark> oracle_marks(Scene const& scene);

/// A moment in the order of things. Phases of one event: 0 the agent changes, 1 a turn begins and
/// its words are noted, 2 what fires in it, by position, 3 the event is over.
struct Point {
  base::Millis at = 0;
  std::int64_t event = 0;
  int phase = 0;
  std::int64_t position = 0;

  auto operator<=>(Point const&) const = default;

  static constexpr std::int64_t after_all = std::numeric_limits<std::int64_t>::max();
  /// After everything that happens at that instant.
  static Point instant_over(base::Millis at) { return {at, after_all, 0, 0}; }
  static Point end() { return {after_all, 0, 0, 0}; }
};

/// One firing with how far the conversation had come.
struct Fired {
  signals::Occurrence occurrence;
  Point point;
  std::int32_t agent_turns = 0;
  std::int32_t customer_turns = 0;
  std::int64_t turn = 0;
  base::Millis speech = 0;
  base::Millis speech_before = 0;
};

/// A scene laid out as lists.
class Layout {
 public:
  explicit Layout(Scene const& scene);

  struct Happening {
    Entry entry;
    Point point;  ///< of phase 1
    std::optional<domain::Role> new_turn;
    std::int32_t agent_turns = 0;  ///< after it
    std::int32_t customer_turns = 0;
    std::int64_t turn = 0;
    base::Millis speech = 0;
    base::Millis speech_before = 0;
    domain::ParticipantIndex agent_before = domain::nobody;
    bool vip = false;  ///< told so by now
  };

  Scene const& scene() const { return scene_; }
  std::vector<Fired> const& firings() const { return firings_; }
  std::vector<Happening> const& events() const { return events_; }
  /// The last event that happened before the point; nothing before the first.
  Happening const* before(Point point) const;
  /// The first event that is more than preamble; nothing if there is none.
  Happening const* beginning() const;
  bool vip_at(Point point) const;
  bool seen_at(signals::SignalId signal, Point point) const;
  domain::ParticipantIndex agent_at(Point point) const;
  /// Words that may hold the signal and cannot be read for it, in events from `event` on, before the point.
  bool unreadable(signals::SignalId signal, std::int64_t event, Point until) const;
  bool agent_took_part() const;

 private:
  void lay_events();
  void lay_firings();
  Point condition_point(Point point) const;

  Scene const& scene_;
  std::vector<Happening> events_;
  std::vector<Fired> firings_;
};

}  // namespace rapport::evaluation::testing
