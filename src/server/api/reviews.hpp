#pragma once

#include "server/api/gate.hpp"

namespace rapport::server::api {

/// People's verdicts over the machine's: reviewing a closed interaction's practices, finding what was
/// reviewed, and how often people agreed.
void add_reviews(Gate& gate);

/// Of the documents that lists of reviews are made from; without what is personal.
inline constexpr std::string_view review_kind = "verdict_review";

}  // namespace rapport::server::api
