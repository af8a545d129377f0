#include "server/api/upkeep.hpp"

#include <gtest/gtest.h>

#include "centre/inbox_document.hpp"
#include "records/newest_first.hpp"
#include "server/api/drafts.hpp"
#include "server/api/reviews.hpp"
#include "support/memory_store.hpp"

namespace rapport::server::api {
namespace {

class UpkeepRun : public testing::Test {
 protected:
  void keep(records::Change change) { ASSERT_TRUE(store_.commit({{std::move(change)}, now_, true})); }
  void brand(std::string id, std::string retention) {
    keep(records::PutDocument{"brand", std::move(id), {}, {}, R"({"name":"x","retention_days":)" + retention + "}", {}, {}, {}});
  }
  void closed(std::string const& id, std::string brand, domain::Channel channel, base::Millis ago) {
    records::InteractionRow row;
    row.id = id;
    row.brand = std::move(brand);
    row.channel = channel;
    row.customer = id;
    row.started_at = now_ + -(ago + base::hour);
    keep(records::OpenInteraction{row, {"{}", "{}"}});
    row.closed_at = now_ + -ago;
    keep(records::CloseInteraction{row, {"{}", "{}"}, {}, std::nullopt});
  }
  bool there(std::string const& id) { return store_.interaction(id)->has_value(); }

  base::Instant now_{1'780'000'000'000};
  test::MemoryStore store_;
  people::Sessions sessions_{store_, {}};
  people::ApiTokens tokens_{store_};
  recordings::Shelf shelf_{store_, "no-such-folder", [this] { return now_; }};
  Upkeep upkeep_{store_, shelf_, sessions_, tokens_, 0};
};

TEST_F(UpkeepRun, InteractionsGoWhenTheirBrandNoLongerKeepsTheirChannels) {
  brand("northwind", R"({"chat":30})");
  brand("southwind", "{}");
  closed("old", "northwind", domain::Channel::chat, 31 * base::day);
  closed("young", "northwind", domain::Channel::chat, 29 * base::day);
  closed("call", "northwind", domain::Channel::voice, 400 * base::day);
  closed("other", "southwind", domain::Channel::chat, 400 * base::day);
  EXPECT_EQ(upkeep_.run(now_).interactions, 1U);
  EXPECT_FALSE(there("old"));
  EXPECT_TRUE(there("young"));
  EXPECT_TRUE(there("call"));
  EXPECT_TRUE(there("other"));
}

TEST_F(UpkeepRun, TheConfigurationHoldsWhereABrandSaysNothing) {
  brand("northwind", R"({"chat":100})");
  closed("chat", "northwind", domain::Channel::chat, 50 * base::day);
  closed("old", "northwind", domain::Channel::voice, 31 * base::day);
  closed("young", "northwind", domain::Channel::voice, 29 * base::day);
  Upkeep upkeep{store_, shelf_, sessions_, tokens_, 30 * base::day};
  EXPECT_EQ(upkeep.run(now_).interactions, 1U);
  EXPECT_TRUE(there("chat"));
  EXPECT_FALSE(there("old"));
  EXPECT_TRUE(there("young"));
}

TEST_F(UpkeepRun, AnswersAreForgottenAfterADay) {
  keep(records::KeepAnswer{"user:a", "old", "h", 200, "{}", now_ + -(base::day + 1)});
  keep(records::KeepAnswer{"user:a", "young", "h", 200, "{}", now_ + -(base::day - base::minute)});
  EXPECT_EQ(upkeep_.run(now_).answers, 1U);
  EXPECT_FALSE(store_.answer("user:a", "old")->has_value());
  EXPECT_TRUE(store_.answer("user:a", "young")->has_value());
}

TEST_F(UpkeepRun, WhatWasListedOfRemovedInteractionsGoesWithThem) {
  std::string const old_id = "00000000-0000-7000-8000-000000000001";
  std::string const young_id = "00000000-0000-7000-8000-000000000002";
  brand("northwind", R"({"chat":30})");
  closed(old_id, "northwind", domain::Channel::chat, 31 * base::day);
  closed(young_id, "northwind", domain::Channel::chat, 29 * base::day);
  for (auto const& [id, ago] : {std::pair{old_id, 31}, std::pair{young_id, 29}}) {
    base::Instant const at = now_ + -(ago * base::day + base::hour);
    for (std::string_view const kind : {review_kind, centre::inbox_kind, centre::inbox_done_kind}) {
      keep(records::PutDocument{std::string{kind}, records::newest_first_id(at, id + "-x"), "northwind", {}, "{}", {}, {}, {}});
    }
  }
  EXPECT_EQ(upkeep_.run(now_).leftovers, 3U);
  EXPECT_EQ(store_.documents(review_kind, "northwind", {}, 10)->documents.size(), 1U);
}

TEST_F(UpkeepRun, WhatAnEarlierRunLeftGoes) {
  brand("northwind", R"({"chat":30})");
  base::Instant const at = now_ + -(31 * base::day);
  keep(records::PutDocument{std::string{review_kind}, records::newest_first_id(at, "00000000-0000-7000-8000-000000000001-x"), "northwind", {}, "{}", {}, {}, {}});
  Removed const removed = upkeep_.run(now_);
  EXPECT_EQ(removed.interactions, 0U);
  EXPECT_EQ(removed.leftovers, 1U);
}

TEST_F(UpkeepRun, DraftsOfWhatIsOverGo) {
  closed("over", "northwind", domain::Channel::chat, base::hour);
  records::InteractionRow live;
  live.id = "live";
  keep(records::OpenInteraction{live, {"{}", "{}"}});
  for (char const* const id : {"over/ana", "live/ana", "gone/ana"}) keep(records::PutDocument{std::string{draft_kind}, id, "northwind", {}, R"({"text":"x"})", {}, {}, {}});
  EXPECT_EQ(upkeep_.run(now_).drafts, 2U);
  EXPECT_TRUE(store_.document(draft_kind, "live/ana")->has_value());
}

TEST_F(UpkeepRun, NothingToDoIsWhole) { EXPECT_EQ(upkeep_.run(now_), Removed{}); }

}  // namespace
}  // namespace rapport::server::api
