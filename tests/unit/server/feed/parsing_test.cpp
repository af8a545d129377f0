#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/json/parse.hpp>
#include <string>

#include "base/limits.hpp"
#include "server/feed/client_frame.hpp"
#include "server/feed/cursor.hpp"
#include "server/feed/name.hpp"
#include "server/feed/server_frame.hpp"

namespace rapport::server::feed {
namespace {

TEST(FeedNames, StreamsAreOfFiveKinds) {
  for (std::string const name : {"interaction/7", "conversation/7", "agent/ann", "flags/northwind", "help/northwind", "agent/Zoë"}) {
    EXPECT_TRUE(parse_stream(name)) << name;
  }
  for (std::string const name : {"", "flag", "interaction", "interaction/", "/7", "interaction//7", "interaction/7/typing",
                                 "flags", "help", "agent/a\"b", "agent/a\\b", "agent/a\nb", "queue/7"}) {
    EXPECT_FALSE(parse_stream(name)) << name;
  }
  EXPECT_FALSE(parse_stream("agent/" + std::string(limits::name_bytes_max, 'a')));
}

TEST(FeedNames, TopicsHaveOneToThreeParts) {
  for (std::string const name : {"floor", "queue/Sales & more", "interaction/7/typing"}) EXPECT_TRUE(parse_topic(name)) << name;
  for (std::string const name : {"", "/", "a/b/c/d", "a//b", "a/", "\"", "a\x01"}) EXPECT_FALSE(parse_topic(name)) << name;
}

TEST(FeedNames, OnlyWhatIsDurableKeepsItsNumbers) {
  EXPECT_TRUE(keeps_numbers("interaction/7"));
  EXPECT_TRUE(keeps_numbers("conversation/7"));
  EXPECT_FALSE(keeps_numbers("agent/7"));
  EXPECT_FALSE(keeps_numbers("flags/northwind"));
}

RC_GTEST_PROP(FeedCursor, ComesBackAsItWas, (std::uint64_t epoch, std::uint64_t seq)) {
  std::string const text = write_cursor("interaction/7", {epoch, seq});
  RC_ASSERT(text.size() == 27U);
  RC_ASSERT(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == std::string::npos);
  RC_ASSERT(read_cursor("interaction/7", text) == (Cursor{epoch, seq}));
  RC_ASSERT(!read_cursor("interaction/8", text));
}

RC_GTEST_PROP(FeedCursor, NoOtherTextIsACursor, (std::uint64_t epoch, std::uint64_t seq, unsigned char letter)) {
  std::string const text = write_cursor("flags/northwind", {epoch, seq});
  for (std::size_t place = 0; place < text.size(); ++place) {
    std::string changed = text;
    if (changed[place] == static_cast<char>(letter)) continue;
    changed[place] = static_cast<char>(letter);
    RC_ASSERT(!read_cursor("flags/northwind", changed));
  }
  RC_ASSERT(!read_cursor("flags/northwind", text.substr(1)));
  RC_ASSERT(!read_cursor("flags/northwind", text + "A"));
  RC_ASSERT(!read_cursor("flags/northwind", ""));
}

TEST(FeedClientFrame, SaysWhatAClientAsksFor) {
  auto const frame = parse_client_frame(R"({"subscribe":[{"stream":"flags/northwind","after":"x"},{"topic":"floor"},{"stream":"no"}],"id":7})");
  ASSERT_TRUE(frame);
  ClientFrame expected;
  expected.id = 7;
  expected.items = {{Name{NameKind::stream, "flags/northwind"}, "x"}, {Name{NameKind::topic, "floor"}, {}}, {{}, {}}};
  EXPECT_EQ(*frame, expected);
  auto const leaving = parse_client_frame(R"({"id":0,"unsubscribe":[{"topic":"floor"}]})");
  ASSERT_TRUE(leaving);
  EXPECT_EQ(leaving->verb, ClientFrame::Verb::unsubscribe);
}

TEST(FeedClientFrame, RefusesEverythingElse) {
  std::string many = R"({"id":1,"subscribe":[)";
  for (std::size_t item = 0; item <= limits::feed_items_max; ++item) many += std::string{item == 0 ? "" : ","} + R"({"stream":"flags/northwind"})";
  for (std::string const& text : std::vector<std::string>{
           "", "no json", "[]", "7", "{}", R"({"id":1})", R"({"subscribe":[{"stream":"flags/northwind"}]})",
           R"({"subscribe":[{"stream":"flags/northwind"}],"id":-1})", R"({"subscribe":[{"stream":"flags/northwind"}],"id":"1"})",
           R"({"subscribe":[{"stream":"flags/northwind"}],"id":1.5})", R"({"subscribe":[{"stream":"flags/northwind"}],"id":9007199254740992})",
           R"({"subscribe":[],"id":1})", R"({"subscribe":{"stream":"flags/northwind"},"id":1})",
           R"({"subscribe":[{"stream":"flags/northwind"}],"unsubscribe":[{"stream":"flags/northwind"}],"id":1})",
           R"({"subscribe":[{"stream":"flags/northwind"}],"id":1,"more":1})", R"({"subscribe":[{"stream":"flags/northwind","topic":"floor"}],"id":1})",
           R"({"subscribe":[{"topic":"floor","after":"x"}],"id":1})", R"({"subscribe":[{"stream":"flags/northwind","after":7}],"id":1})",
           R"({"unsubscribe":[{"stream":"flags/northwind","after":"x"}],"id":1})", R"({"subscribe":["flags/northwind"],"id":1})",
           R"({"subscribe":[{"stream":7}],"id":1})", R"({"subscribe":[{"stream":"flags/northwind","x":1}],"id":1})",
           R"({"subscribe":[{"stream":"flags/northwind"}],"id":1} {})", "[[[[[[[[[[]]]]]]]]]]", many + "]}"}) {
    EXPECT_FALSE(parse_client_frame(text)) << text.substr(0, 100);
  }
  EXPECT_FALSE(parse_client_frame(R"({"id":1,"subscribe":[{"stream":"flags/northwind"}])" + std::string(limits::feed_client_frame_bytes_max, ' ') + "}"));
}

TEST(FeedClientFrame, ARefusalNamesTheFrameWhereItCan) {
  EXPECT_EQ(parse_client_frame(R"({"subscribe":7,"id":12})").error().id, 12);
  EXPECT_EQ(parse_client_frame("{").error().id, std::nullopt);
}

TEST(FeedServerFrame, EveryFrameIsJson) {
  for (Frame const& frame : {hello_frame("1.0", {}, 1), heartbeat_frame({}), event_frame("flags/northwind", {1, 2}, "{}"), reset_frame("flags/northwind", {1, 2}, "[]"),
                             ended_frame("flags/northwind", "closed"), topic_frame("floor", 3, "null"), removed_frame("floor", 4),
                             topic_ended_frame("floor", "forbidden"), stale_frame({"flags/northwind", "help"}), stale_frame({}), done_frame(9),
                             error_frame({"forbidden", 1, 2, "a \"quoted\" word"}), error_frame({"bad_frame", {}, {}, {}})}) {
    EXPECT_NO_THROW(boost::json::parse(*frame)) << *frame;
  }
  EXPECT_EQ(*stale_frame({"flags/northwind", "help"}), R"({"stale":["flags/northwind","help"]})");
  EXPECT_EQ(*error_frame({"forbidden", 1, 2, "a \"b\""}), R"({"error":"forbidden","id":1,"item":2,"detail":"a \"b\""})");
}

}  // namespace
}  // namespace rapport::server::feed
