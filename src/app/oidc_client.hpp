#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/settings.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "people/oidc.hpp"

namespace rapport::app {

/// Talks to the OpenID Connect provider of the configuration, by libcurl: its discovery document
/// (OpenID Connect Discovery 1.0, section 4), its keys and its token endpoint. Discovery and keys are
/// kept for an hour; keys are fetched again when a token names one that is not known. Of several threads one
/// fetches them and the others wait for it; what failed is not tried again for 10 s. Certificates are
/// verified; redirects are not followed. Blocks on the network, 10 s at most for each request; any thread.
class OidcClient {
 public:
  /// `settings` outlives it. REQUIRES: settings.oidc.issuer is not empty.
  explicit OidcClient(Settings const& settings) : settings_(settings) {}

  /// Where a browser that logs in is sent.
  base::Result<std::string> begin(people::OidcStart const& start, base::Instant now);
  /// Who has logged in. Error: why not, without secrets.
  base::Result<people::OidcIdentity> finish(people::OidcStart const& start, std::string const& code, base::Instant now);

 private:
  struct Known {
    people::OidcProvider provider;
    std::string keys_url;
    people::KeySet keys;
    base::Instant at;
  };
  struct Failed {
    base::Error why;
    base::Instant at;
  };
  using Knowing = base::Result<std::shared_ptr<Known const>>;
  /// `outdated`: what turned out not to do any more.
  Knowing known(base::Instant now, std::shared_ptr<Known const> const& outdated = nullptr);
  std::optional<Knowing> remembered(base::Instant now, std::shared_ptr<Known const> const& outdated) const;
  base::Result<Known> fetch(base::Instant now) const;

  Settings const& settings_;
  std::mutex fetching_;  // held by the thread that fetches
  mutable std::mutex mutex_;
  std::shared_ptr<Known const> known_;  // under mutex_
  std::optional<Failed> failed_;        // under mutex_: the last time
};

}  // namespace rapport::app
