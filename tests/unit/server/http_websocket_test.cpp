#include "server/http/websocket.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "base/limits.hpp"
#include "http_client.hpp"
#include "server/http/certificate.hpp"
#include "server/http/websocket_frames.hpp"
#include "support/eventually.hpp"

namespace rapport::server::http {
namespace {

using test::eventually;
using testing::Client;
using testing::Server;
using testing::test_options;

/// Sends back what it gets, and remembers what it was told.
class Echo final : public WebSocketListener {
 public:
  void on_open(std::shared_ptr<WebSocket> socket) override {
    std::lock_guard const lock{mutex};
    held = std::move(socket);
    ++opened;
  }
  void on_text(std::string&& text) override {
    if (text == "throw") throw std::runtime_error{"broken"};
    socket()->send(std::make_shared<std::string const>(std::move(text)));
  }
  void on_drained() override { ++drained; }
  void on_closed(CloseCode reason) override {
    std::lock_guard const lock{mutex};
    code = reason;
    ++closed;
  }
  std::shared_ptr<WebSocket> socket() {
    std::lock_guard const lock{mutex};
    return held;
  }

  std::mutex mutex;
  std::shared_ptr<WebSocket> held;
  std::atomic<int> opened{0};
  std::atomic<int> closed{0};
  std::atomic<int> drained{0};
  std::atomic<int> code{0};
};

struct Fixture {
  explicit Fixture(ListenerOptions options = test_options()) : server{router(), std::move(options)} {}

