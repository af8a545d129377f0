#include "server/api/tell_agent.hpp"

#include <utility>

namespace rapport::server::api {

namespace {

/// Nothing new is offered to them. What they have in hand they may bring to its end: on break, then.
void take_off_the_floor(Services& services, std::string const& user) {
  centre::Centre& centre = services.centre;
  centre.submit({centre::ChangePresence{user, routing::Presence::offline, {}}, {}, {}, {}, {}, {}}, [&centre, user](centre::Granted<centre::Outcome> const& answer) {
    if (answer || answer.error().code != routing::name(routing::Refusal::has_contacts)) return;
    centre.submit({centre::ChangePresence{user, routing::Presence::on_break, "account"}, {}, {}, {}, {}, {}}, [](centre::Granted<centre::Outcome> const&) {});
  });
}

}  // namespace

void tell_agent(Services& services, Configuration const& configuration, people::User const& user) {
  auto command = configuration.agent_command(user);
  if (!command) return;
  if (!*command) return take_off_the_floor(services, user.id);
  services.centre.submit({std::move(**command), {}, {}, {}, {}, {}}, [](centre::Granted<centre::Outcome> const&) {});
}

void end_feeds(Services& services, std::string const& user) {
  services.rights_changed("user:" + user);
  auto const tokens = services.tokens.list(user, services.clock());
  if (!tokens) return;
  for (people::Bearer const& token : *tokens) services.rights_changed("token:" + token.id);
}

}  // namespace rapport::server::api
