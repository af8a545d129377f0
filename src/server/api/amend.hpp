#pragma once

#include <functional>

#include "base/result.hpp"
#include "records/store.hpp"
#include "server/http/response.hpp"

namespace rapport::server::api {

/// What one try at a change came to: what to write, and what to say once it is durable. Nothing to
/// write: only the answer.
struct Attempt {
  records::Batch batch;
  http::Response answer;
  std::function<void()> then{};  ///< once it is durable; may be empty
};

/// Reads, decides and writes, again if somebody else was first in between; after a few tries 503
/// `busy`. Each try starts from the store. Blocks.
http::Response change_stored(records::Store& store, std::function<Attempt()> const& attempt);

}  // namespace rapport::server::api
