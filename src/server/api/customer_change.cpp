#include "server/api/customer_change.hpp"

#include <boost/json.hpp>
#include <utility>

#include "server/api/etag.hpp"

namespace rapport::server::api {
std::optional<http::Response> wrong_version(Asked const& asked, std::int64_t version, bool needed) {
  auto const wanted = if_match(asked.request);
  if (!wanted && needed) return precondition_required().response();
  bool const named = asked.request.header("if-match").has_value();
  if (named && wanted != version) return problem_of(records::StoreError::conflict).response();
  return std::nullopt;
}

std::optional<http::Response> keep(Services& services, Asked const& asked, std::vector<records::Change> changes, std::string action,
                                   std::string subject, std::string brand, std::function<http::Response()> const& then, boost::json::object const& detail) {
  changes.emplace_back(records::AuditEntry{asked.now, people::who(asked.principal()), std::move(action), std::move(subject), std::move(brand),
                                           asked.request.remote_address, detail.empty() ? std::string{} : boost::json::serialize(detail)});
  auto const done = services.store.commit({std::move(changes), asked.now, false});
  if (done) return then();
  if (done.error() == records::StoreError::conflict) return std::nullopt;
  return problem_of(done.error()).response();
}

}  // namespace rapport::server::api
