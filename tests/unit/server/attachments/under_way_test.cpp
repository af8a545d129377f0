#include "server/attachments/under_way.hpp"

#include <gtest/gtest.h>

namespace rapport::server::attachments {
namespace {

TEST(UnderWay, CountsByInteractionAndLetsOneOfAMessageInAtATime) {
  auto const uploads = std::make_shared<UnderWay>();
  auto first = uploads->enter("i1", "m1");
  auto nameless = uploads->enter("i1", "");
  auto another = uploads->enter("i1", "");
  auto const elsewhere = uploads->enter("i2", "m1");
  ASSERT_TRUE(first && nameless && another && elsewhere);
  EXPECT_FALSE(uploads->enter("i1", "m1"));
  EXPECT_EQ(uploads->count("i1"), 3U);
  EXPECT_EQ(uploads->count("i2"), 1U);
  EXPECT_EQ(uploads->count("i3"), 0U);
  first.reset();
  nameless.reset();
  EXPECT_EQ(uploads->count("i1"), 1U);
  EXPECT_TRUE(uploads->enter("i1", "m1"));
  EXPECT_EQ(uploads->count("i1"), 1U) << "that one ended at once";
}

}  // namespace
}  // namespace rapport::server::attachments
