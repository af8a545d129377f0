#include "server/webhooks/webhooks.hpp"

#include <algorithm>
#include <chrono>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "server/webhooks/signature.hpp"

namespace rapport::server::webhooks {
namespace {

constexpr std::chrono::milliseconds look_every{250};  ///< for what is due, and for writes that the store had no room for

Post post_of(Dispatcher::Attempt const& attempt, base::Instant now) {
  Post post;
  post.target = attempt.endpoint.target;
  post.body = attempt.delivery.body;
  post.headers = {{"Content-Type", "application/json"},
                  {"User-Agent", "Rapport"},
                  {"Rapport-Delivery", attempt.delivery.id},
                  {"Rapport-Event", attempt.delivery.event},
                  {"Rapport-Signature", sign(attempt.endpoint.secrets, now, attempt.delivery.body)}};
  return post;
}

}  // namespace

Webhooks::Webhooks(records::Store& store, Sender& sender, Clock clock, std::uint64_t seed)
    : store_(store), sender_(sender), clock_(std::move(clock)), dispatcher_(seed) {}

Webhooks::~Webhooks() { stop(); }

records::Stored<records::Nothing> Webhooks::start() {
  RAPPORT_ASSERT(!thread_.joinable());
  for (Task const& task : std::exchange(tasks_, {})) task();  // the endpoints set before
  std::string after;
  for (bool more = true; more;) {
    auto const page = store_.documents(delivery_kind, std::nullopt, after, limits::page_max);
    if (!page) return page.error();
    for (records::Document const& document : page->documents) {
      after = document.id;
      auto delivery = read_delivery(document);
      if (!delivery) {
        write(records::RemoveDocument{std::string{delivery_kind}, document.id, {}});  // its person was erased
      } else if (delivery->dead) {
        dead_.emplace_back(delivery->id, delivery->endpoint);
      } else if (dispatcher_.take(std::move(*delivery)) != Dispatcher::Taken::queued) {
        write(records::RemoveDocument{std::string{delivery_kind}, document.id, {}});
      }
    }
    more = page->more && !page->documents.empty();
  }
  thread_ = std::jthread{[this](std::stop_token const& stop) { run(stop); }};
  return records::Nothing{};
}

void Webhooks::stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void Webhooks::set_endpoint(Endpoint endpoint) {
  post([this, endpoint = std::move(endpoint)] { dispatcher_.set_endpoint(endpoint); });
}

void Webhooks::remove_endpoint(std::string id) {
  post([this, id = std::move(id)] {
    for (Delivery const& delivery : dispatcher_.remove_endpoint(id)) {
      write(records::RemoveDocument{std::string{delivery_kind}, delivery.id, {}});
    }
    std::erase_if(dead_, [&](auto const& each) {
      if (each.second != id) return false;
      write(records::RemoveDocument{std::string{delivery_kind}, each.first, {}});
      return true;
    });
  });
}

void Webhooks::take(Delivery delivery) {
  post([this, delivery = std::move(delivery)] {
    switch (dispatcher_.take(delivery)) {
      case Dispatcher::Taken::queued: return;
      case Dispatcher::Taken::no_endpoint: return write(records::RemoveDocument{std::string{delivery_kind}, delivery.id, {}});
      case Dispatcher::Taken::queue_full: break;
    }
    Delivery refused = delivery;
    refused.dead = true;
    refused.failure = "webhook_queue_max";
    bury(std::move(refused));
  });
}

void Webhooks::redeliver(std::string id) {
  post([this, id = std::move(id)] {
    auto const place = std::find_if(dead_.begin(), dead_.end(), [&](auto const& each) { return each.first == id; });
    if (place == dead_.end()) return;
    auto const document = store_.document(delivery_kind, id);
    if (!document || !document->has_value()) return;
    auto delivery = read_delivery(**document);
    if (!delivery) return;
    delivery->dead = false;
    delivery->attempts = 0;
    delivery->since = delivery->next_at = clock_();
    if (dispatcher_.take(*delivery) != Dispatcher::Taken::queued) return;
    dead_.erase(place);
    write(kept(*delivery));
  });
}

WebhookCounts Webhooks::counts() const {
  std::scoped_lock const lock{mutex_};
  return counts_;
}

void Webhooks::post(Task task) {
  {
    std::scoped_lock const lock{mutex_};
    if (stopped_) return;
    tasks_.push_back(std::move(task));
  }
  wake_.notify_one();
}

void Webhooks::run(std::stop_token const& stop) {
  std::vector<Task> tasks;
  while (!stop.stop_requested()) {
    for (Task const& task : tasks) task();
    begin_attempts();
    flush();
    counting_.waiting = dispatcher_.waiting();
    counting_.in_flight = dispatcher_.in_flight();
    counting_.dead_letters = dead_.size();
    tasks.clear();
    std::unique_lock lock{mutex_};
    counts_ = counting_;
    wake_.wait_for(lock, stop, look_every, [&] { return !tasks_.empty(); });
    tasks.swap(tasks_);
  }
  {
    std::scoped_lock const lock{mutex_};
    stopped_ = true;
  }
  for (Task const& task : tasks) task();
  flush();
}

void Webhooks::begin_attempts() {
  base::Instant const now = clock_();
  for (Dispatcher::Attempt const& attempt : dispatcher_.start(now)) {
    sender_.send(post_of(attempt, now), [this, delivery = attempt.delivery](Outcome const& outcome) {
      post([this, delivery, outcome] { ended(delivery, outcome); });
    });
  }
}

void Webhooks::ended(Delivery const& delivery, Outcome const& outcome) {
  auto finished = dispatcher_.finish(delivery.endpoint, delivery.id, outcome, clock_());
  if (!finished) return;
  switch (finished->verdict) {
    case Dispatcher::Verdict::delivered:
      ++counting_.delivered;
      return write(records::RemoveDocument{std::string{delivery_kind}, delivery.id, {}});
    case Dispatcher::Verdict::again: ++counting_.failed; return write(kept(finished->delivery));
    case Dispatcher::Verdict::dead: ++counting_.failed; return bury(std::move(finished->delivery));
  }
}

void Webhooks::bury(Delivery delivery) {
  dead_.emplace_back(delivery.id, delivery.endpoint);
  write(kept(delivery));
  if (dead_.size() <= limits::webhook_dead_letters_max) return;
  write(records::RemoveDocument{std::string{delivery_kind}, dead_.front().first, {}});
  dead_.pop_front();
}

void Webhooks::write(records::Change change) { unwritten_.push_back(std::move(change)); }

/// Gives the store what changed, one batch for each: what is removed twice must not hold up the rest.
void Webhooks::flush() {
  std::size_t taken = 0;
  for (; taken < unwritten_.size(); ++taken) {
    records::Batch batch;
    batch.changes.push_back(unwritten_[taken]);
    batch.at = clock_();
    if (!store_.submit(std::move(batch), [](records::Stored<records::Nothing> const&) {})) break;  // busy: later
  }
  unwritten_.erase(unwritten_.begin(), unwritten_.begin() + static_cast<std::ptrdiff_t>(taken));
}

}  // namespace rapport::server::webhooks
