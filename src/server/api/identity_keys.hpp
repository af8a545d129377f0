#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "records/store.hpp"
#include "server/api/gate.hpp"

namespace rapport::server::api {

/// The secret by which a brand's web site signs who its customer is: set and removed by who may change the
/// brand, never shown again.
void add_identity_keys(Gate& gate);

/// The brand's secret; empty where it has none. Blocks.
records::Stored<std::string> identity_secret(records::Store& store, std::string_view brand);

}  // namespace rapport::server::api
