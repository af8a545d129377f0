#include "records/store.hpp"

#include <future>
#include <memory>

namespace rapport::records {

Stored<Nothing> Store::commit(Batch batch) {
  auto promise = std::make_shared<std::promise<Stored<Nothing>>>();
  auto outcome = promise->get_future();
  bool const taken = submit(std::move(batch), [promise](Stored<Nothing> result) { promise->set_value(std::move(result)); });
  if (!taken) return StoreError::busy;
  return outcome.get();
}

}  // namespace rapport::records
