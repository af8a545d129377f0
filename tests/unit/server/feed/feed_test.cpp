#include "server/feed/feed.hpp"

#include <gtest/gtest.h>

#include <future>

namespace rapport::server::feed {
namespace {

TEST(Feed, TellsLoginsUntilItHasStopped) {
  FeedSources sources;
  sources.may_subscribe = [](Subscriber const&, Name const&, Decide const& decide) { decide(true); };
  sources.snapshot = [](std::string const&, TakeSnapshot const& take) { take(std::nullopt); };
  Feed feed{std::move(sources), {"1.2.3", 7}, [] { return base::Instant{1}; }};
  std::promise<std::vector<std::string>> told;
  ASSERT_TRUE(feed.tell_logins([&](std::vector<std::string> logins) { told.set_value(std::move(logins)); }));
  EXPECT_TRUE(told.get_future().get().empty());
  feed.stop();
  EXPECT_FALSE(feed.tell_logins([](std::vector<std::string> const&) { ADD_FAILURE() << "told by whom?"; }));
}

}  // namespace
}  // namespace rapport::server::feed
