#include "server/webhooks/webhooks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <utility>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "server/webhooks/news.hpp"
#include "server/webhooks/signature.hpp"

namespace rapport::server::webhooks {
namespace {

constexpr std::chrono::milliseconds look_every{250};
constexpr base::Millis forget_every = base::minute;
constexpr base::Millis read_again_after = base::second;
constexpr int gone = 410;

Post post_of(Webhook const& webhook, Delivery const& delivery, base::Instant now) {
  std::int64_t const seconds = now.since_epoch / base::second;
  return {webhook.url,
          {{"Content-Type", "application/json"},
           {"User-Agent", "Rapport"},
           {"Rapport-Delivery", delivery.id},
           {"Rapport-Event", delivery.event},
           {"Rapport-Timestamp", std::to_string(seconds)},
           {"Rapport-Signature", sign(webhook.secret, seconds, delivery.payload)}},
          delivery.payload};
}

Failure failure_of(Delivery const& delivery, InLine const& at, std::string why, bool dead) {
  return {delivery.id, delivery.webhook, delivery.brand, delivery.event, delivery.interaction, delivery.at, at.attempts, at.next_at, std::move(why), dead};
}

}  // namespace

Webhooks::Webhooks(records::Store& store, std::unique_ptr<Sender> sender, Clock clock, Options options, base::Metrics& metrics)
    : store_(store),
      sender_(std::move(sender)),
      clock_(std::move(clock)),
      options_(options),
      ids_(options.seed),
      delivered_(metrics.counter("rapport_webhook_attempts_total", "Attempts to deliver to webhooks", {{"outcome", "delivered"}})),
      failed_(metrics.counter("rapport_webhook_attempts_total", "Attempts to deliver to webhooks", {{"outcome", "failed"}})),
      died_(metrics.counter("rapport_webhook_dead_letters_total", "Deliveries to webhooks that were given up")),
      waiting_(metrics.gauge("rapport_webhook_waiting", "Deliveries to webhooks that wait or are under way")),
      dead_count_(metrics.gauge("rapport_webhook_dead_letters", "Dead letters that are kept")),
      took_(metrics.histogram("rapport_webhook_delivery_seconds", "From what happened until a webhook's receiver took it")),
      dispatcher_(options.retry),
      configured_(std::make_shared<Configured const>()) {}

Webhooks::~Webhooks() { stop(); }

void Webhooks::stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
  sender_.reset();  // its last answers find that this has stopped
}

std::shared_ptr<Webhooks::Configured const> Webhooks::configured() const {
  std::lock_guard const lock{mutex_};
  return configured_;
}

std::size_t Webhooks::count() const { return configured()->size(); }

centre::Outgoing Webhooks::outgoing(std::vector<centre::Publication> const& publications, base::Instant now) {
  auto const webhooks = configured();
  if (webhooks->empty()) return {};
  centre::Outgoing made;
  std::vector<Delivery> deliveries;
  for (centre::Publication const& publication : publications) {
    auto const news = news_of(publication);
    if (!news) continue;
    for (auto const& [id, webhook] : *webhooks) {
      if (!webhook.wants(news->event, news->brand)) continue;
      Delivery delivery{ids_.next(now), id, news->brand, webhook.words ? news->person : std::string{}, std::string{news->event}, news->interaction, now, {}};
      delivery.payload = payload_of(*news, delivery.id, now, webhook.words);
      made.changes.push_back(kept(delivery));
      delivery.payload.clear();  // read when it goes out
      deliveries.push_back(std::move(delivery));
    }
  }
  if (deliveries.empty()) return {};
  made.kept = [this, deliveries = std::move(deliveries)] {
    post([this, deliveries] {
      for (Delivery const& delivery : deliveries) take(delivery);
    });
  };
  return made;
}

records::Stored<records::Nothing> Webhooks::reload(std::string const& id) {
  std::lock_guard const alone{reloading_};
  auto const document = store_.document(webhook_kind, id);
  if (!document) return document.error();
  auto const webhook = *document ? read_webhook(**document) : std::nullopt;
  std::lock_guard const lock{mutex_};
  // Together: what is made for a webhook from now on finds its line.
  auto changed = std::make_shared<Configured>(*configured_);
  if (webhook) {
    changed->insert_or_assign(id, *webhook);
    tasks_.emplace_back([this, id, paused = !webhook->active] { dispatcher_.set_webhook(id, paused); });
  } else {
    changed->erase(id);
    tasks_.emplace_back([this, id] { remove_webhook(id); });
  }
  configured_ = std::move(changed);
  wake_.notify_one();
  return records::Nothing{};
}

