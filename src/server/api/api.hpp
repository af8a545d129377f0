#pragma once

#include "base/limits.hpp"
#include "recordings/shelf.hpp"
#include "server/api/calling_desk.hpp"
#include "server/api/configuration.hpp"
#include "server/api/feed_publisher.hpp"
#include "server/api/feed_rights.hpp"
#include "server/api/gate.hpp"
#include "server/api/oidc_login.hpp"
#include "server/api/operating.hpp"
#include "server/api/people_services.hpp"
#include "server/api/phone_passwords.hpp"
#include "server/api/playbooks.hpp"
#include "server/api/trials.hpp"
#include "server/api/webhooks.hpp"
#include "server/feed/feed.hpp"

namespace rapport::server::api {

/// Everything that the API is made of; all of it outlives the routes.
struct ApiParts {
  PeopleServices people;
  Configuration& configuration;
  Playbooks& playbooks;
  feed::Feed& feed;
  FeedRights& rights;
  FeedPublisher& publisher;
  Trials& trials;
  WebhookParts webhooks;
  std::size_t attachment_bytes_max = limits::blob_bytes_max;
  OidcParts oidc;
  Operating operating;
  PhoneParts phone;
  recordings::Shelf& recordings;
  CallingDesk& calling;
};

/// Adds every route of /api/v1 and those of operating.
void add_routes(Gate& gate, ApiParts parts);

}  // namespace rapport::server::api
