#include "server/http/cross_origin.hpp"

#include <utility>

namespace rapport::server::http {

void show_other_sites(Response& response) {
  response.with("Access-Control-Allow-Origin", "*");
  response.with("Access-Control-Expose-Headers", "Retry-After, Idempotent-Replayed");
  response.with("Cross-Origin-Resource-Policy", "cross-origin");
}

void permit_other_sites(Response& response, std::string allow) {
  response.with("Access-Control-Allow-Origin", "*");
  response.with("Access-Control-Allow-Methods", std::move(allow));
  response.with("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key");
  response.with("Access-Control-Max-Age", "7200");
}

}  // namespace rapport::server::http
