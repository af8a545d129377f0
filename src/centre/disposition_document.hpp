#pragma once

#include <boost/json.hpp>

#include <string_view>

#include "base/result.hpp"
#include "centre/disposition_tree.hpp"
#include "centre/json_reading.hpp"

/// A queue's tree of reasons as administrators write it:
///   {"reasons": [{"id": "billing", "label": "Billing", "children": [{"id": "billing.refund", "label": "Refund",
///    "outcomes": ["resolved", "follow_up"]}]}]}
/// Errors name the field: an id twice or no slug, an empty label, an unknown outcome, more than
/// limits::dispositions_max reasons or limits::disposition_depth_max levels.
namespace rapport::centre {

bool read_dispositions(Trouble& trouble, Place const& place, json::value const& value, DispositionTree& out);
base::Result<DispositionTree> read_dispositions(json::value const& value);
json::object dispositions_json(DispositionTree const& tree);

}  // namespace rapport::centre
