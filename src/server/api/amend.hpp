#pragma once

#include <functional>
#include <optional>

#include "base/result.hpp"
#include "records/store.hpp"
#include "server/http/response.hpp"

namespace rapport::server::api {

/// Calls `change`, which reads, decides and writes, again from what then stands while it gives nothing
/// because somebody else was faster. Nothing: they were each time. Blocks.
template <typename Change>
auto again_while_beaten(Change const& change) -> decltype(change()) {
  constexpr int tries_max = 8;
  for (int tries = 1; tries < tries_max; ++tries) {
    if (auto done = change()) return done;
  }
  return change();
}

/// The same; 503 `busy` where others were faster each time.
http::Response until_done(std::function<std::optional<http::Response>()> const& change);

/// What one try at a change came to: what to write, and what to say once it is durable. Nothing to
/// write: only the answer.
struct Attempt {
  records::Batch batch;
  http::Response answer;
  std::function<void()> then{};  ///< once it is durable; may be empty
};

/// until_done for an attempt that leaves the writing to us.
http::Response change_stored(records::Store& store, std::function<Attempt()> const& attempt);

}  // namespace rapport::server::api
