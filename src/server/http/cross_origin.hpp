#pragma once

#include <string>

#include "server/http/response.hpp"

/// Routes that pages of other sites may ask (Cross-Origin Resource Sharing, the Fetch standard): those
/// that look at no cookie, so that a page gains nothing that its visitor's browser does not know anyway.
namespace rapport::server::http {

/// An answer that any page may read.
void show_other_sites(Response& response);

/// The answer to a browser that asks first (a preflight): which methods and headers it may use.
void permit_other_sites(Response& response, std::string allow);

}  // namespace rapport::server::http
