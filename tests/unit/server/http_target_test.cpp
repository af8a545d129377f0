#include "server/http/target.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/limits.hpp"
#include "server/http/utf8.hpp"

namespace rapport::server::http {
namespace {

using Strings = std::vector<std::string>;

TargetError error_of(std::string_view text) {
  auto const target = parse_target(text);
  EXPECT_FALSE(target) << text;
  return target ? TargetError{} : target.error();
}

TEST(Target, SplitsBeforeItDecodes) {
  auto const target = parse_target("/api/a%2Fb/caf%C3%A9?name=a+b%26c&empty&x=1&x=2");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->segments, (Strings{"api", "a/b", "café"}));
  EXPECT_EQ(target->query.find("name"), "a b&c");
  EXPECT_EQ(target->query.find("empty"), "");
  EXPECT_EQ(target->query.find("x"), "1");
  EXPECT_EQ(target->query.count("x"), 2U);
  EXPECT_FALSE(target->query.find("absent"));
}

TEST(Target, ReadsEveryForm) {
  EXPECT_TRUE(parse_target("*")->asterisk);
  EXPECT_EQ(parse_target("/")->segments, Strings{""});
  EXPECT_EQ(parse_target("/a/")->segments, (Strings{"a", ""}));
  EXPECT_EQ(parse_target("http://host:80/a?b=c")->segments, Strings{"a"});
  EXPECT_EQ(parse_target("https://host")->segments, Strings{""});
  EXPECT_EQ(parse_target("/a/b")->path(), "/a/b");
}

TEST(Target, RefusesByName) {
  EXPECT_EQ(error_of(""), TargetError::bad_form);
  EXPECT_EQ(error_of("a/b"), TargetError::bad_form);
  EXPECT_EQ(error_of("ftp://host/a"), TargetError::bad_form);
  EXPECT_EQ(error_of("http:///a"), TargetError::bad_form);
  EXPECT_EQ(error_of("/a#b"), TargetError::bad_character);
  EXPECT_EQ(error_of("/a\"b"), TargetError::bad_character);
  EXPECT_EQ(error_of("/caf\xC3\xA9"), TargetError::bad_character);
  EXPECT_EQ(error_of("/%"), TargetError::bad_escape);
  EXPECT_EQ(error_of("/%4"), TargetError::bad_escape);
  EXPECT_EQ(error_of("/%zz"), TargetError::bad_escape);
  EXPECT_EQ(error_of("/?a=%G0"), TargetError::bad_escape);
  EXPECT_EQ(error_of("/%00"), TargetError::bad_text);
  EXPECT_EQ(error_of("/%0d%0a"), TargetError::bad_text);
  EXPECT_EQ(error_of("/%C0%AF"), TargetError::bad_text);     // an overlong "/"
  EXPECT_EQ(error_of("/%ED%A0%80"), TargetError::bad_text);  // a surrogate
  EXPECT_EQ(error_of("/a/../b"), TargetError::dot_segment);
  EXPECT_EQ(error_of("/a/%2e%2E/b"), TargetError::dot_segment);
  EXPECT_EQ(error_of("/./b"), TargetError::dot_segment);
}

TEST(Target, LimitsSegmentsAndParameters) {
  std::string path;
  for (std::size_t count = 0; count < limits::http_path_segments_max; ++count) path += "/a";
  EXPECT_TRUE(parse_target(path));
  EXPECT_EQ(error_of(path + "/a"), TargetError::too_many);
  std::string query = "/?";
  for (std::size_t count = 0; count < limits::http_query_parameters_max; ++count) query += "a&";
  EXPECT_TRUE(parse_target(query));
  EXPECT_EQ(error_of(query + "a"), TargetError::too_many);
}

RC_GTEST_PROP(TargetProperty, WhatIsEncodedIsReadBack, (std::string const& text)) {
  auto const decoded = percent_decode(percent_encode(text), false);
  bool const readable = valid_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
                          return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
                        });
  RC_ASSERT(static_cast<bool>(decoded) == readable);
  if (decoded) RC_ASSERT(*decoded == text);
}

TEST(Utf8, FollowsTheTableOfRfc3629) {
  EXPECT_TRUE(valid_utf8("plain text of more than eight bytes, é, €, \U0001F600"));
  EXPECT_TRUE(valid_utf8("\xF4\x8F\xBF\xBF"));
  for (std::string_view const bad : {"\x80", "\xC1\x81", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
                                     "\xF5\x80\x80\x80", "\xE2\x82", "\xC3", "12345678\xFF"}) {
    EXPECT_FALSE(valid_utf8(bad));
  }
}

}  // namespace
}  // namespace rapport::server::http
