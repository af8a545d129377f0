#include "server/api/drafts.hpp"

#include <gtest/gtest.h>

#include "base/metrics.hpp"
#include "support/memory_store.hpp"

namespace rapport::server::api {
namespace {

TEST(DraftKeeper, ADraftGoesWhenItsInteractionLeavesTheAgentsHands) {
  test::MemoryStore store;
  base::Metrics metrics;
  http::WorkerPool readers{"readers", 1, metrics};
  DraftKeeper keeper{store, readers, [] { return base::Instant{5}; }};
  for (char const* const id : {"i-1/ana", "i-1/ben", "i-2/ana"}) {
    ASSERT_TRUE(store.commit({{records::PutDocument{std::string{draft_kind}, id, "northwind", "c-1", R"({"text":"x"})", {}, {}, {}}}, {1}, false}));
  }
  auto const news = [](centre::AgentNews::Kind kind, std::string interaction) {
    return centre::AgentNews{"ana", kind, std::move(interaction), false, {}, {}, std::nullopt};
  };
  keeper.on(news(centre::AgentNews::Kind::connected, "i-2"));
  keeper.on(news(centre::AgentNews::Kind::gone, "i-1"));
  keeper.on(news(centre::AgentNews::Kind::gone, "i-9"));
  readers.finish();
  EXPECT_FALSE(store.document(draft_kind, "i-1/ana")->has_value());
  EXPECT_TRUE(store.document(draft_kind, "i-1/ben")->has_value()) << "another agent's";
  EXPECT_TRUE(store.document(draft_kind, "i-2/ana")->has_value()) << "still in hand";
}

}  // namespace
}  // namespace rapport::server::api
