#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "centre/tail_codec.hpp"
#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "people/principal.hpp"
#include "records/interaction_record.hpp"
#include "server/api/gate.hpp"
#include "server/http/problem.hpp"

namespace rapport::server::api {

/// An interaction as it is stored, live or closed, read back.
struct StoredTimeline {
  records::InteractionRow row;
  domain::Interaction head;
  std::vector<domain::Event> events;           ///< in order of number
  std::vector<std::uint32_t> numbers;          ///< of the events; after closing not without gaps
  std::vector<centre::VerdictReview> reviews;  ///< in order; of a practice's the last one counts
  std::uint32_t last_number = 0;               ///< of events and reviews
  bool erased = false;                         ///< closed, and nobody's words are left
};
/// Error: what is stored cannot be read.
base::Result<StoredTimeline> read_back(records::StoredInteraction const& stored);

/// The interaction of the request's path, if the asker may see it. Blocks. Problems: 404 for what is not
/// there or not theirs to know of, 503, 500. `may`: by which right.
base::Result<StoredTimeline, http::Problem> find_interaction(Services& services, Asked const& asked,
                                                             bool (*may)(people::Principal const&, people::InteractionFacts const&) = people::may_read);

/// What a decision about it rests on; the facts point into this.
struct Ground {
  records::InteractionRow row;
  std::vector<std::string> agent_teams;
  bool in_hand = false;

  people::InteractionFacts facts() const;
};
/// `principal` decides what must be looked up. Blocks.
Ground ground_of(Services& services, people::Principal const& principal, records::InteractionRow row);

}  // namespace rapport::server::api
