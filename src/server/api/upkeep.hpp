#pragma once

#include <cstddef>

#include "people/api_tokens.hpp"
#include "people/sessions.hpp"
#include "recordings/shelf.hpp"
#include "records/store.hpp"

namespace rapport::server::api {

/// What a run removed.
struct Removed {
  std::size_t answers = 0;       ///< of idempotency keys, after records::answers_kept
  std::size_t sessions = 0;      ///< over
  std::size_t tokens = 0;        ///< expired
  std::size_t interactions = 0;  ///< closed for longer than their brand keeps their channel's
  std::size_t drafts = 0;        ///< of interactions that are over
  std::size_t recordings = 0;    ///< of interactions that were removed
  std::size_t leftovers = 0;     ///< reviews and inbox items of interactions that were removed
  bool whole = true;             ///< false: the store refused something; the next run does it

  bool operator==(Removed const&) const = default;
};

/// What is done once an hour, so that nothing is kept for longer than it may be. Blocks; one thread at
/// a time. All of it outlives this.
class Upkeep {
 public:
  /// `kept`: how long closed interactions are where their brand says nothing of their channel; 0 for ever.
  Upkeep(records::Store& store, recordings::Shelf& shelf, people::Sessions& sessions, people::ApiTokens& tokens, base::Millis kept) : store_(store), shelf_(shelf), sessions_(sessions), tokens_(tokens), kept_(kept) {}

  Removed run(base::Instant now);

 private:
  void purge_brands(base::Instant now, Removed& removed);
  void purge(records::Document const& brand, base::Instant now, Removed& removed);

  records::Store& store_;
  recordings::Shelf& shelf_;
  people::Sessions& sessions_;
  people::ApiTokens& tokens_;
  base::Millis kept_;
};

}  // namespace rapport::server::api
