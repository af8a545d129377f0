#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "store/cipher.hpp"

/// What the store keeps in memory beside the database, and a draft of it for what is being written.
namespace rapport::store {

/// What a live interaction's next event needs to be written after the last one.
struct LiveInteraction {
  std::int64_t number = 0;      ///< interaction_number.hpp
  std::int64_t last_event = 0;  ///< its position; 0: none yet
  std::uint32_t events = 0;
  std::shared_ptr<std::vector<std::string> const> agents, missed;  ///< as indexed for searches
};

/// The live interactions as they are durable. The writer changes it, any thread looks.
class LiveTable {
 public:
  using Changes = std::unordered_map<std::string, std::optional<LiveInteraction>>;

  std::optional<LiveInteraction> find(std::string const& id) const {
    std::lock_guard const lock{mutex_};
    auto const at = live_.find(id);
    return at == live_.end() ? std::nullopt : std::optional{at->second};
  }
  /// Nothing in place of an interaction: it lives no more.
  void apply(Changes&& changes) {
    std::lock_guard const lock{mutex_};
    for (auto& [id, live] : changes) {
      if (live) {
        live_.insert_or_assign(id, *std::move(live));
      } else {
        live_.erase(id);
      }
    }
  }

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, LiveInteraction> live_;
};

/// Keys of persons, unwrapped. Any thread may call.
class KeyCache {
 public:
  /// Counts erasures: a key that was read before one may not be kept after it.
  std::uint64_t generation() const {
    std::lock_guard const lock{mutex_};
    return generation_;
  }
  std::optional<Key> find(std::int64_t id) const {
    std::lock_guard const lock{mutex_};
    auto const at = keys_.find(id);
    return at == keys_.end() ? std::nullopt : std::optional{at->second};
  }
  std::optional<PersonKey> of(std::string const& person) const {
    std::lock_guard const lock{mutex_};
    auto const at = persons_.find(person);
    return at == persons_.end() ? std::nullopt : std::optional{at->second};
  }
  void keep(PersonKey const& key, std::string const& person, std::uint64_t generation) {
    std::lock_guard const lock{mutex_};
    if (generation != generation_) return;
    if (keys_.size() >= keys_max || persons_.size() >= keys_max) clear();
    keys_[key.id] = key.key;
    if (!person.empty()) persons_[person] = key;
  }
  /// After an erasure is durable.
  void forget() {
    std::lock_guard const lock{mutex_};
    ++generation_;
    clear();
  }

 private:
  static constexpr std::size_t keys_max = 100'000;

  void clear() {
    keys_.clear();
    persons_.clear();
  }

  mutable std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::unordered_map<std::int64_t, Key> keys_;
  std::unordered_map<std::string, PersonKey> persons_;
};

/// The last ones given away.
struct Positions {
  std::int64_t floor = 0;
  std::int64_t live = 0;
  std::int64_t audit = 0;
};

using CounterKey = std::pair<std::string, base::Instant>;
using Counters = std::map<CounterKey, std::vector<std::int64_t>>;

/// What is added to one counter.
struct Addition {
  std::vector<std::int64_t> values;
  std::size_t maxima = 0;  ///< of so many of the first the greater one stands
};
using Additions = std::map<CounterKey, Addition>;

/// Adds number by number.
inline void add_numbers(std::vector<std::int64_t>& to, std::vector<std::int64_t> const& what, std::size_t maxima) {
  if (to.size() < what.size()) to.resize(what.size());
  for (std::size_t at = 0; at < what.size(); ++at) to[at] = at < maxima ? std::max(to[at], what[at]) : to[at] + what[at];
}
inline void add_numbers(Addition& to, std::vector<std::int64_t> const& what, std::size_t maxima) {
  to.maxima = std::max(to.maxima, maxima);
  add_numbers(to.values, what, to.maxima);
}

/// What a batch, or a group of them, changes in memory once it is durable.
struct Draft {
  LiveTable::Changes live;
  std::unordered_map<std::string, PersonKey> keys;  ///< made for these persons
  Additions added;
  Positions positions;
  std::int64_t garbage = 0;  ///< live events whose interaction closed

  void merge(Draft&& later) {
    for (auto& [id, change] : later.live) live.insert_or_assign(id, std::move(change));
    keys.merge(later.keys);
    for (auto const& [key, addition] : later.added) add_numbers(added[key], addition.values, addition.maxima);
    positions = later.positions;
    garbage += later.garbage;
  }
};

}  // namespace rapport::store
