#include "simulation/phrase_book.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "simulation/arrivals.hpp"
#include "simulation/customer_part.hpp"

namespace rapport::simulation {
namespace {

TEST(PhraseBook, TheEmbeddedOneIsWhole) {
  auto const book = embedded_phrase_book();
  ASSERT_TRUE(book) << book.error().message;
  EXPECT_GE(book->industries.size(), 3U);
  std::set<std::string> personas;
  for (Persona const& persona : book->personas) personas.insert(persona.id);
  EXPECT_EQ(personas, (std::set<std::string>{"angry", "calm", "chatty", "confused", "escalating", "grieving", "hurried", "suggesting"}));
}

TEST(PhraseBook, EveryPersonaAndTopicComesUpByItsShare) {
  auto const book = embedded_phrase_book();
  ASSERT_TRUE(book);
  base::Random random{1};
  std::set<std::string> personas, topics;
  for (int i = 0; i < 3'000; ++i) {
    for (Industry const& industry : book->industries) {
      Cast const cast = draw(*book, industry, random);
      personas.insert(cast.persona->id);
      topics.insert(industry.brand + '/' + cast.topic->id);
      EXPECT_TRUE(cast.persona->id != "angry" || cast.topic->matter == Matter::complaint);
    }
  }
  EXPECT_EQ(personas.size(), book->personas.size());
  std::size_t all = 0;
  for (Industry const& industry : book->industries) all += industry.topics.size() - 1;
  EXPECT_GE(topics.size(), all);
}

TEST(PhraseBook, AMistakeIsNamedWithItsPlace) {
  auto const broken = read_phrase_book({{"people.yaml", "first: [Ann]\nlast: [Bell]\n"}});
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().message.rfind("people.yaml:1:", 0), 0U) << broken.error().message;
  auto const unknown = read_phrase_book({{"hearing.yaml", "agent: {sings: [la]}\ncustomer: {}\n"}});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().message.rfind("hearing.yaml:1:9: found \"sings\"", 0), 0U) << unknown.error().message;
}

TEST(Hearing, FindsPhrasesAtWordsAndEndingsAndQuestions) {
  Hearing hearing;
  hearing.learn(Saying::apology, {"sorry", "apolog*"});
  hearing.learn(Saying::question, {"?"});
  EXPECT_TRUE(hearing.hear("I'm SORRY!").says(Saying::apology));
  EXPECT_TRUE(hearing.hear("My apologies.").says(Saying::apology));
  EXPECT_FALSE(hearing.hear("unsorry").says(Saying::apology));
  EXPECT_TRUE(hearing.hear("Really?").says(Saying::question));
  EXPECT_FALSE(hearing.hear("Really.").says(Saying::question));
  EXPECT_TRUE(mentions(spoken_words("it\u2019s all"), {"it's"}));
  EXPECT_TRUE(hearing.hear("").nothing());
}

TEST(Facts, FollowFromTheNameAndAreFilledIn) {
  auto const book = embedded_phrase_book();
  ASSERT_TRUE(book);
  EXPECT_EQ(facts_of(*book, "Pat Brown"), facts_of(*book, "Pat Brown"));
  EXPECT_NE(facts_of(*book, "Pat Brown"), facts_of(*book, "Lee Brown"));
  EXPECT_EQ(fill("Hello {first}, {nothing}{", {{"first", "Pat"}}), "Hello Pat, {");
  EXPECT_EQ(fill("{gist}.", {{"gist", "the bill of {month}"}, {"month", "May"}}), "the bill of May.");
}

TEST(Arrivals, ADayHasItsEbbAndFlow) {
  EXPECT_GT(busyness(10 * 60), busyness(13 * 60));
  EXPECT_GT(busyness(15 * 60), busyness(13 * 60));
  EXPECT_GT(busyness(13 * 60), busyness(3 * 60));
  for (int minute = 0; minute < 1'440; ++minute) {
    EXPECT_GE(busyness(minute), 10);
    EXPECT_LE(busyness(minute), 100);
  }
}

TEST(Arrivals, KeepTheirMean) {
  base::Random random{3};
  base::Millis sum = 0;
  for (int i = 0; i < 20'000; ++i) sum += next_arrival(random, 1'000);
  EXPECT_NEAR(static_cast<double>(sum) / 20'000, 1'000, 30);
}

}  // namespace
}  // namespace rapport::simulation
