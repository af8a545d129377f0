#include "server/api/feed_rights.hpp"


namespace rapport::server::api {

using people::Permission;

void FeedRights::connected(people::Principal principal) {
  std::string who = people::who(principal);
  std::lock_guard const lock{mutex_};
  principals_.insert_or_assign(std::move(who), std::move(principal));
}

bool FeedRights::may(std::string const& principal, feed::Name const& name) const {
  std::optional<people::Principal> found;
  {
    std::lock_guard const lock{mutex_};
    auto const known = principals_.find(principal);
    if (known != principals_.end()) found = known->second;
  }
  return found && may(*found, name);
}

bool FeedRights::may_interaction(people::Principal const& principal, std::string_view interaction, bool shown_to_customer) const {
  if (principal.kind == people::Principal::Kind::customer) return shown_to_customer && principal.interaction == interaction;
  auto const row = live_.row(interaction);
  if (!row) return false;
  return people::may_read(principal, {.id = row->id, .brand = row->brand, .agents = row->agents, .in_hand = live_.in_hand(principal.user, interaction)});
}

bool FeedRights::may(people::Principal const& principal, feed::Name const& name) const {
  std::string_view const text = name.text;
  std::size_t const slash = text.find('/');
  std::string_view const first = text.substr(0, slash);
  std::string_view const rest = slash == std::string_view::npos ? std::string_view{} : text.substr(slash + 1);
  std::size_t const more = rest.find('/');
  std::string_view const id = rest.substr(0, more);
  std::string_view const part = more == std::string_view::npos ? std::string_view{} : rest.substr(more + 1);
  if (first == "interaction") return may_interaction(principal, id, part == "place" || part == "typing");
  if (first == "live") return may_interaction(principal, id, false);
  if (first == "conversation") return may_interaction(principal, id, true);
  if (first == "agent") return principal.user == id || people::may(principal, name.kind == feed::NameKind::stream ? Permission::floor_supervise : Permission::floor_see);
  if (first == "flags") return people::may_of_brand(principal, Permission::flags_read, id, false);
  if (first == "help") return people::may_of_brand(principal, Permission::help_answer, id, false);
  if (first == "queue") {
    auto const brand = live_.brand_of_queue(id);
    return brand && people::may_of_brand(principal, Permission::configuration_read, *brand, false);
  }
  return false;
}

}  // namespace rapport::server::api
