#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "server/http/response.hpp"

namespace rapport::server::http {

/// Problem details (RFC 9457): an error that a program can tell by `type`, a person by the rest.
struct Problem {
  int status = status::internal_error;
  std::string code;             ///< the refusal's name, "queue_full"; `type` is "urn:rapport:problem:" + code
  std::string title;            ///< short, the same for every occurrence; empty: the status code's phrase
  std::string detail;           ///< of this occurrence: what was found, what was expected; empty: left out
  std::string instance;         ///< empty: left out
  boost::json::object members;  ///< extension members beside these

  /// As `application/problem+json`, `code` beside the standard's members.
  Response response() const;
};

}  // namespace rapport::server::http
