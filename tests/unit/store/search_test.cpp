#include <set>

#include "store_fixture.hpp"

namespace rapport::store {
namespace {

using namespace records;

class Search : public EachStore {
 protected:
  std::vector<std::string> found(InteractionQuery const& query) {
    std::vector<std::string> ids;
    for (auto const& row : got(store_->search(query)).rows) ids.push_back(row.id);
    return ids;
  }
  using Ids = std::vector<std::string>;
};
RAPPORT_ON_EACH_STORE(Search);

TEST_P(Search, FindsByEveryCondition) {
  auto one = make_row("one", 1'000);
  one.case_id = "k1";
  one.disposition = "sold";
  one.outcome = "won";
  one.score = 40'000;
  one.missed = {"greet", "thank"};
  auto two = make_row("two", 2'000);
  two.brand = "globex";
  two.customer = "c2";
  two.queue = "service";
  two.agents = {"bob", "ann"};
  two.channel = domain::Channel::chat;
  two.score = 90'000;
  two.missed = {"thank"};
  auto live = make_row("live", 3'000);
  live.agents = {};
  put({make_closing(one, "the red parcel is lost"), make_closing(two, "a red bicycle"), OpenInteraction{live, {}}});

  EXPECT_EQ(found({}), (Ids{"live", "two", "one"}));
  auto const by = [&](auto set) {
    InteractionQuery query;
    set(query);
    return found(query);
  };
  EXPECT_EQ(by([](auto& q) { q.brands = {"acme"}; }), (Ids{"live", "one"}));
  EXPECT_EQ(by([](auto& q) { q.brands = {"acme", "globex"}; }), (Ids{"live", "two", "one"}));
  EXPECT_EQ(by([](auto& q) { q.customer = "c2"; }), Ids{"two"});
  EXPECT_EQ(by([](auto& q) { q.agent = "ann"; }), (Ids{"two", "one"}));
  EXPECT_EQ(by([](auto& q) { q.agent = "bob"; }), Ids{"two"});
  EXPECT_EQ(by([](auto& q) { q.queue = "sales"; }), (Ids{"live", "one"}));
  EXPECT_EQ(by([](auto& q) { q.case_id = "k1"; }), Ids{"one"});
  EXPECT_EQ(by([](auto& q) { q.disposition = "sold"; }), Ids{"one"});
  EXPECT_EQ(by([](auto& q) { q.outcome = "won"; }), Ids{"one"});
  EXPECT_EQ(by([](auto& q) { q.missed = "thank"; }), (Ids{"two", "one"}));
  EXPECT_EQ(by([](auto& q) { q.channel = domain::Channel::chat; }), Ids{"two"});
  EXPECT_EQ(by([](auto& q) { q.score_below = 90'000; }), Ids{"one"});
  EXPECT_EQ(by([](auto& q) { q.live = true; }), Ids{"live"});
  EXPECT_EQ(by([](auto& q) { q.live = false; }), (Ids{"two", "one"}));
  EXPECT_EQ(by([](auto& q) { q.from = base::Instant{2'000}; }), (Ids{"live", "two"}));
  EXPECT_EQ(by([](auto& q) { q.to = base::Instant{2'000}; }), Ids{"one"});
  EXPECT_EQ(by([](auto& q) { q.words = "red"; }), (Ids{"two", "one"}));
  EXPECT_EQ(by([](auto& q) { q.words = "Parcel, RED!"; }), Ids{"one"});
  EXPECT_EQ(by([](auto& q) { q.words = "parcel bicycle"; }), Ids{});
  EXPECT_EQ(by([](auto& q) { q.words = "..."; }), Ids{});
  EXPECT_EQ(by([](auto& q) { q.words = "red"; q.agent = "bob"; q.missed = "thank"; q.brands = {"globex"}; }), Ids{"two"});
  EXPECT_EQ(by([](auto& q) { q.words = "red"; q.customer = "c1"; q.agent = "ann"; q.missed = "greet"; }), Ids{"one"});
  EXPECT_EQ(by([](auto& q) { q.missed = "thank"; q.agent = "ann"; q.queue = "sales"; q.disposition = "sold"; }), Ids{"one"});
  EXPECT_EQ(by([](auto& q) { q.brands = {"'; DROP TABLE interactions; --"}; }), Ids{});
  EXPECT_EQ(got(store_->search({})).rows[2], got(store_->interaction("one"))->row);
}

TEST_P(Search, GoesThroughPagesWithoutGapOrRepeat) {
  // Many begin in the same millisecond: they have an order too.
  constexpr int count = 60;
  for (int number = 0; number < count; ++number) put({make_closing(make_row("i" + std::to_string(number), 1'000 + number / 20), "word")});
  for (std::string const words : {"", "word"}) {
    InteractionQuery query;
    query.words = words;
    query.limit = 7;
    std::set<std::string> seen;
    base::Instant last{base::day};
    for (bool more = true; more;) {
      auto const page = got(store_->search(query));
      for (auto const& row : page.rows) {
        EXPECT_TRUE(seen.insert(row.id).second) << row.id;
        EXPECT_LE(row.started_at, last);
        last = row.started_at;
      }
      more = page.more;
      ASSERT_FALSE(page.rows.empty());
      query.after = {page.rows.back().started_at, page.rows.back().id};
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(count));
  }
}

TEST_P(Search, KnowsWordsOfEveryAlphabet) {
  put({make_closing(make_row("i1"), "Grüße aus KÖLN, don\u2019t Привет 日本語 4711")});
  auto const has = [&](std::string words) {
    InteractionQuery query;
    query.words = std::move(words);
    return found(query).size() == 1;
  };
  for (std::string const words : {"grüße", "GRÜßE köln", "dont", "don't", "привет", "ПРИВЕТ", "日", "本語", "4711", "and or not don't"}) {
    EXPECT_EQ(has(words), words.find("and") == std::string::npos) << words;
  }
  EXPECT_FALSE(has("grus"));
}

}  // namespace
}  // namespace rapport::store
