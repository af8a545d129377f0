#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "people/bearer_cache.hpp"
#include "people/failure.hpp"
#include "people/user.hpp"
#include "records/store.hpp"

namespace rapport::people {

/// What sessions and API tokens have in common: kept by the hash of their secret, authenticated
/// through a cache, ended one by one or all of a user. Any thread. Only `authenticate_cached` and the
/// `forget…` never block. The store must outlive it.
class Bearers {
 public:
  struct Rules {
    std::string_view kind;         ///< of the documents, and what the hash is salted with
    std::string_view removed_as;   ///< the audit action of ending one
    base::Millis idle_max = 0;     ///< unused for so long: over
    base::Millis write_every = 0;  ///< how exactly last_used is kept
    std::size_t per_user_max = 0;
    bool of_one_epoch = false;  ///< over once the user's epoch has moved on
  };

  Bearers(records::Store& store, Rules rules);

  /// Who the secret stands for, if it is in memory. Nothing says nothing: ask `authenticate`.
  std::shared_ptr<Authenticated const> authenticate_cached(std::string_view secret, base::Instant now);
  /// Reads the store where needed. unauthenticated: no such secret, over, or the user is inactive.
  Outcome<std::shared_ptr<Authenticated const>> authenticate(std::string_view secret, base::Instant now);

  /// It is used by something that stays open. Whether it stands: false where there is none, or it is over.
  Outcome<bool> keep(std::string_view id, base::Instant now);

  /// Those of the user that are not over, oldest first.
  Outcome<std::vector<Bearer>> list(std::string_view user, base::Instant now);
  Outcome<std::optional<Bearer>> find(std::string_view id);
  /// Ends one of the user's; `user` empty: whosever it is.
  Outcome<Nothing> end(Actor const& actor, std::string_view user, std::string_view id, base::Instant now);
  /// Removes the user's of earlier epochs, which are over already. What fails is left to `sweep`.
  void remove_before_epoch(std::string_view user, std::int64_t epoch, base::Instant now);
  /// The cache forgets the user: to be called after every durable change of a user.
  void forget_user(std::string_view user) { cache_->forget_user(user); }
  /// Removes what is over from the store; how many. For an hourly task.
  Outcome<std::size_t> sweep(base::Instant now);

  std::string id_of(std::string_view secret) const;
  records::PutDocument to_document(Bearer const& bearer, std::optional<std::int64_t> expected) const;
  Rules const& rules() const { return rules_; }
  std::size_t cached() const { return cache_->size(); }

 protected:
  void remove(std::string_view id, base::Instant now);

 private:
  std::optional<Bearer> to_bearer(records::Document const& document) const;
  bool is_over(Bearer const& bearer, base::Instant now) const;
  void write_use(Bearer const& bearer, base::Instant now);

  records::Store& store_;
  Rules rules_;
  std::shared_ptr<BearerCache> cache_;  ///< shared with writes that are still on their way
};

/// The bearer's principal by its owner as they are now.
Principal principal_of(User const& user, Bearer const& bearer, std::string_view kind);

inline constexpr std::string_view session_kind = "session";
inline constexpr std::string_view token_kind = "token";

}  // namespace rapport::people
