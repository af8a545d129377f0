#include "domain/words.hpp"

#include <gtest/gtest.h>

namespace rapport::domain {
namespace {

template <typename Enum>
void expect_round_trip(std::size_t count, std::optional<Enum> (*parse)(std::string_view)) {
  for (std::size_t index = 0; index < count; ++index) {
    auto const value = static_cast<Enum>(index);
    ASSERT_FALSE(name(value).empty());
    EXPECT_EQ(parse(name(value)), value) << name(value);
  }
  EXPECT_EQ(parse("nonsense"), std::nullopt);
  EXPECT_EQ(parse(""), std::nullopt);
}

TEST(Vocabulary, EveryWordIsReadBack) {
  expect_round_trip<Channel>(4, parse_channel);
  expect_round_trip<Direction>(2, parse_direction);
  expect_round_trip<Role>(role_count, parse_role);
  expect_round_trip<Source>(source_count, parse_source);
  expect_round_trip<EventKind>(event_kind_count - 1, parse_event_kind);
}

TEST(Vocabulary, OtherIsNoKindOfAFile) { EXPECT_EQ(parse_event_kind("other"), std::nullopt); }

TEST(Vocabulary, EveryKindBelongsToASource) {
  for (std::size_t index = 0; index < event_kind_count; ++index) {
    auto const source = source_of(static_cast<EventKind>(index));
    EXPECT_LT(static_cast<std::size_t>(source), source_count);
  }
  EXPECT_EQ(source_of(EventKind::utterance), Source::words);
  EXPECT_EQ(source_of(EventKind::speech), Source::timing);
  EXPECT_EQ(source_of(EventKind::hold), Source::telephony);
  EXPECT_EQ(source_of(EventKind::remedy), Source::desk);
  EXPECT_EQ(source_of(EventKind::history_viewed), Source::journey);
  EXPECT_EQ(source_of(EventKind::survey), Source::survey);
}

TEST(SourceSet, AddsTakesAwayAndCompares) {
  SourceSet set{Source::words};
  set.add(Source::timing);
  EXPECT_TRUE(set.has(Source::words));
  EXPECT_FALSE(set.has(Source::desk));
  EXPECT_TRUE(SourceSet::all().contains(set));
  EXPECT_FALSE(set.contains(SourceSet::all()));
  EXPECT_EQ(set.minus({Source::words}), SourceSet{Source::timing});
  EXPECT_TRUE(set.minus(set).empty());
}

}  // namespace
}  // namespace rapport::domain
