#pragma once

#include <functional>
#include <string>

#include "base/metrics.hpp"
#include "base/time.hpp"
#include "centre/centre.hpp"
#include "centre/judge.hpp"
#include "people/api_tokens.hpp"
#include "people/customer_sessions.hpp"
#include "people/sessions.hpp"
#include "records/store.hpp"
#include "server/api/brand_rules.hpp"
#include "server/api/customer_book.hpp"
#include "server/api/live_view.hpp"
#include "server/http/worker_pool.hpp"

namespace rapport::server::api {

/// What the routes work with. All of it outlives them; every member may be used by any thread.
struct Services {
  records::Store& store;
  centre::Centre& centre;
  centre::Judge& judge;
  people::Sessions& sessions;
  people::ApiTokens& tokens;
  people::CustomerSessions const& customers;
  LiveView const& live;
  BrandRules& brands;
  CustomerBook const& book;
  http::WorkerPool& readers;  ///< for what reads the store
  http::WorkerPool& hashers;  ///< for what hashes passwords: slow, so apart
  base::Metrics& metrics;
  std::function<base::Instant()> clock;
  std::function<void(std::string const& login)> signed_out;          ///< a session or token ended: its feeds end
  std::function<void(std::string const& principal)> rights_changed;  ///< of "user:ID" or "token:ID": the same
  bool cookies_secure = true;                                        ///< false only on loopback without TLS
};

}  // namespace rapport::server::api
