#include "server/http/outbox.hpp"

#include <boost/asio/post.hpp>

#include "base/assert.hpp"

namespace rapport::server::http {

Outbox::Outbox(boost::asio::any_io_executor executor, std::string remote_address, std::size_t bytes_max, std::function<void()> wake)
    : remote_address_(std::move(remote_address)), bytes_max_(bytes_max), executor_(std::move(executor)), wake_(std::move(wake)) {}

void Outbox::wake_soon() {
  if (woken_ || left_) return;
  woken_ = true;
  // Under the lock: leave() comes before the executor's end, so it is alive here.
  boost::asio::post(executor_, [self = shared_from_this()] {
    std::function<void()> wake;
    {
      std::lock_guard const lock{self->mutex_};
      self->woken_ = false;
      if (!self->left_) wake = self->wake_;
    }
    if (wake) wake();
  });
}

Sent Outbox::send(Frame frame) {
  RAPPORT_ASSERT(frame != nullptr);
  std::lock_guard const lock{mutex_};
  if (left_ || farewell_) return Sent::closed;
  std::size_t const buffered = bytes_.load(std::memory_order_relaxed);
  if (buffered > 0 && buffered + frame->size() > bytes_max_) return Sent::full;
  bytes_.fetch_add(frame->size(), std::memory_order_relaxed);
  frames_.fetch_add(1, std::memory_order_relaxed);
  queue_.push_back(std::move(frame));
  wake_soon();
  return Sent::queued;
}

void Outbox::close(CloseCode code, std::string reason) {
  constexpr std::size_t reason_max = 123;
  RAPPORT_ASSERT(reason.size() <= reason_max);
  std::lock_guard const lock{mutex_};
  if (left_ || farewell_) return;
  farewell_ = Farewell{code, std::move(reason)};
  wake_soon();
}

void Outbox::take(std::vector<Frame>& batch, std::size_t frames_max, std::size_t bytes_max) {
  std::lock_guard const lock{mutex_};
  std::size_t bytes = 0;
  while (!queue_.empty() && batch.size() < frames_max && bytes < bytes_max) {
    bytes += queue_.front()->size();
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
}

bool Outbox::written(std::vector<Frame> const& batch) {
  std::size_t bytes = 0;
  for (Frame const& frame : batch) bytes += frame->size();
  bytes_.fetch_sub(bytes, std::memory_order_relaxed);
  return frames_.fetch_sub(batch.size(), std::memory_order_relaxed) == batch.size();
}

std::optional<Outbox::Farewell> Outbox::farewell() const {
  std::lock_guard const lock{mutex_};
  return queue_.empty() ? farewell_ : std::nullopt;
}

std::optional<CloseCode> Outbox::closing() const {
  std::lock_guard const lock{mutex_};
  if (!farewell_) return std::nullopt;
  return farewell_->code;
}

void Outbox::leave() {
  std::lock_guard const lock{mutex_};
  left_ = true;
  wake_ = nullptr;
  executor_ = {};
  queue_.clear();
}

}  // namespace rapport::server::http
