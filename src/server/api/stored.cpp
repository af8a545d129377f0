#include "server/api/stored.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "centre/event_codec.hpp"
#include "people/user.hpp"
#include "server/api/customer_access.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

/// The part of a UTF-8 text from one character to another, in code points.
std::string_view part(std::string_view text, std::int64_t from, std::int64_t to) {
  std::size_t begin = text.size();
  std::size_t end = text.size();
  std::int64_t count = 0;
  for (std::size_t place = 0; place < text.size(); ++place) {
    if ((static_cast<unsigned char>(text[place]) & 0xC0U) == 0x80U) continue;
    if (count == from) begin = place;
    if (count == to) end = place;
    ++count;
  }
  return begin < end ? text.substr(begin, end - begin) : std::string_view{};
}

void quote(json::object& evidence, std::vector<domain::Event> const& events) {
  json::value const* const id = evidence.if_contains("event");
  if (id == nullptr || !id->is_string()) return;
  auto const event = std::ranges::find_if(events, [&](domain::Event const& one) { return one.id == id->get_string(); });
  if (event == events.end() || event->text.empty()) return;
  json::value const* const range = evidence.if_contains("range");
  std::string_view text = event->text;
  if (range != nullptr && range->is_array() && range->get_array().size() == 2) {
    text = part(text, range->get_array()[0].to_number<std::int64_t>(), range->get_array()[1].to_number<std::int64_t>());
  }
  if (!text.empty()) evidence["text"] = text;
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
  } else {
    auto head = centre::decode_head(stored.head);
    if (!head) return head.error();
    timeline.head = std::move(*head);
  }
  for (records::AppendEvent const& kept : stored.tail) {
    auto event = centre::decode_event(kept.event, timeline.head);
    if (!event) return event.error();
    timeline.events.push_back(std::move(*event));
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

base::Result<StoredTimeline, http::Problem> find_interaction(Services& services, Asked const& asked) {
  auto found = services.store.interaction(asked.request.parameter("id"));
  if (!found) return problem_of(found.error());
  if (!*found) return not_found();
  bool const may = people::may_read(asked.principal(), ground_of(services, asked.principal(), (**found).row).facts());
  if (!may && !has_customer_in_hand(services, asked.principal(), (**found).row)) return not_found();
  auto timeline = read_back(**found);
  if (!timeline) return problem_of(records::StoreError::broken);
  return std::move(*timeline);
}

json::object with_quotes(records::LedgerRecord const& ledger, StoredTimeline const& timeline) {
  boost::system::error_code failed;
  json::value parsed = json::parse(ledger.body, failed);
  json::object made = !failed && parsed.is_object() ? std::move(parsed.get_object()) : json::object{};
  made["made_at"] = base::format_rfc3339(ledger.made_at);
  json::value* const practices = made.if_contains("practices");
  if (practices == nullptr || !practices->is_array()) return made;
  for (json::value& practice : practices->get_array()) {
    json::value* const evidence = practice.is_object() ? practice.get_object().if_contains("evidence") : nullptr;
    if (evidence == nullptr || !evidence->is_array()) continue;
    for (json::value& one : evidence->get_array()) {
      if (one.is_object()) quote(one.get_object(), timeline.events);
    }
  }
  return made;
}

}  // namespace rapport::server::api
