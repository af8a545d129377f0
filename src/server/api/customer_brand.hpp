#pragma once

#include "server/api/gate.hpp"

namespace rapport::server::api {

/// What a visitor of a web site may know before writing: the brand's name, greeting and language, whether
/// a queue of it is open and how long it would take. Without credentials; nothing else is shown.
void add_customer_brand(Gate& gate);

}  // namespace rapport::server::api
