#include "server/api/tell_agent.hpp"

#include <utility>

namespace rapport::server::api {

void tell_agent(Services& services, Configuration const& configuration, people::User const& user) {
  auto command = configuration.agent_command(user);
  if (!command || !*command) return;
  services.centre.submit({std::move(**command), {}, {}, {}, {}, {}}, [](centre::Granted<centre::Outcome> const&) {});
}

void end_feeds(Services& services, std::string const& user) {
  services.rights_changed("user:" + user);
  auto const tokens = services.tokens.list(user, services.clock());
  if (!tokens) return;
  for (people::Bearer const& token : *tokens) services.rights_changed("token:" + token.id);
}

}  // namespace rapport::server::api
