#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "server/api/amend.hpp"
#include "server/api/gate.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {

/// Why this version is not the one that If-Match names, if the request has one; nothing: it is, or any will
/// do. `needed`: 428 without the header.
std::optional<http::Response> wrong_version(Asked const& asked, std::int64_t version, bool needed);

/// Keeps the changes with an entry of the audit log for `action` ("case.open") on `subject` ("case:ID").
/// Nothing: somebody else was faster. `then` makes the answer.
std::optional<http::Response> keep(Services& services, Asked const& asked, std::vector<records::Change> changes, std::string action,
                                   std::string subject, std::string brand, std::function<http::Response()> const& then, boost::json::object const& detail = {});

}  // namespace rapport::server::api
