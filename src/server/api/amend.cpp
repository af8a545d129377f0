#include "server/api/amend.hpp"

#include <utility>

#include "server/api/problems.hpp"

namespace rapport::server::api {

http::Response until_done(std::function<std::optional<http::Response>()> const& change) {
  auto answer = again_while_beaten(change);
  return answer ? *std::move(answer) : problem_of(records::StoreError::busy).response();
}

http::Response change_stored(records::Store& store, std::function<Attempt()> const& attempt) {
  return until_done([&]() -> std::optional<http::Response> {
    Attempt made = attempt();
    if (made.batch.changes.empty()) return std::move(made.answer);
    auto const done = store.commit(std::move(made.batch));
    if (!done && done.error() == records::StoreError::conflict) return std::nullopt;
    if (!done) return problem_of(done.error()).response();
    if (made.then) made.then();
    return std::move(made.answer);
  });
}

}  // namespace rapport::server::api
