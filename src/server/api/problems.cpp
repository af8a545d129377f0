#include "server/api/problems.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace rapport::server::api {
namespace {

namespace status = http::status;
using Row = std::pair<std::string_view, int>;

/// The refusals of floor and centre that are not a conflict with how things stand.
constexpr std::array refused_status{
    Row{"unknown_brand", status::unprocessable},
    Row{"unknown_queue", status::unprocessable},
    Row{"unknown_agent", status::unprocessable},
    Row{"unknown_interaction", status::not_found},
    Row{"unknown_contact", status::not_found},
    Row{"not_yours", status::forbidden},
    Row{"bad_event", status::unprocessable},
    Row{"bad_disposition", status::unprocessable},
    Row{"bad_queue", status::unprocessable},
    Row{"bad_agent", status::unprocessable},
    Row{"bad_contact", status::unprocessable},
    Row{"bad_reason", status::unprocessable},
    Row{"bad_due_time", status::unprocessable},
    Row{"key_reused", status::unprocessable},
    Row{"too_many", status::unprocessable},
    Row{"busy", status::unavailable},
    Row{"store_unavailable", status::unavailable},
    Row{"deadlines_due", status::unavailable},
    Row{"time_before_present", status::unavailable},
};

int status_of(std::string_view code) {
  for (auto const& [known, answer] : refused_status) {
    if (known == code) return answer;
  }
  return status::conflict;
}

int status_of(people::Refusal refusal) {
  switch (refusal) {
    case people::Refusal::invalid:
    case people::Refusal::password_unfit:
    case people::Refusal::too_many:
      return status::unprocessable;
    case people::Refusal::not_found:
      return status::not_found;
    case people::Refusal::not_permitted:
      return status::forbidden;
    case people::Refusal::version_conflict:
      return status::precondition_failed;
    case people::Refusal::login_taken:
    case people::Refusal::name_taken:
    case people::Refusal::already_set_up:
    case people::Refusal::last_administrator:
      return status::conflict;
    case people::Refusal::wrong_credentials:
    case people::Refusal::second_factor_needed:
    case people::Refusal::unauthenticated:
      return status::unauthorised;
    case people::Refusal::locked_out:
      return status::too_many_requests;
    case people::Refusal::link_expired:
      return status::gone;
    case people::Refusal::store_unavailable:
      return status::unavailable;
    case people::Refusal::store_broken:
      return status::internal_error;
  }
  return status::internal_error;
}

int status_of(records::StoreError error) {
  switch (error) {
    case records::StoreError::conflict:
      return status::precondition_failed;
    case records::StoreError::name_taken:
      return status::conflict;
    case records::StoreError::not_found:
      return status::not_found;
    case records::StoreError::too_large:
      return status::body_too_large;
    case records::StoreError::malformed:
      return status::unprocessable;
    case records::StoreError::busy:
    case records::StoreError::unavailable:
      return status::unavailable;
    case records::StoreError::broken:
      return status::internal_error;
  }
  return status::internal_error;
}

http::Problem make(int answer, std::string code, std::string detail) {
  http::Problem problem;
  problem.status = answer;
  problem.code = std::move(code);
  problem.detail = std::move(detail);
  return problem;
}

}  // namespace

http::Problem problem_of(centre::Refused const& refused) { return make(status_of(refused.code), refused.code, refused.detail); }

http::Problem problem_of(people::Failure const& failure) {
  http::Problem problem = make(status_of(failure.refusal), std::string{people::name(failure.refusal)}, failure.detail);
  if (failure.retry_after > 0) problem.members["retry_after_seconds"] = (failure.retry_after + base::second - 1) / base::second;
  return problem;
}

http::Problem problem_of(records::StoreError error) { return make(status_of(error), std::string{records::name(error)}, {}); }

http::Problem unauthenticated() { return make(status::unauthorised, "unauthenticated", "log in, or send an API token"); }
http::Problem forbidden(std::string detail) { return make(status::forbidden, "not_permitted", std::move(detail)); }
http::Problem not_found() { return make(status::not_found, "not_found", {}); }
http::Problem invalid(std::string detail) { return make(status::unprocessable, "invalid", std::move(detail)); }
http::Problem malformed(std::string detail) { return make(status::bad_request, "malformed", std::move(detail)); }
http::Problem conflict(std::string code, std::string detail) { return make(status::conflict, std::move(code), std::move(detail)); }
http::Problem precondition_required() {
  return make(status::precondition_required, "precondition_required", "send If-Match with the ETag that the change was made from");
}

}  // namespace rapport::server::api