/// False: it stops, and the task will not be done.
bool Webhooks::post(Task task) {
  std::lock_guard const lock{mutex_};
  if (stopped_) return false;
  tasks_.push_back(std::move(task));
  wake_.notify_one();
  return true;
}

records::Stored<std::size_t> Webhooks::ask(std::function<void(Answer)> task) {
  if (!store_.available()) return records::StoreError::unavailable;
  auto const promise = std::make_shared<std::promise<records::Stored<std::size_t>>>();
  auto answer = promise->get_future();
  bool const taken = post([task = std::move(task), promise] { task([promise](records::Stored<std::size_t> result) { promise->set_value(std::move(result)); }); });
  if (!taken) return records::StoreError::unavailable;
  return answer.get();
}

records::Stored<records::Nothing> Webhooks::retry(std::string const& id, records::AuditEntry audit) {
  auto const done = ask([this, &id, &audit](Answer answer) {
    Failure const* const found = letter(id);
    if (found == nullptr) return answer(records::StoreError::not_found);
    std::vector<records::Change> changes{audit};
    if (auto const revived = revive(Failure{*found}, changes); !revived) return answer(revived.error());
    write(std::move(changes), std::move(answer), 1);
  });
  if (!done) return done.error();
  return records::Nothing{};
}

records::Stored<records::Nothing> Webhooks::drop(std::string const& id, records::AuditEntry audit) {
  auto const done = ask([this, &id, &audit](Answer answer) {
    Failure const* const found = letter(id);
    if (found == nullptr) return answer(records::StoreError::not_found);
    dead_[found->webhook].erase(id);
    write({audit, removed(failure_kind, id), removed(delivery_kind, id)}, std::move(answer), 1);
  });
  if (!done) return done.error();
  return records::Nothing{};
}

records::Stored<std::size_t> Webhooks::retry_all(std::string const& webhook, records::AuditEntry audit) {
  return ask([this, &webhook, &audit](Answer answer) {
    std::vector<records::Change> changes{audit};
    for (auto const& [id, letter] : Letters{dead_[webhook]}) {
      if (!revive(letter, changes)) break;
    }
    std::size_t const count = changes.size() - 1;
    write(std::move(changes), std::move(answer), count);
  });
}

Failure const* Webhooks::letter(std::string const& id) const {
  for (auto const& [webhook, letters] : dead_) {
    if (auto const found = letters.find(id); found != letters.end()) return &found->second;
  }
  return nullptr;
}

records::Stored<records::Nothing> Webhooks::revive(Failure const& letter, std::vector<records::Change>& changes) {
  auto const taken = dispatcher_.take(letter.webhook, {letter.id, letter.interaction, clock_(), 0});
  if (taken == Dispatcher::Taken::no_webhook) return records::StoreError::not_found;
  if (taken == Dispatcher::Taken::queue_full) return records::StoreError::busy;
  changes.push_back(removed(failure_kind, letter.id));
  dead_[letter.webhook].erase(letter.id);
  return records::Nothing{};
}

void Webhooks::take(Delivery const& delivery) {
  switch (dispatcher_.take(delivery.webhook, {delivery.id, delivery.interaction, delivery.at, 0})) {
    case Dispatcher::Taken::queued:
      return;
    case Dispatcher::Taken::no_webhook:
      return write({removed(delivery_kind, delivery.id)});
    case Dispatcher::Taken::queue_full:
      return bury(failure_of(delivery, {delivery.id, delivery.interaction, clock_(), 0}, "webhook_queue_max", true));
  }
}

void Webhooks::bury(Failure failure) {
  died_.add();
  Letters& letters = dead_[failure.webhook];
  write({kept(failure)});
  std::string const id = failure.id;
  letters.insert_or_assign(id, std::move(failure));
  if (letters.size() <= limits::webhook_dead_letters_max) return;
  remove_letter(letters.begin()->first);
  letters.erase(letters.begin());
}

/// Of the store.
void Webhooks::remove_letter(std::string const& id) { write({removed(failure_kind, id), removed(delivery_kind, id)}); }

void Webhooks::remove_webhook(std::string const& id) {
  for (InLine const& delivery : dispatcher_.remove_webhook(id)) {
    write({removed(delivery_kind, delivery.id)});
    if (delivery.attempts > 0) write({removed(failure_kind, delivery.id)});  // apart: not there if its first is under way
  }
  for (auto const& [letter, failure] : dead_[id]) remove_letter(letter);
  dead_.erase(id);
}

