#include "simulation/live_customer.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/json.hpp>
#include <memory>

#include "simulation/awaiting.hpp"
#include "simulation/customer_part.hpp"
#include "simulation/feed_connection.hpp"

namespace rapport::simulation {
namespace {

/// One customer's conversation: the feed is read by one coroutine, what they do by another.
class Visit : public std::enable_shared_from_this<Visit> {
 public:
  Visit(World& world, CustomerPart part) : world_(world), part_(std::move(part)), feed_(std::make_shared<FeedConnection>(world.context)), wake_(world.context) {}

  asio::awaitable<bool> arrive(Industry const& industry, Topic const& topic, std::string const& name) {
    Answer const session = co_await world_.client.ask({}, "POST", "/api/v1/customer-sessions", fields("brand", industry.brand, "name", name));
    if (!session.good()) co_return false;
    Answer const begun = co_await world_.client.ask(bearer(session.text("token")), "POST", "/api/v1/conversation", fields("queue", topic.queue));
    if (!begun.good()) co_return false;
    who_ = bearer(begun.text("token"));
    bool const open = co_await feed_->open(world_.client.address(), who_);
    if (!open) co_return false;
    feed_->subscribe({"stream:conversation/" + begun.text("interaction")});
    part_.begins(world_.now());
    co_return true;
  }

  asio::awaitable<void> listen() {
    for (;;) {
      auto const frame = co_await feed_->next();
      if (!frame) break;
      take(*frame);
      wake_.cancel();
    }
    part_.ended();
    gone_ = true;
    wake_.cancel();
  }

  asio::awaitable<void> live() {
    while (!gone_ && !part_.over()) {
      for (Deed const& deed : part_.act(world_.now())) co_await perform(deed);
      if (gone_ || part_.over()) break;
      auto const due = part_.due();
      wake_.expires_at(due ? world_.wall(*due) : std::chrono::steady_clock::time_point::max());
      co_await wake_.async_wait(as_result);
    }
    feed_->close();
  }

 private:
  void take(json::object const& frame) {
    if (json::value const* const reset = frame.if_contains("reset")) {
      json::value const* const events = reset->is_object() ? reset->get_object().if_contains("events") : nullptr;
      if (events != nullptr && events->is_array()) {
        for (json::value const& event : events->get_array()) happens(event.get_object());
      }
    } else if (json::value const* const event = frame.if_contains("event")) {
      happens(event->get_object());
    } else if (frame.contains("ended")) {
      part_.ended();
    }
  }

  void happens(json::object const& event) {
    std::string_view const kind = text_of(event, "kind");
    if (kind == "answered") part_.joined(text_of(event, "name"), world_.now());
    if (kind == "ended") part_.ended();
    if (kind == "message" && text_of(event, "by") != "customer") part_.hears(text_of(event, "text"), world_.now());
  }

  asio::awaitable<void> perform(Deed const& deed) {
    Answer done;
    if (deed.kind == Deed::Kind::say) done = co_await world_.client.ask(who_, "POST", "/api/v1/conversation/messages", fields("text", deed.text));
    if (deed.kind == Deed::Kind::end) done = co_await world_.client.ask(who_, "POST", "/api/v1/conversation/end", json::object{});
    bool const crossed = done.status == 409;  // somebody else ended it meanwhile
    if (!done.good() && !crossed) ++world_.trouble;
    if (done.status == 0) gone_ = true;
  }

  World& world_;
  CustomerPart part_;
  std::shared_ptr<FeedConnection> feed_;
  asio::steady_timer wake_;
  Credentials who_;
  bool gone_ = false;
};

}  // namespace

asio::awaitable<void> live_as_customer(World& world, Industry const& industry, std::uint64_t seed) {
  base::Random random{seed};
  Cast const cast = draw(world.book, industry, random);
  std::string const name = draw_name(world.book, random);
  auto const visit = std::make_shared<Visit>(world, CustomerPart{world.book, industry, *cast.persona, *cast.topic, name, random.next()});
  ++world.customers;
  bool const arrived = co_await visit->arrive(industry, *cast.topic, name);
  if (arrived) {
    asio::co_spawn(world.context, [visit] { return visit->listen(); }, asio::detached);
    co_await visit->live();
  } else {
    ++world.trouble;
  }
  --world.customers;
}

}  // namespace rapport::simulation
