#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"

namespace rapport::server::http {

/// What the head of an answer says beside the answer itself.
struct HeadFacts {
  bool head_only = false;  ///< answers HEAD
  bool keep_alive = true;
  bool secure = false;
  std::string_view date;        ///< http_date()
  std::string_view request_id;  ///< empty: none
};

/// The bytes before the body: status line and headers, those of security included. An answer with a
/// header that no HTTP message may hold becomes a 500 without body. `body` is emptied where none may
/// follow (204, 304, HEAD).
std::string response_head(Response& response, HeadFacts const& facts);

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, section 5.6.7).
std::string http_date(base::Instant now);

}  // namespace rapport::server::http
