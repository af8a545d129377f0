#include "server/api/stored.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "centre/event_codec.hpp"
#include "people/user.hpp"
#include "server/api/customer_access.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {
namespace {

void take(centre::TailEntry entry, std::uint32_t number, StoredTimeline& timeline) {
  timeline.last_number = std::max(timeline.last_number, number);
  if (auto* const event = std::get_if<domain::Event>(&entry)) {
    timeline.events.push_back(std::move(*event));
    timeline.numbers.push_back(number);
  } else if (auto* const review = std::get_if<centre::VerdictReview>(&entry)) {
    timeline.reviews.push_back(std::move(*review));
  } else if (timeline.head.observed) {  // without a list, what is there shows its sources by itself
    timeline.head.observed->add(std::get<centre::LateSources>(entry).observed);
  }
}

}  // namespace

base::Result<StoredTimeline> read_back(records::StoredInteraction const& stored) {
  StoredTimeline timeline;
  timeline.row = stored.row;
  if (stored.block) {
    auto block = centre::decode_block(*stored.block);
    if (!block) return block.error();
    timeline.head = std::move((*block).head);
    timeline.events = std::move((*block).events);
    timeline.erased = stored.block->personal.empty();
  } else {
    auto head = centre::decode_head(stored.head);
    if (!head) return head.error();
    timeline.head = std::move(*head);
  }
  for (std::uint32_t number = 1; number <= timeline.events.size(); ++number) timeline.numbers.push_back(number);
  timeline.last_number = static_cast<std::uint32_t>(timeline.events.size());
  for (records::AppendEvent const& kept : stored.tail) {
    auto entry = centre::decode_tail(kept.event, timeline.head);
    if (!entry) return entry.error();
    take(std::move(*entry), kept.number, timeline);
  }
  return timeline;
}

people::InteractionFacts Ground::facts() const {
  return {.id = row.id, .brand = row.brand, .agents = row.agents, .agent_teams = agent_teams, .in_hand = in_hand};
}

Ground ground_of(Services& services, people::Principal const& principal, records::InteractionRow row) {
  Ground ground;
  ground.in_hand = services.live.in_hand(principal.user, row.id);
  if (!principal.teams.empty()) {
    for (std::string const& agent : row.agents) {
      auto const user = services.store.document(people::user_kind, agent);
      auto const known = user && *user ? people::to_user(**user) : std::nullopt;
      if (known) ground.agent_teams.insert(ground.agent_teams.end(), known->teams.begin(), known->teams.end());
    }
  }
  ground.row = std::move(row);
  return ground;
}

base::Result<StoredTimeline, http::Problem> find_interaction(Services& services, Asked const& asked,
                                                             bool (*may)(people::Principal const&, people::InteractionFacts const&)) {
  auto found = services.store.interaction(asked.request.parameter("id"));
  if (!found) return problem_of(found.error());
  if (!*found) return not_found();
  bool const given = may(asked.principal(), ground_of(services, asked.principal(), (**found).row).facts());
  bool const in_hand = may == people::may_read && has_customer_in_hand(services, asked.principal(), (**found).row);
  if (!given && !in_hand) return not_found();
  auto timeline = read_back(**found);
  if (!timeline) return problem_of(records::StoreError::broken);
  return std::move(*timeline);
}

}  // namespace rapport::server::api
