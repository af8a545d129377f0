#include "server/api/tell_agent.hpp"

#include <utility>

namespace rapport::server::api {

void tell_agent(Services& services, Configuration const& configuration, people::User const& user) {
  auto command = configuration.agent_command(user);
  if (!command || !*command) return;
  services.centre.submit({std::move(**command), {}, {}, {}, {}, {}}, [](centre::Granted<centre::Outcome> const&) {});
}

}  // namespace rapport::server::api
