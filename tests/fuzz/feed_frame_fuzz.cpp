// A client of the feed: each line is a frame of one connection. Every frame is answered, what the
// server says is JSON, and no client holds more than its limits.
#include <boost/json/parse.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "server/feed/hub.hpp"

namespace {

using namespace rapport;
using namespace rapport::server;

class CheckedSocket : public http::WebSocket {
 public:
  http::Sent send(http::Frame frame) override {
    boost::json::error_code error;
    boost::json::parse(*frame, error);
    RAPPORT_ASSERT(!error && !closed_);
    ++frames;
    return http::Sent::queued;
  }
  void close(http::CloseCode /*code*/, std::string reason) override {
    RAPPORT_ASSERT(reason.size() <= 123);
    closed_ = true;
  }
  std::string const& remote_address() const override { return address_; }
  std::size_t buffered_bytes() const override { return 0; }
  std::size_t buffered_frames() const override { return 0; }

  std::size_t frames = 0;
  bool closed() const { return closed_; }

 private:
  bool closed_ = false;
  std::string address_ = "192.0.2.7";
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::deque<std::function<void()>> asked;
  feed::FeedSources sources;
  sources.may_subscribe = [&](feed::Subscriber const&, feed::Name const& name, feed::Decide decide) {
    asked.push_back([decide, may = name.text.size() % 4 != 0] { decide(may); });
  };
  sources.snapshot = [&](std::string const& stream, feed::TakeSnapshot take) {
    asked.push_back([take, has = stream.size() % 3 != 0] { take(has ? std::optional{feed::Snapshot{2, "{}"}} : std::nullopt); });
  };
  feed::Hub hub{sources, {"1", 7}};
  base::Instant now{1'750'000'000'000};
  auto const socket = std::make_shared<CheckedSocket>();
  hub.open(1, std::make_shared<feed::Connection>(socket), {"user:ann", "login:1"}, now);
  for (std::uint64_t seq = 1; seq <= 3; ++seq) hub.publish("interaction/7", seq, "{}", now);
  std::string_view rest{reinterpret_cast<char const*>(data), size};
  while (!rest.empty() && !socket->closed()) {
    std::size_t const end = std::min(rest.find('\n'), rest.size());
    std::size_t const before = socket->frames;
    hub.text(1, rest.substr(0, end), now);
    while (!asked.empty()) {
      auto const question = std::move(asked.front());
      asked.pop_front();
      question();
    }
    RAPPORT_ASSERT(socket->closed() || socket->frames > before);
    RAPPORT_ASSERT(hub.counts().subscriptions <= limits::feed_subscriptions_max);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    now = now + 1;
    hub.tick(now);
  }
  return 0;
}
