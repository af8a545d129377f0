#include "server/api/feed_rights.hpp"

namespace rapport::server::api {
namespace {

using people::Permission;

/// "interaction/ID/typing" in its parts; what is not there is empty.
struct NameParts {
  std::string_view first, id, part;
};
NameParts parts_of(feed::Name const& name) {
  std::string_view const text = name.text;
  std::size_t const slash = text.find('/');
  if (slash == std::string_view::npos) return {text, {}, {}};
  std::string_view const rest = text.substr(slash + 1);
  std::size_t const more = rest.find('/');
  if (more == std::string_view::npos) return {text.substr(0, slash), rest, {}};
  return {text.substr(0, slash), rest.substr(0, more), rest.substr(more + 1)};
}

}  // namespace

std::shared_ptr<void const> FeedRights::connected(people::Principal principal) {
  if (principal.kind == people::Principal::Kind::customer) return nullptr;  // theirs follow from what is live
  std::string who = people::who(principal);
  {
    std::lock_guard const lock{mutex_};
    of_user_[principal.user].insert(who);
    Known& known = connected_[who];
    known.principal = std::move(principal);
    ++known.connections;
  }
  return {this, [this, who = std::move(who)](void const*) { disconnected(who); }};
}

void FeedRights::disconnected(std::string const& who) {
  std::lock_guard const lock{mutex_};
  auto const known = connected_.find(who);
  if (--known->second.connections > 0) return;
  auto const user = of_user_.find(known->second.principal.user);
  user->second.erase(who);
  if (user->second.empty()) of_user_.erase(user);
  connected_.erase(known);
}

bool FeedRights::may(std::string const& principal, feed::Name const& name) const {
  constexpr std::string_view customers = "customer:";
  if (principal.starts_with(customers)) return customer_may(std::string_view{principal}.substr(customers.size()), name);
  std::optional<people::Principal> found;
  {
    std::lock_guard const lock{mutex_};
    auto const known = connected_.find(principal);
    if (known != connected_.end()) found = known->second.principal;
  }
  return found && may(*found, name);
}

/// A customer hears their own conversation, their place in line, who types and what was read, and nothing else.
bool FeedRights::customer_may(std::string_view customer, feed::Name const& name) const {
  NameParts const parts = parts_of(name);
  bool const shown = parts.first == "conversation" || (parts.first == "interaction" && (parts.part == "place" || parts.part == "typing" || parts.part == "seen"));
  auto const row = shown ? live_.row(parts.id) : std::nullopt;
  return row && row->customer == customer;
}

bool FeedRights::may_interaction(people::Principal const& principal, std::string_view interaction) const {
  auto const row = live_.row(interaction);
  if (!row) return false;
  return people::may_read(principal, {.id = row->id, .brand = row->brand, .agents = row->agents, .in_hand = live_.in_hand(principal.user, interaction)});
}

std::vector<std::string> FeedRights::of_user(std::string_view user) const {
  std::lock_guard const lock{mutex_};
  auto const found = of_user_.find(user);
  return found == of_user_.end() ? std::vector<std::string>{} : std::vector<std::string>{found->second.begin(), found->second.end()};
}

/// Of one's brands; an agent's are their own, or for who sees all their brands.
bool FeedRights::may_numbers(people::Principal const& principal, std::string_view of, std::string_view id) const {
  if (of == "agent" && principal.user == id && !principal.narrowed && people::may(principal, Permission::presence_own)) return true;
  if (of == "agent") return people::may(principal, Permission::numbers_read) && live_.within(id, principal.brands);
  auto const brand = of == "brand" ? std::optional{std::string{id}} : of == "queue" ? live_.brand_of_queue(id)
                                                                                    : std::nullopt;
  return brand && people::may_of_brand(principal, Permission::numbers_read, *brand, false);
}

bool FeedRights::may(people::Principal const& principal, feed::Name const& name) const {
  auto const [first, id, part] = parts_of(name);
  if (first == "numbers") return name.kind == feed::NameKind::topic && may_numbers(principal, id, part);
  if (first == "interaction" || first == "live" || first == "conversation") return may_interaction(principal, id);
  // What an agent is told is of whatever brand they work for: a token must cover it all.
  bool const login = principal.kind == people::Principal::Kind::user;
  if (first == "agent" && principal.user == id && (login || (!principal.narrowed && !principal.agent.empty()))) return true;
  // The stream tells of contacts of whatever brand: it is the agent's own. The topic is for who sees all their brands.
  if (first == "agent") return name.kind == feed::NameKind::topic && people::may(principal, Permission::floor_see) && live_.within(id, principal.brands);
  if (first == "flags") return people::may_of_brand(principal, Permission::flags_read, id, false);
  if (first == "help") return people::may_of_brand(principal, Permission::help_answer, id, false);
  if (first == "queue") {
    auto const brand = live_.brand_of_queue(id);
    return brand && people::may_of_brand(principal, Permission::configuration_read, *brand, false);
  }
  return false;
}

}  // namespace rapport::server::api
