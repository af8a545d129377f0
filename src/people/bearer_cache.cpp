#include "people/bearer_cache.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace rapport::people {

BearerCache::BearerCache(std::size_t entries_max) : entries_max_(entries_max) { RAPPORT_ASSERT(entries_max > 0); }

std::optional<BearerCache::Used> BearerCache::use(std::string_view id, base::Instant now, base::Millis idle_max,
                                                  base::Millis write_every) {
  std::lock_guard const lock{mutex_};
  auto const found = entries_.find(std::string{id});
  if (found == entries_.end()) return std::nullopt;
  Entry& entry = found->second;
  Bearer const& bearer = entry.authenticated->bearer;
  if (now >= bearer.expires_at || now - entry.last_used >= idle_max) {
    erase(bearer.id);
    return std::nullopt;
  }
  entry.last_used = std::max(entry.last_used, now);
  by_use_.splice(by_use_.end(), by_use_, entry.place);
  Used used{entry.authenticated, std::nullopt};
  if (now - entry.last_written >= write_every) {
    entry.last_written = now;
    used.to_write = bearer;
    used.to_write->last_used = now;
    used.to_write->version = entry.version;
  }
  return used;
}

std::uint64_t BearerCache::generation() const {
  std::lock_guard const lock{mutex_};
  return generation_;
}

void BearerCache::insert(std::shared_ptr<Authenticated const> authenticated, base::Instant now, std::uint64_t generation) {
  std::lock_guard const lock{mutex_};
  std::string const& id = authenticated->bearer.id;
  if (generation != generation_ || entries_.contains(id)) return;
  if (entries_.size() == entries_max_) erase(std::string{by_use_.front()});
  by_use_.push_back(id);
  by_user_[authenticated->bearer.user].insert(id);
  entries_.emplace(id, Entry{authenticated, now, authenticated->bearer.last_used, authenticated->bearer.version,
                             std::prev(by_use_.end())});
}

void BearerCache::written(std::string_view id, std::int64_t version) {
  std::lock_guard const lock{mutex_};
  auto const found = entries_.find(std::string{id});
  if (found != entries_.end()) found->second.version = std::max(found->second.version, version);
}

void BearerCache::forget(std::string_view id) {
  std::lock_guard const lock{mutex_};
  ++generation_;
  erase(std::string{id});
}

void BearerCache::forget_user(std::string_view user) {
  std::lock_guard const lock{mutex_};
  ++generation_;
  auto const found = by_user_.find(std::string{user});
  if (found == by_user_.end()) return;
  auto const ids = found->second;  // erase() changes it
  for (std::string const& id : ids) erase(id);
}

std::size_t BearerCache::size() const {
  std::lock_guard const lock{mutex_};
  return entries_.size();
}

void BearerCache::erase(std::string const& id) {
  auto const found = entries_.find(id);
  if (found == entries_.end()) return;
  auto const owner = by_user_.find(found->second.authenticated->bearer.user);
  owner->second.erase(id);
  if (owner->second.empty()) by_user_.erase(owner);
  by_use_.erase(found->second.place);
  entries_.erase(found);
}

}  // namespace rapport::people
