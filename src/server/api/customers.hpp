#pragma once

#include "server/api/gate.hpp"

namespace rapport::server::api {

class CallingDesk;

/// Customers: found by exact identifier, made, read, changed; their interactions.
void add_customers(Gate& gate);
/// Customers: all that is kept of one, handed out.
void add_customer_export(Gate& gate);
/// Customers: merged, taken apart again, erased, also from lists of numbers to be called.
void add_customer_merging(Gate& gate, CallingDesk& calling);

}  // namespace rapport::server::api
