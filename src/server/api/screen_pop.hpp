#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace rapport::server::api {

/// Checks a brand's template for opening another system beside a conversation, such as
///   https://crm.example/find?phone={customer.phone}&case={case.id}
/// It is a URL (RFC 3986) of https or http with a host and without a user, and placeholders of
/// `screen_pop_placeholders` behind the host alone: no value, percent-encoded, can lead elsewhere.
/// Empty is no template. Error: what was found and what was expected.
base::Result<void> check_screen_pop(std::string_view text);

/// All of them, as they are written: "{customer.phone}, {case.id}, …".
std::string screen_pop_placeholders();

}  // namespace rapport::server::api
