#include "server/api/amend.hpp"

#include <utility>

#include "server/api/problems.hpp"

namespace rapport::server::api {

http::Response change_stored(records::Store& store, std::function<Attempt()> const& attempt) {
  constexpr int tries_max = 8;
  for (int tries = 0; tries < tries_max; ++tries) {
    Attempt made = attempt();
    if (made.batch.changes.empty()) return std::move(made.answer);
    auto const done = store.commit(std::move(made.batch));
    if (done && made.then) made.then();
    if (done) return std::move(made.answer);
    if (done.error() != records::StoreError::conflict) return problem_of(done.error()).response();
  }
  return problem_of(records::StoreError::busy).response();
}

}  // namespace rapport::server::api
