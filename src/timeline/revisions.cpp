#include "timeline/revisions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <tuple>

#include "base/hash.hpp"

namespace rapport::timeline {
namespace {

using domain::Event;

/// Events by id, as a sorted list: no allocation per event.
class IdIndex {
 public:
  explicit IdIndex(std::vector<Event> const& events) : events_(events) {
    for (std::uint32_t index = 0; index < events.size(); ++index) {
      if (!events[index].id.empty()) entries_.push_back({base::fnv1a(events[index].id), index});
    }
    std::ranges::sort(entries_, [&](Entry const& left, Entry const& right) {
      return std::tie(left.hash, events[left.event].id, left.event) <
             std::tie(right.hash, events[right.event].id, right.event);
    });
  }

  /// The first event to arrive with this id.
  std::optional<std::uint32_t> find(std::string_view id) const {
    std::uint64_t const hash = base::fnv1a(id);
    auto const found = std::ranges::lower_bound(entries_, std::pair{hash, id}, {}, [&](Entry const& entry) {
      return std::pair<std::uint64_t, std::string_view>{entry.hash, events_[entry.event].id};
    });
    if (found == entries_.end() || events_[found->event].id != id) return std::nullopt;
    return found->event;
  }

  /// Calls visit(first, repeat) for each event whose id an earlier one has.
  template <typename Visit>
  void each_repeat(Visit visit) const {
    std::size_t first = 0;
    for (std::size_t next = 1; next < entries_.size(); ++next) {
      if (events_[entries_[first].event].id == events_[entries_[next].event].id) {
        visit(entries_[first].event, entries_[next].event);
      } else {
        first = next;
      }
    }
  }

 private:
  struct Entry {
    std::uint64_t hash;
    std::uint32_t event;
  };
  std::vector<Event> const& events_;
  std::vector<Entry> entries_;
};

enum class Fate : std::uint8_t { effective,
                                 superseded,
                                 repeat };

/// Of two revisions of one event, whether the left one gives way to the right one.
bool gives_way(Event const& left, Event const& right) {
  return std::tie(left.recorded_at, left.seq) <= std::tie(right.recorded_at, right.seq);
}

base::Result<void> mark_repeats(std::vector<Event> const& events, IdIndex const& ids, std::vector<Fate>& fates,
                                std::vector<std::string>& warnings) {
  std::optional<base::Error> error;
  std::size_t repeats = 0;
  ids.each_repeat([&](std::uint32_t first, std::uint32_t repeat) {
    if (events[first] == events[repeat]) {
      fates[repeat] = Fate::repeat;
      ++repeats;
    } else if (!error) {
      error = base::Error{fmt::format(
          "events {} and {} have the same id \"{}\" but different content; expected one content an id",
          first + 1, repeat + 1, events[repeat].id)};
    }
  });
  if (error) return *error;
  if (repeats > 0) warnings.push_back(fmt::format("{} repeated event{} dropped", repeats, repeats == 1 ? "" : "s"));
  return {};
}

/// The events that revise one another, as a forest: each event's latest revision by right of
/// recorded_at, seq and arrival.
class Revisions {
 public:
  Revisions(std::vector<Event> const& events, IdIndex const& ids, std::vector<Fate> const& fates)
      : target_(events.size(), none), winner_(events.size(), none) {
    for (std::uint32_t index = 0; index < events.size(); ++index) {
      if (fates[index] == Fate::repeat || events[index].revises.empty()) continue;
      auto const target = ids.find(events[index].revises);
      if (!target) continue;
      target_[index] = *target;
      std::uint32_t& winner = winner_[*target];
      if (winner == none || gives_way(events[winner], events[index])) winner = index;
    }
  }

  /// An event from which following `revises` leads back to itself, or nothing.
  std::optional<std::uint32_t> find_cycle() const {
    std::vector<std::uint32_t> seen_from(target_.size(), none);
    for (std::uint32_t start = 0; start < target_.size(); ++start) {
      std::uint32_t at = start;
      while (at != none && seen_from[at] == none) {
        seen_from[at] = start;
        at = target_[at];
      }
      if (at != none && seen_from[at] == start) return at;
    }
    return std::nullopt;
  }

  bool is_revision(std::uint32_t event) const { return target_[event] != none; }

  /// The last word on an event: its winning revision, that one's winning revision, and so on.
  std::uint32_t last_word(std::uint32_t event) const {
    while (winner_[event] != none) event = winner_[event];
    return event;
  }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;

  std::vector<std::uint32_t> target_;  ///< the event that this one revises
  std::vector<std::uint32_t> winner_;  ///< the revision that stands for this one
};

}  // namespace

base::Result<Effective> apply_revisions(std::vector<Event> events) {
  Effective result;
  bool const any_id = std::ranges::any_of(events, [](Event const& event) { return !event.id.empty(); });
  if (!any_id) {
    result.events = std::move(events);
    return result;
  }
  IdIndex const ids{events};
  std::vector<Fate> fates(events.size(), Fate::effective);
  if (auto marked = mark_repeats(events, ids, fates, result.warnings); !marked) return marked.error();
  Revisions const revisions{events, ids, fates};
  if (auto const event = revisions.find_cycle()) {
    return base::Error{fmt::format("event \"{}\" revises \"{}\", which revises it in turn; expected the id of an earlier event",
                                   events[*event].id, events[*event].revises)};
  }
  for (std::uint32_t index = 0; index < events.size(); ++index) {
    if (fates[index] == Fate::effective && revisions.is_revision(index)) fates[index] = Fate::superseded;
  }
  for (std::uint32_t index = 0; index < events.size(); ++index) {
    if (fates[index] == Fate::repeat || revisions.is_revision(index)) continue;
    fates[index] = Fate::superseded;
    fates[revisions.last_word(index)] = Fate::effective;
  }
  for (std::uint32_t index = 0; index < events.size(); ++index) {
    if (fates[index] == Fate::repeat) continue;
    auto& list = fates[index] == Fate::effective ? result.events : result.superseded;
    list.push_back(std::move(events[index]));
  }
  return result;
}

}  // namespace rapport::timeline