void Webhooks::forget_old(base::Instant now) {
  if (options_.dead_kept == 0 || now < forget_at_) return;
  forget_at_ = now + forget_every;
  for (auto& [webhook, letters] : dead_) {
    std::erase_if(letters, [&](auto const& entry) {
      bool const old = now - entry.second.next_at > options_.dead_kept;
      if (old) remove_letter(entry.first);
      return old;
    });
  }
}

void Webhooks::show_numbers() {
  std::size_t dead = 0;
  for (auto const& [webhook, letters] : dead_) dead += letters.size();
  dead_count_.set(static_cast<std::int64_t>(dead));
  waiting_.set(static_cast<std::int64_t>(dispatcher_.waiting()));
}

void Webhooks::run(std::stop_token const& stop) {
  std::vector<Task> tasks;
  while (!stop.stop_requested()) {
    for (Task const& task : tasks) task();
    tasks.clear();
    base::Instant const now = clock_();
    begin_attempts(now);
    forget_old(now);
    show_numbers();
    std::chrono::milliseconds wait = look_every;
    if (auto const next = dispatcher_.next(); next && store_.available()) wait = std::clamp(std::chrono::milliseconds{*next - now}, std::chrono::milliseconds{0}, look_every);
    std::unique_lock lock{mutex_};
    wake_.wait_for(lock, stop, wait, [&] { return !tasks_.empty(); });
    tasks.swap(tasks_);
  }
  {
    std::lock_guard const lock{mutex_};
    stopped_ = true;
    std::ranges::move(tasks_, std::back_inserter(tasks));
  }
  for (Task const& task : tasks) task();
}

void Webhooks::begin_attempts(base::Instant now) {
  if (!store_.available()) return;  // what would come of them could not be kept
  for (Dispatcher::Attempt const& one : dispatcher_.start(now)) attempt(one, now);
}

void Webhooks::attempt(Dispatcher::Attempt const& one, base::Instant now) {
  auto const webhooks = configured();
  auto const webhook = webhooks->find(one.webhook);
  auto const document = store_.document(delivery_kind, one.delivery.id);
  if (!document || webhook == webhooks->end()) return dispatcher_.postpone(one.webhook, one.delivery, now + read_again_after);
  auto const delivery = *document ? read_delivery(**document) : std::nullopt;
  if (!delivery) {  // its person was erased
    dispatcher_.finish(one.webhook, one.delivery, Dispatcher::Result::delivered, now);
    write({removed(delivery_kind, one.delivery.id)});
    if (one.delivery.attempts > 1) write({removed(failure_kind, one.delivery.id)});
    return;
  }
  sender_->send(post_of(webhook->second, *delivery, now), [this, one, delivery = *delivery](Outcome const& outcome) {
    post([this, one, delivery, outcome] { ended(one, delivery, outcome); });
  });
}

void Webhooks::ended(Dispatcher::Attempt const& one, Delivery const& delivery, Outcome const& outcome) {
  bool const good = outcome.status >= 200 && outcome.status <= 299;
  base::Instant const now = clock_();
  auto const result = good ? Dispatcher::Result::delivered : outcome.status == gone ? Dispatcher::Result::gone
                                                                                    : Dispatcher::Result::failed;
  (good ? delivered_ : failed_).add();
  auto const finished = dispatcher_.finish(one.webhook, one.delivery, result, now);
  if (!finished) return;  // its webhook was removed, and all of it
  std::string const why = outcome.status != 0 ? fmt::format("answered {}", outcome.status) : outcome.failure;
  switch (finished->verdict) {
    case Dispatcher::Verdict::delivered: {
      took_.observe((now - delivery.at) * 1'000);
      std::vector<records::Change> changes{removed(delivery_kind, delivery.id)};
      if (finished->delivery.attempts > 1) changes.push_back(removed(failure_kind, delivery.id));
      return write(std::move(changes));
    }
    case Dispatcher::Verdict::again:
      return write({kept(failure_of(delivery, finished->delivery, why, false))});
    case Dispatcher::Verdict::dead:
      return bury(failure_of(delivery, finished->delivery, why, true));
  }
}

/// What is kept follows from what happened already, so it must last; a full writer holds this thread up.
void Webhooks::write(std::vector<records::Change> changes, Answer done, std::size_t count) {
  records::Batch const batch{std::move(changes), clock_(), true};
  auto const written = [done = std::move(done), count](records::Stored<records::Nothing> const& stored) {
    if (!done) return;
    if (stored)
      done(count);
    else
      done(stored.error());
  };
  while (!store_.submit(batch, written)) std::this_thread::sleep_for(std::chrono::milliseconds{1});
}

}  // namespace rapport::server::webhooks
