#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/time.hpp"
#include "people/principal.hpp"

namespace rapport::people {

/// What is kept of a session or an API token: a secret that whoever bears it acts by. Only the hash
/// of the secret is known.
struct Bearer {
  std::string id = {};        ///< SHA-256 of the secret, in hexadecimal; safe to show
  std::string user = {};      ///< whose it is
  std::string label = {};     ///< a session's client program, a token's name
  std::string hint = {};      ///< first signs of a token, to recognise it by
  std::string address = {};   ///< where it was made from
  std::string brand = {};     ///< a token's only brand; empty: those of its owner
  PermissionSet scopes = {};  ///< a token's; a session has its user's permissions
  std::int64_t epoch = 0;     ///< the user's when a session was made
  base::Instant created_at = {};
  base::Instant expires_at = {};  ///< the absolute limit
  base::Instant last_used = {};   ///< to the minute or so
  std::int64_t version = 0;

  bool operator==(Bearer const&) const = default;
};

/// Who a bearer stands for, as authenticated. Shared between requests; never changes.
struct Authenticated {
  Principal principal;
  Bearer bearer;
};

/// Sessions or tokens in use, in front of the store, so that a request is authenticated without
/// reading it. Bounded: the one unused for longest goes. Any thread; a lock for well under 1 µs.
///
/// A load from the store may overlap a change of the user. Who loads takes `generation()` first;
/// `insert` keeps nothing that was loaded before the last `forget…`.
class BearerCache {
 public:
  explicit BearerCache(std::size_t entries_max);

  struct Used {
    std::shared_ptr<Authenticated const> authenticated;
    std::optional<Bearer> to_write;  ///< last_used is due to be kept; the caller writes this, once
  };
  /// Nothing: not here, or over (then it is forgotten).
  std::optional<Used> use(std::string_view id, base::Instant now, base::Millis idle_max, base::Millis write_every);

  std::uint64_t generation() const;
  void insert(std::shared_ptr<Authenticated const> authenticated, base::Instant now, std::uint64_t generation);
  /// The version after a write that `use` asked for.
  void written(std::string_view id, std::int64_t version);
  void forget(std::string_view id);
  void forget_user(std::string_view user);
  std::size_t size() const;

 private:
  struct Entry {
    std::shared_ptr<Authenticated const> authenticated;
    base::Instant last_used;
    base::Instant last_written;
    std::int64_t version = 0;
    std::list<std::string>::iterator place;
  };

  void erase(std::string const& id);

  std::size_t entries_max_;
  mutable std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::unordered_map<std::string, Entry> entries_;
  std::unordered_map<std::string, std::unordered_set<std::string>> by_user_;
  std::list<std::string> by_use_;  ///< unused for longest first
};

}  // namespace rapport::people
