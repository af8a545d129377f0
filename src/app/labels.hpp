#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "base/result.hpp"
#include "evaluation/ledger.hpp"

namespace rapport::app {

/// People's verdicts: by interaction's id, by practice's id.
using Labels = std::map<std::string, std::map<std::string, evaluation::Verdict>>;

/// Reads labels: one `{"id": …, "verdicts": {practice: verdict}}` a line. Errors name file and line,
/// what was found and what was expected.
base::Result<Labels> read_labels(std::string const& path);

}  // namespace rapport::app
