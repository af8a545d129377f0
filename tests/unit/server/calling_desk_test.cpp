#include "server/api/calling_desk.hpp"

#include <gtest/gtest.h>

#include "base/limits.hpp"
#include "support/memory_store.hpp"

namespace rapport::server::api {
namespace {

/// A list with one who is to be called.
class CallingDeskOfOne : public ::testing::Test {
 protected:
  CallingDeskOfOne() {
    CallingEntry kept;
    kept.entry.id = "e-1";
    kept.entry.list = "spring";
    kept.entry.number = "+441632960001";
    kept.entry.country = "GB";
    kept.entry.attempts = 1;
    kept.entry.next_at = now_;
    kept.brand = "northwind";
    EXPECT_TRUE(store_.commit({{to_document(kept), list(3)}, now_, false}));
    EXPECT_TRUE(desk_.load());
  }
  ~CallingDeskOfOne() override { readers_.finish(); }

  static records::PutDocument list(int attempts_max) {
    return {std::string{calling_list_kind}, "spring", "northwind", {}, R"({"queue":"sales","active":true,"window":"00:00-23:59","attempts_max":)" + std::to_string(attempts_max) + "}", {}, {}, {}};
  }
  /// What the agent has before them now, of anybody's.
  std::string next(std::string const& agent) {
    std::vector<std::string> const queues{"sales"};
    auto const taken = desk_.take(agent, queues, now_);
    return taken && *taken ? (**taken).kept.entry.id : std::string{};
  }
  /// Ana calls; the centre answers so.
  void call(std::string const& interaction, centre::Granted<centre::Outcome> const& answer) {
    ASSERT_EQ(next("ana"), "e-1");
    auto preview = desk_.in_hand("ana", now_);
    ASSERT_TRUE(preview && *preview);
    ASSERT_TRUE(desk_.begin("ana", std::move((**preview).kept), interaction, now_));
    desk_.began(interaction, answer);
  }

  base::Instant now_{1'780'000'000'000};
  test::MemoryStore store_;
  base::Metrics metrics_;
  http::WorkerPool readers_{"readers", 1, metrics_};
  CallingDesk desk_{{store_, readers_, [this] { return now_; }, metrics_, [](std::string_view, base::Instant, base::Millis, base::Millis) { return true; }}};
};

TEST_F(CallingDeskOfOne, ACallOfWhichAPartWasNotKeptBeganAndNobodyElseCalls) {
  call("i-1", centre::refusal(centre::refused::not_kept, "conflict"));
  EXPECT_EQ(desk_.progress("spring").calling, 1U);
  EXPECT_EQ(desk_.number_called("i-1"), "+441632960001");
  desk_.release("ana");
  EXPECT_EQ(next("ben"), "");
}

TEST_F(CallingDeskOfOne, ACallThatTheCentreRefusedDidNotBegin) {
  call("i-1", centre::refusal(centre::refused::store_unavailable));
  EXPECT_EQ(desk_.progress("spring").calling, 0U);
  desk_.release("ana");
  EXPECT_EQ(next("ben"), "e-1");
}

TEST_F(CallingDeskOfOne, AListThatAsksForFewerCallsIsKeptSo) {
  ASSERT_TRUE(store_.commit({{list(1)}, now_, false}));
  desk_.list_changed(**store_.document(calling_list_kind, "spring"), false);
  EXPECT_EQ(desk_.progress("spring").waiting, 0U);
  EXPECT_EQ(to_calling_entry(**store_.document(calling_entry_kind, "e-1"))->entry.state, calling::State::done);
}

TEST(CallingDesk, StartsWithAllThatARemovedListLeftAndForgetsIt) {
  test::MemoryStore store;
  base::Instant const now{1'780'000'000'000};
  std::size_t const many = limits::batch_changes_max + 1;  // more than one batch holds
  for (std::size_t i = 0; i < many; ++i) {
    CallingEntry left;
    left.entry.id = std::to_string(i);
    left.entry.list = "gone";
    left.entry.number = "+441632960001";
    left.brand = "northwind";
    ASSERT_TRUE(store.commit({{to_document(left)}, now, false}));
  }
  base::Metrics metrics;
  http::WorkerPool readers{"readers", 1, metrics};
  CallingDesk desk{{store, readers, [&] { return now; }, metrics, [](std::string_view, base::Instant, base::Millis, base::Millis) { return true; }}};
  EXPECT_TRUE(desk.load());
  EXPECT_TRUE(store.documents(calling_entry_kind, std::nullopt, {}, 1)->documents.empty());
  readers.finish();
}

}  // namespace
}  // namespace rapport::server::api
