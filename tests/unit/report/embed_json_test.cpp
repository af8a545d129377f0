#include "report/embed_json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <simdjson.h>

#include "timeline/formats/json_write.hpp"

namespace rapport::report {
namespace {

TEST(EmbedJson, SealsWhatCouldEndAScriptElement) {
  EXPECT_EQ(seal(R"({"a":"</script><!--"})"), R"({"a":"\u003c/script>\u003c!--"})");
  EXPECT_EQ(seal("[\"\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA6\"]"), "[\"\\u2028\\u2029\xE2\x80\xA6\"]");
  EXPECT_EQ(seal("\xE2\x80"), "\xE2\x80");
}

RC_GTEST_PROP(EmbedJson, SealedTextReadsBackAsItWas, (std::vector<std::uint8_t> const& picks)) {
  std::vector<std::string> const pieces{"<", "</script>", "\xE2\x80\xA8", "\xE2\x80\xA9", "\"", "\\", "\n", "a", "é", "😀", "\x01", "<!--", "]]>"};
  std::string text;
  for (std::uint8_t const pick : picks) text += pieces[pick % pieces.size()];
  std::string json;
  timeline::formats::append_json_text(json, text);
  std::string const sealed = seal(json);
  RC_ASSERT(sealed.find('<') == std::string::npos);
  RC_ASSERT(sealed.find('\n') == std::string::npos);
  simdjson::dom::parser parser;
  std::string_view back;
  RC_ASSERT(parser.parse(sealed).get(back) == simdjson::SUCCESS);
  RC_ASSERT(back == text);
}

TEST(EmbedJson, CountsPlacesAsJavaScriptDoes) {
  std::string_view const text = "aé😀b";
  EXPECT_EQ(utf16_offset(text, 0), 0U);
  EXPECT_EQ(utf16_offset(text, 1), 1U);
  EXPECT_EQ(utf16_offset(text, 3), 2U);
  EXPECT_EQ(utf16_offset(text, 7), 4U);  // beyond the basic plane: two units
  EXPECT_EQ(utf16_offset(text, 8), 5U);
  EXPECT_EQ(utf16_offset(text, 99), 5U);
}

TEST(EmbedJson, ShortensBetweenCharacters) {
  EXPECT_EQ(shortened("aé😀", 3), "aé😀");
  EXPECT_EQ(shortened("aé😀b", 2), "aé…");
  EXPECT_EQ(shortened("", 0), "");
}

}  // namespace
}  // namespace rapport::report
