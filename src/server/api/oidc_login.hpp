#pragma once

#include <functional>
#include <string>

#include "people/oidc.hpp"
#include "people/oidc_login.hpp"
#include "server/api/configuration.hpp"
#include "server/api/gate.hpp"

namespace rapport::server::api {

/// What talks to the provider. Both block on the network; any thread.
struct OidcProviderWays {
  /// Where the browser is sent. Error: the provider cannot be reached, or says what cannot be read.
  std::function<base::Result<std::string>(people::OidcStart const&)> begin;
  /// Who has logged in, from the code that came back. Error: why not, without secrets.
  std::function<base::Result<people::OidcIdentity>(people::OidcStart const&, std::string const& code)> finish;
};

struct OidcParts {
  people::OidcLogin* login = nullptr;   ///< null: not configured, the routes answer 404
  std::string name = {};                ///< of the provider, as the login's button calls it
  http::WorkerPool* callers = nullptr;  ///< for what waits for the provider, which may be slow: apart from all else; never null
  OidcProviderWays provider = {};
  std::function<void(std::string const&)> report = {};  ///< why a login failed, for the log
};

/// GET /api/v1/login says whether there is a provider; GET /api/v1/login/oidc sends the browser to the provider, …/oidc/callback takes it back: with a
/// session to "/", without to "/?login_refused=CODE". What ties both together is a cookie of ten
/// minutes that only these two paths get.
void add_oidc_login(Gate& gate, OidcParts parts, Configuration const& configuration);

}  // namespace rapport::server::api
