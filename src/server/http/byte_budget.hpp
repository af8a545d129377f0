#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/metrics.hpp"

namespace rapport::server::http {

/// Bytes of memory that something large may take, all of it together; `taken` tells how many are. Any
/// thread. The gauge outlives every ticket.
class ByteBudget {
 public:
  ByteBudget(std::size_t most, base::Gauge& taken) : free_(std::make_shared<std::atomic<std::size_t>>(most)), taken_(taken) {}

  /// Holds so many bytes until the ticket goes, which may outlive this. Null: not so many are free.
  std::shared_ptr<void> take(std::size_t bytes) {
    std::size_t free = free_->load();
    do {
      if (free < bytes) return nullptr;
    } while (!free_->compare_exchange_weak(free, free - bytes));
    taken_.add(static_cast<std::int64_t>(bytes));
    return {free_.get(), [held = free_, &taken = taken_, bytes](void*) {
              taken.add(-static_cast<std::int64_t>(bytes));
              held->fetch_add(bytes);
            }};
  }

 private:
  std::shared_ptr<std::atomic<std::size_t>> free_;
  base::Gauge& taken_;
};

}  // namespace rapport::server::http
