#include "server/http/websocket_connection.hpp"

#include <algorithm>
#include <utility>

#include "base/limits.hpp"

namespace rapport::server::http {

namespace {

// What goes into one write: enough for a writev to pay, little enough that a pong need not wait long.
constexpr std::size_t batch_frames_max = 64;
constexpr std::size_t batch_bytes_max = 256U << 10U;

std::chrono::milliseconds span(base::Millis milliseconds) { return std::chrono::milliseconds{milliseconds}; }

}  // namespace

WebSocketConnection::WebSocketConnection(std::shared_ptr<Wire> wire, Service& service, std::shared_ptr<WebSocketListener> listener)
    : wire_(std::move(wire)),
      service_(service),
      listener_(std::move(listener)),
      reader_(limits::websocket_message_bytes_max),
      heard_(Clock::now()),
      pinged_(heard_),
      write_began_(heard_) {}

/// A call of the application's listener; what it throws ends the connection, not the thread.
template <typename Call>
void WebSocketConnection::tell(Call const& call) {
  try {
    call();
  } catch (std::exception const& error) {
    service_.numbers.handler_failures.add();
    if (service_.options.report) service_.options.report(error.what());
    fail(close_code::internal_error, "the server failed");
  }
}

asio::awaitable<void> WebSocketConnection::run(std::string remote_address, std::string first) {
  std::weak_ptr<WebSocketConnection> const weak = weak_from_this();
  outbox_ = std::make_shared<Outbox>(wire_->executor(), std::move(remote_address), service_.options.websocket_backlog_bytes_max,
                                     [weak] {
                                       if (auto const self = weak.lock()) self->pump();
                                     });
  struct Leaving {
    WebSocketConnection& connection;
    ~Leaving() { connection.end(); }
  };
  Leaving const leaving{*this};
  service_.numbers.websockets.add(1);
  tell([this] { listener_->on_open(outbox_); });
  hear(first);
  while (!finished()) {
    asio::mutable_buffer const into = asio::buffer(input_);
    Transfer const got = co_await wire_->read_some(into);
    if (got.error) break;
    hear({input_.data(), got.bytes});
  }
}

/// Also where the whole server is torn down around a waiting coroutine: the listener is told once.
void WebSocketConnection::end() {
  ended_ = true;
  outbox_->leave();
  service_.numbers.websockets.add(-1);
  if (!code_) code_ = outbox_->closing();
  auto const listener = std::move(listener_);
  try {
    listener->on_closed(code_.value_or(close_code::abnormal));
  } catch (std::exception const& error) {
    service_.numbers.handler_failures.add();
    if (service_.options.report) service_.options.report(error.what());
  }
}

void WebSocketConnection::hear(std::string_view bytes) {
  heard_ = Clock::now();
  while (!peer_closed_ && !deaf_) {
    auto event = reader_.next(bytes);
    if (!event) return;
    act(*std::move(event));
  }
}

void WebSocketConnection::act(FrameEvent event) {
  if (auto* message = std::get_if<TextMessage>(&event)) {
    if (outbox_->closing()) return;
    service_.numbers.frames_received.add();
    tell([&] { listener_->on_text(std::move(message->text)); });
  } else if (auto* ping = std::get_if<PingFrame>(&event)) {
    pong_due_ = std::move(ping->payload);  // the latest is enough (RFC 6455, section 5.5.3)
    pump();
  } else if (auto const* farewell = std::get_if<CloseFrame>(&event)) {
    peer_closed_ = true;
    if (!outbox_->closing()) code_ = farewell->code;
    outbox_->close(farewell->code == close_code::none ? close_code::normal : farewell->code, {});
    pump();
  } else if (auto const* broken = std::get_if<BrokenFrame>(&event)) {
    service_.numbers.refused("websocket_protocol");
    fail(broken->code, broken->reason);
  }
}

void WebSocketConnection::fail(CloseCode code, std::string_view reason) {
  deaf_ = true;
  if (!outbox_->closing()) code_ = code;
  outbox_->close(code, std::string{reason});
}

void WebSocketConnection::add_control(Opcode opcode, std::string_view payload) {
  FrameHead const head = frame_head(opcode, payload.size());
  control_.append(head.view()).append(payload);
}

void WebSocketConnection::add_farewell() {
  auto const farewell = outbox_->farewell();
  if (!farewell || close_begun_) return;
  close_begun_ = true;
  if (!code_) code_ = farewell->code;
  add_control(Opcode::close, close_payload(farewell->code, farewell->reason));
}

void WebSocketConnection::pump() {
  if (writing_ || ended_ || broken_ || close_begun_) return;
  batch_.clear();
  heads_.clear();
  control_.clear();
  buffers_.clear();
  if (pong_due_) add_control(Opcode::pong, *std::exchange(pong_due_, std::nullopt));
  if (std::exchange(ping_due_, false)) add_control(Opcode::ping, {});
  outbox_->take(batch_, batch_frames_max, batch_bytes_max);
  if (batch_.empty()) add_farewell();
  if (batch_.empty() && control_.empty()) return;
  heads_.reserve(batch_.size());
  if (!control_.empty()) buffers_.push_back(asio::buffer(control_));
  for (Frame const& frame : batch_) {
    FrameHead const& head = heads_.emplace_back(frame_head(Opcode::text, frame->size()));
    buffers_.push_back(asio::buffer(head.view()));
    buffers_.push_back(asio::buffer(*frame));
  }
  writing_ = true;
  write_began_ = Clock::now();
  wire_->write_all(buffers_, [self = shared_from_this()](IoError error) { self->wrote(error); });
}

void WebSocketConnection::wrote(IoError error) {
  writing_ = false;
  if (ended_) return;
  bool const drained = outbox_->written(batch_) && !batch_.empty();
  if (error) {
    broken_ = true;
    wire_->cancel();
    return;
  }
  service_.numbers.frames_sent.add(batch_.size());
  batch_.clear();
  close_written_ = close_begun_;
  if (drained && !deaf_) tell([this] { listener_->on_drained(); });
  if (finished()) {
    wire_->cancel();  // ends the read
  } else {
    pump();
  }
}

bool WebSocketConnection::finished() const { return broken_ || (close_written_ && (peer_closed_ || deaf_)); }

void WebSocketConnection::sweep(Clock::time_point now) {
  ListenerOptions const& options = service_.options;
  if (ended_) return;
  if (!closing_since_ && outbox_->closing()) closing_since_ = now;
  bool const stuck = writing_ && now - write_began_ > span(options.write_ms);
  bool const silent = now - heard_ > span(2 * options.websocket_ping_ms);
  bool const unanswered = closing_since_ && now - *closing_since_ > span(options.websocket_close_ms);
  if (stuck || silent || unanswered) {
    service_.numbers.refused(stuck ? "websocket_write_timeout" : silent ? "websocket_silent"
                                                                        : "websocket_close_timeout");
    return cut();
  }
  if (now - std::max(heard_, pinged_) <= span(options.websocket_ping_ms)) return;
  pinged_ = now;
  ping_due_ = true;
  pump();
}

void WebSocketConnection::leave() {
  if (outbox_) outbox_->close(close_code::going_away, "the server stops");
}

}  // namespace rapport::server::http
