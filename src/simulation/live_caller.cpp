#include "simulation/live_caller.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/json.hpp>
#include <set>
#include <utility>

#include "simulation/awaiting.hpp"
#include "simulation/customer_part.hpp"
#include "simulation/feed_connection.hpp"

namespace rapport::simulation {
namespace {

constexpr std::chrono::milliseconds caller_looks_every{500};
constexpr int looks_max = 30;                           // for the interaction of a call
constexpr std::chrono::minutes waits_max{5};            // in the queue
constexpr std::chrono::milliseconds words_late{2'500};  // after somebody spoke: no words come any more

/// What an agent would say to this matter, in order: for words that nobody recognised.
std::vector<std::string> expected_lines(PhraseBook const& book, Topic const& topic, base::Random& random) {
  auto const good = [&](std::string_view key) { return random.pick(book.good.find(key)->second); };
  return {good("offer_help"), good("asks_account"), random.pick(topic.asks), random.pick(topic.solves) + ' ' + good("consults"), good("anything_else"), good("closes")};
}

/// One customer's call: the feed is read by one coroutine, what they do by another.
class Calling : public std::enable_shared_from_this<Calling> {
 public:
  Calling(Telephone& telephone, CustomerPart part, std::vector<std::string> expected, Voice voice)
      : telephone_(telephone), world_(telephone.world), part_(std::move(part)), expected_(std::move(expected)), voice_(std::move(voice)), feed_(std::make_shared<FeedConnection>(world_.context)), wake_(world_.context), words_(world_.context) {
    part_.talks();
  }

  /// False: nobody took the call.
  asio::awaitable<bool> arrive(std::string const& queue, std::string const& number) {
    call_ = telephone_.callers->call(queue, number);
    if (!call_) co_return false;
    call_->on_change([weak = weak_from_this()] {
      if (auto const self = weak.lock()) self->wake_.cancel();
    });
    wake_.expires_after(waits_max);
    while (call_->state() == SipCall::State::calling) {
      auto const [woken] = co_await wake_.async_wait(as_result);
      if (!woken) break;
    }
    if (call_->state() != SipCall::State::talking) co_return false;
    std::string const interaction = co_await find(number);
    bool const open = !interaction.empty() && co_await feed_->open(world_.client.address(), telephone_.recogniser);
    if (!open) co_return false;
    interaction_ = interaction;
    feed_->subscribe({"stream:interaction/" + interaction});
    co_return true;
  }

  asio::awaitable<void> listen() {
    call_->sound().on_turn([weak = weak_from_this()] {
      if (auto const self = weak.lock(); self && self->answered_) self->expect_words();
    });
    for (;;) {
      auto const frame = co_await feed_->next();
      if (!frame) break;
      take(*frame);
      wake_.cancel();
    }
    gone_ = true;
    wake_.cancel();
  }

  asio::awaitable<void> live() {
    auto const patience = std::chrono::steady_clock::now() + waits_max;
    while (!gone_ && call_->state() == SipCall::State::talking) {
      for (Deed& deed : part_.act(world_.talk.now())) co_await perform(std::move(deed));
      if (gone_ || part_.over() || call_->state() != SipCall::State::talking) break;
      auto const due = part_.due();
      bool const waits = !answered_;
      if (waits && std::chrono::steady_clock::now() >= patience) break;
      wake_.expires_at(due ? world_.talk.wall(*due) : waits ? patience
                                                            : std::chrono::steady_clock::time_point::max());
      co_await wake_.async_wait(as_result);
    }
    leave();
  }

  void leave() {
    words_.cancel();
    feed_->close();
    if (!call_) return;
    call_->on_change({});
    call_->hang_up();
  }

 private:
  /// The interaction that the server made of the call; it stands under the number.
  asio::awaitable<std::string> find(std::string const& number) {
    std::set<std::string> others;
    for (int look = 0; look < looks_max; ++look) {
      Answer const list = co_await world_.client.ask(telephone_.recogniser, "GET", "/api/v1/interactions?live=true&channel=voice&limit=100", nullptr);
      json::object const* const page = list.body.if_object();
      json::value const* const items = page == nullptr ? nullptr : page->if_contains("items");
      for (json::value const& row : items != nullptr && items->is_array() ? items->get_array() : json::array{}) {
        std::string const id{text_of(row.get_object(), "id")};
        if (!others.insert(id).second) continue;
        Answer const whole = co_await world_.client.ask(telephone_.recogniser, "GET", "/api/v1/interactions/" + id, nullptr);
        if (whole.good() && json::serialize(whole.body).find(number) != std::string::npos) co_return id;
      }
      asio::steady_timer pause{world_.context, caller_looks_every};
      co_await pause.async_wait(as_result);
    }
    co_return std::string{};
  }

  void take(json::object const& frame) {
    if (json::value const* const reset = frame.if_contains("reset"); reset != nullptr && reset->is_object()) {
      json::value const* const live = reset->get_object().if_contains("live");
      if (live != nullptr && live->is_object()) {
        if (auto const begun = base::parse_rfc3339(text_of(live->get_object(), "started_at"))) started_at_ = *begun;
      }
      json::value const* const events = reset->get_object().if_contains("events");
      for (json::value const& event : events != nullptr && events->is_array() ? events->get_array() : json::array{}) happens(event.get_object());
    } else if (json::value const* const event = frame.if_contains("event")) {
      happens(event->get_object());
    }
  }

  void happens(json::object const& event) {
    std::string_view const kind = text_of(event, "kind");
    if (kind == "answered") {
      answered_ = true;
      words_come_ = false;
      part_.is_answered(text_of(event, "name"), world_.talk.now());
    }
    if (kind != "utterance" || text_of(event, "by") == "customer") return;
    words_.cancel();
    words_come_ = true;
    part_.hears(text_of(event, "text"), world_.talk.now());
  }

  /// Somebody has spoken: either their words come, or they are thought of.
  void expect_words() {
    if (words_come_) return;
    words_.expires_after(words_late);
    words_.async_wait([weak = weak_from_this()](boost::system::error_code came) {
      auto const self = weak.lock();
      bool const speaks_on = self && self->call_->sound().hears(std::chrono::steady_clock::now());
      if (came || !self || speaks_on || self->words_come_) return;
      std::size_t const next = std::min(self->thought_of_++, self->expected_.size() - 1);
      self->part_.hears(self->expected_[next], self->world_.talk.now());
      self->wake_.cancel();
    });
  }

  asio::awaitable<void> perform(Deed deed) {
    if (call_->state() != SipCall::State::talking || gone_) co_return;
    if (deed.kind == Deed::Kind::end) call_->hang_up();
    if (deed.kind != Deed::Kind::say) co_return;
    Span const span = co_await say_aloud(telephone_, call_, voice_, deed.text, started_at_);
    if (span.end_ms == span.at_ms) co_return;  // the other side hung up before
    Answer const told = co_await world_.client.ask(telephone_.recogniser, "POST", fmt::format("/api/v1/interactions/{}/words", interaction_),
                                                   fields("by", "customer", "text", deed.text, "at_ms", span.at_ms, "end_ms", span.end_ms));
    bool const late = told.status == 404 || told.status == 409;  // the other side hung up meanwhile
    if (!told.good() && !late) ++world_.trouble;
  }

  Telephone& telephone_;
  World& world_;
  CustomerPart part_;
  std::vector<std::string> expected_;
  Voice voice_;
  std::shared_ptr<FeedConnection> feed_;
  asio::steady_timer wake_;
  asio::steady_timer words_;
  std::shared_ptr<SipCall> call_;
  std::string interaction_;
  base::Instant started_at_;
  std::size_t thought_of_ = 0;
  bool answered_ = false;
  bool words_come_ = false;  ///< of the agent who has the call
  bool gone_ = false;
};

/// Of the numbers that are kept for plays (07700 900000 to 900999), so that nobody is called by mistake.
std::string draw_number(base::Random& random) { return fmt::format("+447700900{:03}", random.below(1'000)); }

}  // namespace

asio::awaitable<void> live_as_caller(Telephone& telephone, Industry const& industry, std::uint64_t seed) {
  World& world = telephone.world;
  base::Random random{seed};
  Cast const cast = draw(world.book, industry, random);
  std::string const name = draw_name(world.book, random);
  std::string const number = draw_number(random);
  auto expected = expected_lines(world.book, *cast.topic, random);
  Voice const voice = draw_voice(random, world.talk.times());
  auto const calling = std::make_shared<Calling>(telephone, CustomerPart{world.book, industry, *cast.persona, *cast.topic, name, random.next()}, std::move(expected), voice);
  ++world.callers;
  bool const arrived = co_await calling->arrive(cast.topic->queue, number);
  if (arrived) {
    asio::co_spawn(world.context, [calling] { return calling->listen(); }, asio::detached);
    co_await calling->live();
  } else {
    calling->leave();
    ++world.trouble;
  }
  --world.callers;
}

}  // namespace rapport::simulation
