#include "server/api/upkeep.hpp"

#include <gtest/gtest.h>

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
  Upkeep upkeep_{store_, sessions_, tokens_};
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

TEST_F(UpkeepRun, AnswersAreForgottenAfterADay) {
  keep(records::KeepAnswer{"user:a", "old", "h", 200, "{}", now_ + -(base::day + 1)});
  keep(records::KeepAnswer{"user:a", "young", "h", 200, "{}", now_ + -(base::day - base::minute)});
  EXPECT_EQ(upkeep_.run(now_).answers, 1U);
  EXPECT_FALSE(store_.answer("user:a", "old")->has_value());
  EXPECT_TRUE(store_.answer("user:a", "young")->has_value());
}

TEST_F(UpkeepRun, NothingToDoIsWhole) { EXPECT_EQ(upkeep_.run(now_), Removed{}); }

}  // namespace
}  // namespace rapport::server::api