  Router router() {
    Router routes;
    routes.add_upgrade("/feed", [this](Request&& request, Upgrade upgrade) {
      if (request.query.find("no")) return upgrade.refuse(Response::empty(403));
      if (request.query.find("lost")) return;
      upgrade.accept(echo);
    });
    return routes;
  }
  std::shared_ptr<Echo> const echo = std::make_shared<Echo>();
  Server server;
};

Frame frame_of(std::string text) { return std::make_shared<std::string const>(std::move(text)); }

CloseCode code_of(std::string const& payload) {
  if (payload.size() < 2) return close_code::none;
  return static_cast<CloseCode>(static_cast<unsigned char>(payload[0]) << 8U | static_cast<unsigned char>(payload[1]));
}

TEST(WebSockets, EchoWholeAndFragmentedMessages) {
  Fixture fixture;
  Client client{fixture.server.listener->port()};
  ASSERT_TRUE(client.upgrade("/feed"));
  ASSERT_TRUE(client.send_frame(Opcode::text, "hello"));
  EXPECT_EQ(client.frame()->payload, "hello");
  ASSERT_TRUE(client.send_frame(Opcode::text, "caf\xC3", false));  // cut within a character
  ASSERT_TRUE(client.send_frame(Opcode::ping, "are you there"));
  auto const pong = client.frame();
  EXPECT_EQ(pong->opcode, Opcode::pong);
  EXPECT_EQ(pong->payload, "are you there");
  ASSERT_TRUE(client.send_frame(Opcode::continuation, "\xA9 ", false));
  ASSERT_TRUE(client.send_frame(Opcode::continuation, "au lait"));
  EXPECT_EQ(client.frame()->payload, "café au lait");
  std::string const large(limits::websocket_message_bytes_max, 'x');
  ASSERT_TRUE(client.send_frame(Opcode::text, large));
  EXPECT_EQ(client.frame()->payload, large);
  ASSERT_TRUE(client.send_frame(Opcode::close, close_payload(4001, "done")));
  auto const farewell = client.frame();
  EXPECT_EQ(farewell->opcode, Opcode::close);
  EXPECT_EQ(code_of(farewell->payload), 4001);
  EXPECT_TRUE(client.ended());
  EXPECT_TRUE(eventually([&] { return fixture.echo->closed == 1; }));
  EXPECT_EQ(fixture.echo->code, 4001);
  EXPECT_EQ(fixture.echo->socket()->send(frame_of("late")), Sent::closed);
}

TEST(WebSockets, WorkOverTls) {
  ListenerOptions options = test_options();
  options.tls = *self_signed_certificate({"localhost"}, {1'772'442'900'000});
  Fixture fixture{std::move(options)};
  Client client{fixture.server.listener->port(), true};
  ASSERT_TRUE(client.upgrade("/feed"));
  for (int count = 0; count < 50; ++count) ASSERT_TRUE(client.send_frame(Opcode::text, std::to_string(count)));
  for (int count = 0; count < 50; ++count) EXPECT_EQ(client.frame()->payload, std::to_string(count));
}

TEST(WebSockets, TheHandshakeIsChecked) {
  Fixture fixture;
  Client client{fixture.server.listener->port()};
  auto const plain = client.get("/feed");
  EXPECT_EQ(plain->status, 426);
  EXPECT_EQ(plain->header("Upgrade"), "websocket");
  std::string const upgrade = "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: ";
  std::string const key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  EXPECT_EQ(client.get("/feed", upgrade + "8\r\n" + key)->status, 426);
  EXPECT_EQ(client.get("/feed", upgrade + "13\r\n")->status, 400);
  EXPECT_EQ(client.get("/feed", upgrade + "13\r\nSec-WebSocket-Key: short\r\n")->status, 400);
  EXPECT_EQ(client.get("/feed?no", upgrade + "13\r\n" + key)->status, 403);
  EXPECT_EQ(client.get("/feed?lost", upgrade + "13\r\n" + key)->status, 500);
  EXPECT_EQ(client.get("/feed", upgrade + "13\r\n" + key)->status, 101);
  EXPECT_TRUE(eventually([&] { return fixture.echo->opened == 1; }));
}

TEST(WebSockets, BrokenFramesCloseWithTheirCode) {
  struct Case {
    std::string bytes;
    CloseCode code;
  };
  auto const masked = [](std::string_view head) { return std::string{head} + std::string(4, '\0'); };
  std::vector<Case> const cases{
      {std::string{"\x81\x01x", 3}, close_code::protocol_error},                      // not masked
      {masked("\xC1\x80"), close_code::protocol_error},                               // a reserved bit
      {masked("\x83\x80"), close_code::protocol_error},                               // an unknown opcode
      {masked("\x80\x80"), close_code::protocol_error},                               // a continuation of nothing
      {masked("\x09\x80"), close_code::protocol_error},                               // a fragmented ping
      {masked(std::string_view{"\x81\xFE\x00\x05", 4}), close_code::protocol_error},  // a length too long for itself
      {masked("\x82\x80"), close_code::unsupported},                                  // binary
      {masked("\x81\x81") + "\xFF", close_code::bad_text},
      {masked("\x88\x82") + "\x03\xED", close_code::protocol_error},  // 1005 may not be sent
      {masked(std::string_view{"\x81\xFF\x00\x00\x00\x00\x00\x01\x00\x01", 10}), close_code::too_big},
  };
  for (auto const& [bytes, code] : cases) {
    Fixture fixture;
    Client client{fixture.server.listener->port()};
    ASSERT_TRUE(client.upgrade("/feed"));
    ASSERT_TRUE(client.send(bytes));
    auto const farewell = client.frame();
    ASSERT_TRUE(farewell);
    EXPECT_EQ(farewell->opcode, Opcode::close);
    EXPECT_EQ(code_of(farewell->payload), code);
    EXPECT_TRUE(eventually([&] { return fixture.echo->closed == 1; }));
    EXPECT_EQ(fixture.echo->code, code);
  }
}

TEST(WebSockets, FramesOfManyThreadsArriveEachInItsOrder) {
  Fixture fixture;
  Client client{fixture.server.listener->port()};
  ASSERT_TRUE(client.upgrade("/feed"));
  ASSERT_TRUE(eventually([&] { return fixture.echo->socket() != nullptr; }));
  auto const socket = fixture.echo->socket();
  constexpr int each = 2'000;
  auto const write = [&socket](std::string const& prefix) {
    for (int count = 0; count < each; ++count) EXPECT_EQ(socket->send(frame_of(prefix + std::to_string(count))), Sent::queued);
  };
  std::thread one{write, "a"};
  std::thread two{write, "b"};
  int next_a = 0;
  int next_b = 0;
  for (int count = 0; count < 2 * each; ++count) {
    auto const frame = client.frame();
    ASSERT_TRUE(frame);
    int& next = frame->payload.front() == 'a' ? next_a : next_b;
    ASSERT_EQ(frame->payload.substr(1), std::to_string(next++));
  }
  one.join();
  two.join();
  EXPECT_TRUE(eventually([&] { return socket->buffered_frames() == 0; }));
  EXPECT_EQ(socket->buffered_bytes(), 0U);
  EXPECT_TRUE(eventually([&] { return fixture.echo->drained > 0; }));
}

TEST(WebSockets, AClientThatDoesNotReadFillsItsOwnBacklogOnly) {
  ListenerOptions options = test_options();
  options.threads = 1;
  options.write_ms = 300;
  options.websocket_backlog_bytes_max = 1U << 20U;
  Fixture fixture{std::move(options)};
  Client stuck{fixture.server.listener->port()};
  stuck.shrink_receive_buffer();
  ASSERT_TRUE(stuck.upgrade("/feed"));
  ASSERT_TRUE(eventually([&] { return fixture.echo->socket() != nullptr; }));
  auto const socket = fixture.echo->socket();
  Frame const frame = frame_of(std::string(50'000, 'x'));
  ASSERT_TRUE(eventually([&] { return socket->send(frame) != Sent::queued; }));
  EXPECT_LE(socket->buffered_bytes(), 1U << 20U);
  EXPECT_TRUE(eventually([&] { return fixture.echo->closed == 1; }));  // cut at the write limit
  EXPECT_EQ(fixture.echo->code, close_code::abnormal);
  EXPECT_EQ(fixture.server.refused("websocket_write_timeout"), 1U);
}

TEST(WebSockets, ASilentClientIsPingedThenCut) {
  ListenerOptions options = test_options();
  options.websocket_ping_ms = 2'000;
  Fixture fixture{std::move(options)};
  Client client{fixture.server.listener->port()};
  ASSERT_TRUE(client.upgrade("/feed"));
  auto const ping = client.frame();
  ASSERT_TRUE(ping);
  EXPECT_EQ(ping->opcode, Opcode::ping);
  ASSERT_TRUE(client.send_frame(Opcode::pong, ping->payload));
  auto const second = client.frame();  // it lives on; this one stays unanswered
  ASSERT_TRUE(second);
  EXPECT_EQ(second->opcode, Opcode::ping);
  EXPECT_TRUE(eventually([&] { return fixture.echo->closed == 1; }));
  EXPECT_EQ(fixture.echo->code, close_code::abnormal);
}

TEST(WebSockets, OurCloseComesBehindWhatIsQueued) {
  Fixture fixture;
  Client client{fixture.server.listener->port()};
  ASSERT_TRUE(client.upgrade("/feed"));
  ASSERT_TRUE(eventually([&] { return fixture.echo->socket() != nullptr; }));
  auto const socket = fixture.echo->socket();
  for (int count = 0; count < 100; ++count) EXPECT_EQ(socket->send(frame_of("x")), Sent::queued);
  socket->close(4000, "enough");
  EXPECT_EQ(socket->send(frame_of("y")), Sent::closed);
  for (int count = 0; count < 100; ++count) EXPECT_EQ(client.frame()->payload, "x");
  EXPECT_EQ(client.frame()->payload, close_payload(4000, "enough"));
  ASSERT_TRUE(client.send_frame(Opcode::close, close_payload(4000, {})));
  EXPECT_TRUE(client.ended());
  EXPECT_TRUE(eventually([&] { return fixture.echo->closed == 1; }));
  EXPECT_EQ(fixture.echo->code, 4000);
}

TEST(WebSockets, APeerThatNeverSaysGoodbyeIsCut) {
  ListenerOptions options = test_options();
  options.websocket_close_ms = 50;
  Fixture fixture{std::move(options)};
  Client client{fixture.server.listener->port()};
  ASSERT_TRUE(client.upgrade("/feed"));
  ASSERT_TRUE(eventually([&] { return fixture.echo->socket() != nullptr; }));
  fixture.echo->socket()->close(4000, {});
  EXPECT_TRUE(eventually([&] { return fixture.echo->closed == 1; }));
  EXPECT_EQ(fixture.echo->code, 4000);
}

TEST(WebSockets, AListenerThatThrowsLosesItsConnectionOnly) {
  Fixture fixture;
  Client client{fixture.server.listener->port()};
  ASSERT_TRUE(client.upgrade("/feed"));
  ASSERT_TRUE(client.send_frame(Opcode::text, "throw"));
  EXPECT_EQ(code_of(client.frame()->payload), close_code::internal_error);
  Client other{fixture.server.listener->port()};
  EXPECT_TRUE(other.upgrade("/feed"));
}

TEST(WebSockets, AreToldThatTheServerStops) {
  Fixture fixture;
  Client client{fixture.server.listener->port()};
  ASSERT_TRUE(client.upgrade("/feed"));
  ASSERT_TRUE(client.send_frame(Opcode::text, "still served"));
  auto const served = client.frame();
  ASSERT_TRUE(served);
  EXPECT_EQ(served->payload, "still served");
  Client deaf{fixture.server.listener->port()};
  ASSERT_TRUE(deaf.upgrade("/feed"));
  ASSERT_TRUE(eventually([&] { return fixture.echo->opened == 2; }));
  EXPECT_GE(fixture.server.listener->stop(2'000), 1U);  // who does not answer is cut
  auto const goodbye = client.frame();
  ASSERT_TRUE(goodbye);
  EXPECT_EQ(code_of(goodbye->payload), close_code::going_away);
  EXPECT_EQ(fixture.echo->closed, 2);
  EXPECT_EQ(fixture.echo->socket()->send(frame_of("late")), Sent::closed);
}

/// What a reader makes of the bytes, cut into pieces of that size.
std::string told(std::string_view bytes, std::size_t piece) {
  FrameReader reader{1'000};
  std::string told;
  while (!bytes.empty()) {
    std::string_view part = bytes.substr(0, piece);
    bytes.remove_prefix(part.size());
    while (auto const event = reader.next(part)) {
      told += std::to_string(event->index()) + ":";
      if (auto const* text = std::get_if<TextMessage>(&*event)) told += text->text;
      if (auto const* ping = std::get_if<PingFrame>(&*event)) told += ping->payload;
      if (auto const* close = std::get_if<CloseFrame>(&*event)) return told + std::to_string(close->code);
      if (auto const* broken = std::get_if<BrokenFrame>(&*event)) return told + std::to_string(broken->code);
    }
  }
  return told;
}

RC_GTEST_PROP(FrameReaderProperty, HowBytesAreCutChangesNothing, (std::string const& noise)) {
  std::string bytes;
  auto const frames = *rc::gen::inRange(0, 6);
  for (int count = 0; count < frames; ++count) {
    auto const opcode = *rc::gen::element(Opcode::text, Opcode::continuation, Opcode::ping, Opcode::pong);
    std::string const payload(*rc::gen::inRange<std::size_t>(0, 200), 'a');
    FrameHead const head = frame_head(opcode, payload.size());
    std::string one{head.view()};
    if (*rc::gen::arbitrary<bool>()) one[0] = static_cast<char>(one[0] & 0x7F);
    one[1] = static_cast<char>(static_cast<unsigned char>(one[1]) | 0x80U);
    bytes += one + std::string(4, '\0') + payload;
  }
  bytes += noise;
  std::string const whole = told(bytes, bytes.size() + 1);
  RC_ASSERT(told(bytes, 1) == whole);
  RC_ASSERT(told(bytes, 7) == whole);
}

}  // namespace
}  // namespace rapport::server::http
