#include "centre/centre.hpp"

#include <gtest/gtest.h>

#include <future>
#include <mutex>
#include <thread>

#include "base/limits.hpp"
#include "support/small_centre.hpp"

namespace rapport::centre {
namespace {

using test::ana;
using test::ben;
using test::SmallCentre;

/// Remembers what was published.
class Recorder final : public Listener {
 public:
  void on(Publication const& publication) override {
    std::lock_guard const lock{mutex_};
    told_.push_back(publication);
  }
  std::size_t events() const {
    std::lock_guard const lock{mutex_};
    return static_cast<std::size_t>(std::ranges::count_if(told_, [](Publication const& one) { return std::holds_alternative<EventHappened>(one); }));
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Publication> told_;
};

class CentreThread : public testing::Test {
 protected:
  CentreThread() : centre_(
                       store_, {&recorder_}, [this] { return base::Instant{now_ms_.fetch_add(1) + 1}; }, 7, metrics_) {
    EXPECT_TRUE(centre_.start(SmallCentre::configuration()));
  }
  ~CentreThread() override {
    if (store_.waiting() > 0) store_.complete();
    centre_.stop();
  }

  static Centre::Request request(Command command, std::string key = {}, std::string hash = "h", Actor actor = {}) {
    return {std::move(command), std::move(actor), "user:x", std::move(key), std::move(hash), {}};
  }
  Granted<Outcome> ask(Centre::Request one) {
    auto promise = std::make_shared<std::promise<Granted<Outcome>>>();
    auto answer = promise->get_future();
    centre_.submit(std::move(one), [promise](Granted<Outcome> outcome) { promise->set_value(std::move(outcome)); });
    EXPECT_EQ(answer.wait_for(std::chrono::minutes{2}), std::future_status::ready);
    return answer.get();
  }
  StartInteraction start() const { return SmallCentre{}.start(); }

  test::MemoryStore store_;
  base::Metrics metrics_;
  Recorder recorder_;
  std::atomic<std::int64_t> now_ms_{1'780'000'000'000};
  Centre centre_;
};

TEST_F(CentreThread, NothingIsToldBeforeItIsDurable) {
  store_.complete_by_hand();
  std::atomic<bool> answered{false};
  centre_.submit(request(start()), [&](Granted<Outcome> const&) { answered = true; });
  while (store_.waiting() == 0) std::this_thread::yield();
  EXPECT_FALSE(answered);
  EXPECT_EQ(recorder_.events(), 0U);
  while (!answered) store_.complete();
  EXPECT_GT(recorder_.events(), 0U);
}

TEST_F(CentreThread, TheSameKeyGivesTheSameAnswer) {
  auto const first = ask(request(start(), "key-1"));
  auto const again = ask(request(start(), "key-1"));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->interaction, again->interaction);
  EXPECT_FALSE(first->repeated);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(centre_.started(), 1U);
  auto const reused = ask(request(start(), "key-1", "another request"));
  ASSERT_FALSE(reused);
  EXPECT_EQ(reused.error().code, "key_reused");
}

TEST_F(CentreThread, ARepeatThatComesMeanwhileIsAnsweredWithTheFirst) {
  store_.complete_by_hand();
  std::promise<std::string> first;
  std::promise<std::string> second;
  centre_.submit(request(start(), "key-1"), [&](Granted<Outcome> done) { first.set_value(done->interaction); });
  centre_.submit(request(start(), "key-1"), [&](Granted<Outcome> done) { second.set_value(done->interaction); });
  centre_.inspect([](Core const&) {}, [] {});
  auto one = first.get_future();
  auto two = second.get_future();
  while (two.wait_for(std::chrono::milliseconds{1}) != std::future_status::ready) store_.complete();
  EXPECT_EQ(one.get(), two.get());
}

TEST_F(CentreThread, CommandsAreRefusedWhileTheStoreIsUnavailableAndGoOnAfter) {
  store_.set_available(false);
  auto const refused = ask(request(start()));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "store_unavailable");
  store_.set_available(true);
  EXPECT_TRUE(ask(request(start())));
}

/// A store that closes while it is unavailable.
class ClosingStore final : public test::MemoryStore {
 public:
  bool submit(records::Batch batch, Done done) override {
    if (!closing) return test::MemoryStore::submit(std::move(batch), std::move(done));
    done(records::StoreError::unavailable);
    return true;
  }
  std::atomic<bool> closing{false};
};

TEST(CentreStops, WhatAClosingStoreRefusesIsNotTold) {
  ClosingStore store;
  Recorder recorder;
  base::Metrics metrics;
  std::atomic<std::int64_t> now_ms{1'780'000'000'000};
  Centre centre{store, {&recorder}, [&] { return base::Instant{now_ms.fetch_add(1)}; }, 7, metrics};
  ASSERT_TRUE(centre.start(SmallCentre::configuration()));
  store.closing = true;
  std::promise<Granted<Outcome>> answer;
  centre.submit({SmallCentre{}.start(), {}, "user:x", "key", "h", {}}, [&](Granted<Outcome> outcome) { answer.set_value(std::move(outcome)); });
  auto const outcome = answer.get_future().get();
  centre.stop();
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, "store_unavailable");
  EXPECT_EQ(recorder.events(), 0U);
}

