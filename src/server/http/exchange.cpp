#include "server/http/exchange.hpp"

#include <boost/asio/post.hpp>

namespace rapport::server::http {

Exchange::Exchange(boost::asio::any_io_executor executor, std::function<void()> wake)
    : executor_(std::move(executor)), wake_(std::move(wake)) {}

void Exchange::give(std::optional<Response> response, std::optional<Accepted> accepted) {
  std::lock_guard const lock{mutex_};
  if (left_ || given_) return;
  response_ = std::move(response);
  accepted_ = std::move(accepted);
  given_ = true;
  if (!wanted_) return;
  // Under the lock: leave() comes before the executor's end, so it is alive here.
  boost::asio::post(executor_, [self = shared_from_this()] {
    std::function<void()> wake;
    {
      std::lock_guard const held{self->mutex_};
      if (!self->left_) wake = self->wake_;
    }
    if (wake) wake();
  });
}

bool Exchange::ready_or_wake() {
  std::lock_guard const lock{mutex_};
  wanted_ = !given_;
  return given_;
}

void Exchange::leave() {
  std::lock_guard const lock{mutex_};
  left_ = true;
  wake_ = nullptr;
  executor_ = {};
}

}  // namespace rapport::server::http
