#include "server/http/reply.hpp"

#include "base/assert.hpp"
#include "server/http/websocket.hpp"

namespace rapport::server::http {

namespace {

Response forgotten() {
  return Problem{status::internal_error, "no_answer", {}, "the server lost the request", {}, {}}.response();
}

}  // namespace

Reply::Reply(std::shared_ptr<ReplySink> sink) : sink_(std::move(sink)) { RAPPORT_ASSERT(sink_ != nullptr); }

Reply& Reply::operator=(Reply&& other) noexcept {
  if (this != &other) {
    abandon();
    sink_ = std::move(other.sink_);
  }
  return *this;
}

Reply::~Reply() { abandon(); }

void Reply::operator()(Response response) {
  RAPPORT_ASSERT(sink_ != nullptr);
  auto const sink = std::move(sink_);
  sink->answer(std::move(response));
}

void Reply::abandon() noexcept {
  if (sink_) std::exchange(sink_, nullptr)->answer(forgotten());
}

Upgrade::Upgrade(std::shared_ptr<UpgradeSink> sink) : sink_(std::move(sink)) { RAPPORT_ASSERT(sink_ != nullptr); }

Upgrade& Upgrade::operator=(Upgrade&& other) noexcept {
  if (this != &other) {
    abandon();
    sink_ = std::move(other.sink_);
  }
  return *this;
}

Upgrade::~Upgrade() { abandon(); }

void Upgrade::accept(std::shared_ptr<WebSocketListener> listener, std::string subprotocol) {
  RAPPORT_ASSERT(sink_ != nullptr && listener != nullptr);
  auto const sink = std::move(sink_);
  sink->accept(std::move(listener), std::move(subprotocol));
}

void Upgrade::refuse(Response response) {
  RAPPORT_ASSERT(sink_ != nullptr);
  auto const sink = std::move(sink_);
  sink->refuse(std::move(response));
}

void Upgrade::abandon() noexcept {
  if (sink_) std::exchange(sink_, nullptr)->refuse(forgotten());
}

}  // namespace rapport::server::http