TEST_F(CentreThread, WhatFollowsFromSomethingDurableIsNotRefusedForTheStoresSake) {
  StartInteraction const abandoned = start();
  std::string const id = ask(request(abandoned))->interaction;
  ASSERT_TRUE(ask(request(EndInteraction{id}, {}, "h", SmallCentre::customer("c-1"))));
  store_.set_available(false);
  std::promise<bool> closed;
  centre_.submit(request(CloseJudged{id, std::nullopt}), [&](Granted<Outcome> const& done) { closed.set_value(bool{done}); });
  auto answer = closed.get_future();
  EXPECT_EQ(ask(request(start())).error().code, "store_unavailable");  // whoever asks from outside
  EXPECT_EQ(answer.wait_for(std::chrono::milliseconds{0}), std::future_status::timeout);
  store_.set_available(true);
  EXPECT_TRUE(answer.get());
  EXPECT_TRUE((**store_.interaction(id)).row.closed_at);
}

TEST_F(CentreThread, TheIdOfAClosedInteractionStartsNoOtherAndTheCentreGoesOn) {
  std::string const id = ask(request(start()))->interaction;
  ASSERT_TRUE(ask(request(EndInteraction{id}, {}, "h", SmallCentre::customer("c-1"))));
  ASSERT_TRUE(ask(request(CloseJudged{id, std::nullopt})));
  auto const closed = *store_.interaction(id);
  StartInteraction again = start();
  again.head.id = id;
  for (int time = 0; time < 2; ++time) {  // nothing is remembered under the key
    auto const refused = ask(request(again, "key-1"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), refusal("interaction_exists", id));
    bool waits = true;
    while (waits) {  // what began in memory is over at once: nobody is offered it
      std::promise<bool> looked;
      centre_.inspect([&](Core const& core) { looked.set_value(core.live(id) != nullptr && core.live(id)->stage != Stage::finished); }, [] {});
      waits = looked.get_future().get();
    }
    ASSERT_TRUE(ask(request(CloseJudged{id, std::nullopt})).error().code == "not_kept");
  }
  EXPECT_EQ(*store_.interaction(id), closed);
  EXPECT_TRUE(ask(request(start())));
  EXPECT_GT(metrics_.counter("rapport_steps_not_whole_total", "").value(), 0U);
}

/// Loses the next event of one interaction, as one that could not be kept: those behind it conflict.
class LosingStore final : public test::MemoryStore {
 public:
  void lose_next_of(std::string interaction) {
    std::lock_guard const lock{losing_};
    of_ = std::move(interaction);
  }
  bool submit(records::Batch batch, Done done) override {
    std::unique_lock lock{losing_};
    auto const lost = std::ranges::find_if(batch.changes, [this](records::Change const& change) {
      auto const* const event = std::get_if<records::AppendEvent>(&change);
      return event != nullptr && event->interaction == of_;
    });
    if (lost != batch.changes.end()) {
      batch.changes.erase(lost);
      of_.clear();
    }
    lock.unlock();
    return test::MemoryStore::submit(std::move(batch), std::move(done));
  }

 private:
  std::mutex losing_;
  std::string of_;
};

TEST(CentreKeeps, WhatTimeBringsToOneContactIsNoAnswerAboutAnother) {
  LosingStore store;
  base::Metrics metrics;
  std::atomic<std::int64_t> now_ms{1'780'000'000'000};
  Centre centre{store, {}, [&] { return base::Instant{now_ms.fetch_add(1)}; }, 7, metrics};
  ASSERT_TRUE(centre.start(SmallCentre::configuration()));
  auto const asked = [&](Command command, std::string key = {}, Actor actor = {}) {
    auto promise = std::make_shared<std::promise<Granted<Outcome>>>();
    centre.submit({std::move(command), std::move(actor), "user:x", std::move(key), "h", {}}, [promise](Granted<Outcome> outcome) { promise->set_value(std::move(outcome)); });
    return promise->get_future();
  };
  for (std::string const& agent : {ana, ben}) ASSERT_TRUE(asked(ChangePresence{agent, routing::Presence::available, {}}).get());
  std::string const offered = asked(SmallCentre{}.start()).get()->interaction;
  store.lose_next_of(offered);
  ASSERT_TRUE(asked(SmallCentre::message(offered, "Hello?"), {}, SmallCentre::customer("c-1")).get());
  // The offer runs out, and goes to the other agent, between two things that wait together: the second one finds it so.
  std::promise<void> both_wait;
  centre.inspect([waits = both_wait.get_future().share()](Core const&) { waits.wait(); }, [] {});
  centre.inspect([&](Core const&) { now_ms += base::minute; }, [] {});
  auto answer = asked(SmallCentre{}.start(), "key-1");
  both_wait.set_value();
  auto const begun = answer.get();
  ASSERT_TRUE(begun) << begun.error().code;
  EXPECT_EQ(metrics.counter("rapport_steps_not_whole_total", "").value(), 1U) << "of the other";
  EXPECT_TRUE(store.answer("user:x", "key-1")->has_value());
  std::promise<bool> lives;
  centre.inspect([&](Core const& core) { lives.set_value(core.live(begun->interaction) != nullptr && core.live(begun->interaction)->stage != Stage::finished); }, [] {});
  EXPECT_TRUE(lives.get_future().get());
  centre.stop();
}

