#pragma once

#include <string>

#include "centre/refused.hpp"
#include "people/failure.hpp"
#include "records/store_error.hpp"
#include "server/http/problem.hpp"

/// Refusals of the rooms as problem details (RFC 9457). The code is the room's own name for it.
namespace rapport::server::api {

http::Problem problem_of(centre::Refused const& refused);
http::Problem problem_of(people::Failure const& failure);
http::Problem problem_of(records::StoreError error);

http::Problem unauthenticated();
http::Problem forbidden(std::string detail);
http::Problem not_found();
/// 422: a field of the body; `detail` names it, what was found and what was expected.
http::Problem invalid(std::string detail);
/// 400: the body is no JSON, a query parameter is malformed.
http::Problem malformed(std::string detail);
http::Problem precondition_required();
/// 409: does not fit how things stand.
http::Problem conflict(std::string code, std::string detail);

}  // namespace rapport::server::api
