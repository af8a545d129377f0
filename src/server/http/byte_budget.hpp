#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

namespace rapport::server::http {

/// Bytes of memory that something large may take, all of it together. Any thread.
class ByteBudget {
 public:
  explicit ByteBudget(std::size_t most) : free_(std::make_shared<std::atomic<std::size_t>>(most)) {}

  /// Holds so many bytes until the ticket goes, which may outlive this. Null: not so many are free.
  std::shared_ptr<void> take(std::size_t bytes) {
    std::size_t free = free_->load();
    do {
      if (free < bytes) return nullptr;
    } while (!free_->compare_exchange_weak(free, free - bytes));
    return {free_.get(), [held = free_, bytes](void*) { held->fetch_add(bytes); }};
  }

 private:
  std::shared_ptr<std::atomic<std::size_t>> free_;
};

}  // namespace rapport::server::http