/// Wants so many documents kept with each interaction that begins.
class Wanting final : public Outbox {
 public:
  explicit Wanting(std::size_t count) : count_(count) {}
  Outgoing outgoing(std::vector<Publication> const& publications, base::Instant) override {
    bool const begins = std::ranges::any_of(publications, [](Publication const& one) { return std::holds_alternative<InteractionOpened>(one); });
    if (!begins) return {};
    Outgoing made;
    for (std::size_t i = 0; i < count_; ++i) {
      records::PutDocument document;
      document.kind = "outgoing";
      document.id = std::to_string(i);
      document.body = "{}";
      made.changes.emplace_back(std::move(document));
    }
    made.kept = [this] { ++kept; };
    return made;
  }
  std::atomic<int> kept{0};

 private:
  std::size_t count_;
};

/// The batch that opens an interaction, and how many batches hold what goes out with it.
struct Written {
  std::size_t opening = 0;  ///< changes of that batch that go out
  std::size_t behind = 0;   ///< batches behind it with nothing else
};
Written look_at(std::vector<records::Batch> const& batches) {
  auto const goes_out = [](records::Change const& change) { return std::holds_alternative<records::PutDocument>(change); };
  Written found;
  for (records::Batch const& batch : batches) {
    bool const opens = std::ranges::any_of(batch.changes, [](records::Change const& change) { return std::holds_alternative<records::OpenInteraction>(change); });
    auto const out = static_cast<std::size_t>(std::ranges::count_if(batch.changes, goes_out));
    if (opens)
      found.opening = out;
    else if (out > 0 && out == batch.changes.size())
      ++found.behind;
  }
  return found;
}

TEST(CentreOutbox, WhatGoesOutIsKeptWithWhatItTellsOf) {
  for (std::size_t const count : {std::size_t{3}, 2 * limits::batch_changes_max}) {
    test::MemoryStore store;
    base::Metrics metrics;
    Wanting outbox{count};
    std::atomic<std::int64_t> now_ms{1'780'000'000'000};
    Centre centre{store, {}, [&] { return base::Instant{now_ms.fetch_add(1)}; }, 7, metrics, &outbox};
    ASSERT_TRUE(centre.start(SmallCentre::configuration()));
    std::promise<int> kept;
    centre.submit({SmallCentre{}.start(), {}, "user:x", {}, "h", {}}, [&](Granted<Outcome> const& outcome) { kept.set_value(outcome ? outbox.kept.load() : -1); });
    EXPECT_EQ(kept.get_future().get(), 1) << "kept before anybody gets an answer";
    Written const written = look_at(store.written());
    bool const fits = count < limits::batch_changes_max;
    EXPECT_EQ(written.opening == count, fits);
    EXPECT_GT(written.opening, 0U);
    EXPECT_EQ(written.behind, fits ? 0U : 2U) << "what does not fit comes behind";
    EXPECT_EQ(store.documents("outgoing", std::nullopt, {}, 1)->documents.size(), 1U);
    centre.stop();
  }
}

TEST_F(CentreThread, ManyThreadsAtOnce) {
  constexpr int threads = 4;
  constexpr int each = 50;
  std::atomic<int> granted{0};
  {
    std::vector<std::jthread> all;
    for (int i = 0; i < threads; ++i) {
      all.emplace_back([&] {
        for (int n = 0; n < each; ++n) granted += ask(request(start())) ? 1 : 0;
      });
    }
  }
  EXPECT_EQ(granted, threads * each);
  std::size_t live = 0;
  std::promise<void> looked;
  centre_.inspect([&](Core const& core) { live = core.live_count(); }, [&] { looked.set_value(); });
  looked.get_future().wait();
  EXPECT_EQ(live, std::size_t{threads * each});
}

TEST_F(CentreThread, AStoppedCentreIsTakenUpByTheNext) {
  std::string const id = ask(request(start()))->interaction;
  centre_.stop();
  EXPECT_EQ(ask(request(start())).error().code, "busy");
  Recorder recorder;
  base::Metrics other;
  Centre next{store_, {&recorder}, [this] { return base::Instant{now_ms_.fetch_add(1)}; }, 8, other};
  ASSERT_TRUE(next.start(SmallCentre::configuration()));
  std::promise<bool> found;
  next.inspect([&](Core const& core) { found.set_value(core.live(id) != nullptr); }, [] {});
  EXPECT_TRUE(found.get_future().get());
  next.stop();
}

}  // namespace
}  // namespace rapport::centre
