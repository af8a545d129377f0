#pragma once

#include <string>

#include "base/result.hpp"
#include "base/time.hpp"
#include "centre/command.hpp"
#include "records/store.hpp"
#include "server/api/customer_book.hpp"
#include "server/api/gate.hpp"
#include "server/api/placed_calls.hpp"

namespace rapport::server::api {

/// A call as its agent wants it to leave, who may place calls.
struct OutsidePlan {
  std::string agent;
  std::string interaction;
  std::string to;  ///< as they wrote it
};

/// Looks whether the number may be called, as for a call that is placed but at any hour, and tells the phone to
/// expect it (CallParts::expect_outside). Emergency numbers are refused. Blocks. Problems: those of CallRefused,
/// `unknown_interaction`, `no_call`, and why it cannot leave now.
base::Result<centre::TransferOutside, http::Problem> prepare_outside(records::Store& store, CustomerBook const& book, CallParts const& calls, OutsidePlan const& plan, base::Instant now);

/// POST /api/v1/interactions/{id}/transfer-outside.
void add_outside_transfer(Gate& gate, CallParts const& parts);

}  // namespace rapport::server::api
