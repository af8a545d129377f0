#pragma once

#include "server/api/gate.hpp"

namespace rapport::server::api {

/// Customers: found by exact identifier, made, read, changed; their interactions.
void add_customers(Gate& gate);
/// Customers: merged, taken apart again, erased.
void add_customer_merging(Gate& gate);

}  // namespace rapport::server::api
