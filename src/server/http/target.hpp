#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "server/http/request.hpp"

/// The request target (RFC 9112, section 3.2; RFC 3986): what a client writes behind the method. Read
/// strictly: what two readers could take for two different things is refused.
namespace rapport::server::http {

/// Why a target was refused; each is answered with 400.
enum class TargetError : std::uint8_t {
  bad_form,       ///< not "/path", "http://host/path" or "*"
  bad_character,  ///< a byte that a URI may not hold as it is
  bad_escape,     ///< "%" without two hexadecimal digits
  bad_text,       ///< decodes to what is no UTF-8, or to a control character
  dot_segment,    ///< "." or ".." as a segment, also escaped
  too_many,       ///< more segments or query parameters than the limits allow
};
std::string_view name(TargetError error);

/// A target, decoded after it was split, so that "%2F" within a segment stays in it.
struct Target {
  bool asterisk = false;              ///< "*", which OPTIONS may ask
  std::vector<std::string> segments;  ///< "/a/b" has two, "/a/" has "a" and "", "/" has one empty
  Fields query;

  /// The segments joined again, for people to read.
  std::string path() const;
};

base::Result<Target, TargetError> parse_target(std::string_view text);

/// Decodes percent-escapes; with `plus_is_space` also "+". Error: bad_escape, bad_text.
base::Result<std::string, TargetError> percent_decode(std::string_view text, bool plus_is_space);

/// Escapes everything but RFC 3986's unreserved characters: what percent_decode reads back.
std::string percent_encode(std::string_view text);

}  // namespace rapport::server::http
