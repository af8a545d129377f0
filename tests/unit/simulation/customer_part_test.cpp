#include "simulation/customer_part.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rapport::simulation {
namespace {

PhraseBook const& book() {
  static auto const read = embedded_phrase_book();
  return *read;
}

/// A customer at the desk of a person.
struct Desk {
  explicit Desk(char const* persona = "calm", char const* topic = "charged-twice", std::uint64_t seed = 5)
      : customer(book(), industry, *book().persona(persona), *std::ranges::find(industry.topics, topic, &Topic::id), "Grace Owen", seed) {
    customer.begins(now);
    wait();
    customer.joined("Sam", now);
    if (said.empty() || said.size() < 25) tell("How can I help?");
  }

  /// What the customer says within half a minute; empty: nothing.
  std::string tell(std::string_view text) {
    customer.hears(text, now);
    said.clear();
    wait();
    return said;
  }
  void wait() {
    base::Millis const until = now + 30 * base::second;
    while (customer.due() && *customer.due() <= until) {
      now = std::max(now, *customer.due());
      for (Deed const& deed : customer.act(now)) {
        if (deed.kind == Deed::Kind::say) said += deed.text;
        left = left || deed.kind == Deed::Kind::end;
      }
    }
    now = until;
  }

  Industry const& industry = *book().industry("northwind");
  CustomerPart customer;
  base::Millis now = 0;
  std::string said;
  bool left = false;
};

bool is_one_of(std::string const& said, Persona const& persona, std::string_view key) {
  auto const own = persona.lines.find(key);
  Lines const& lines = own != persona.lines.end() ? own->second : book().anyone.lines.find(key)->second;
  Facts facts = facts_of(book(), "Grace Owen");
  facts["agent"] = "Sam";
  return std::ranges::any_of(lines, [&](std::string const& line) { return fill(line, facts) == said; });
}

TEST(CustomerPart, GivesTheAccountWhenAsked) {
  Desk desk;
  std::string const said = desk.tell("Could I have your account number and postcode, please?");
  Facts const facts = facts_of(book(), "Grace Owen");
  EXPECT_NE(said.find(facts.at("account")), std::string::npos) << said;
  EXPECT_NE(said.find(facts.at("postcode")), std::string::npos) << said;
}

TEST(CustomerPart, WhoOnlySaidHelloTellsTheMatterAndAnswersInOne) {
  Industry const& industry = *book().industry("northwind");
  Facts const facts = facts_of(book(), "Grace Owen");
  int only_hello = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    CustomerPart customer{book(), industry, *book().persona("calm"), industry.topics.front(), "Grace Owen", seed};
    customer.begins(0);
    std::string first, second;
    for (Deed const& deed : customer.act(40'000)) first += deed.text;
    if (first.size() > 30) continue;
    ++only_hello;
    customer.joined("Sam", 40'000);
    customer.hears("Could I have your account number, please?", 40'000);
    for (int i = 0; i < 4 && second.empty(); ++i) {
      for (Deed const& deed : customer.act(55'000 + i * 15'000)) second += deed.text;
    }
    EXPECT_NE(second.find(facts.at("account")), std::string::npos) << second;
    EXPECT_GT(second.size(), 60U) << second;
  }
  EXPECT_GT(only_hello, 0);
}

TEST(CustomerPart, TellsMoreWhenAskedAboutTheMatterAndSomethingElseTheNextTime) {
  Desk desk;
  std::string const first = desk.tell("Which account did it leave from?");
  std::string const second = desk.tell("And on which day?");
  EXPECT_FALSE(first.empty());
  EXPECT_FALSE(second.empty());
  EXPECT_NE(first, second);
}

TEST(CustomerPart, IsMovedByAnApologyAndHurtByAColdWord) {
  Desk desk{"angry"};
  int const before = desk.customer.mood();
  EXPECT_FALSE(desk.tell("I am so sorry, I understand how frustrating that is.").empty());
  EXPECT_GT(desk.customer.mood(), before);
  int const moved = desk.customer.mood();
  EXPECT_TRUE(is_one_of(desk.tell("Calm down, that is our policy."), *book().persona("angry"), "rude")) << desk.said;
  EXPECT_LT(desk.customer.mood(), moved);
}

TEST(CustomerPart, AcceptsASolutionThenSaysThatIsAllAndGoodbye) {
  Desk desk;
  EXPECT_FALSE(desk.tell("I have refunded the second payment, it will be there within three days. Is that all right?").empty());
  EXPECT_TRUE(desk.customer.settled());
  desk.tell("Is there anything else I can do?");
  desk.tell("Then have a lovely day, goodbye!");
  EXPECT_TRUE(desk.left);
}

TEST(CustomerPart, AsksForASupervisorIfThatIsTheirWay) {
  Desk desk{"escalating", "high-bill"};
  std::string all;
  for (char const* const text : {"Which meter is it?", "I will refund the difference.", "Would you like me to send a new bill?"}) all += desk.tell(text) + '\n';
  EXPECT_TRUE(book().customers_words.hear(all).says(Saying::asks_supervisor)) << all;
}

TEST(CustomerPart, AsksWhetherAnybodyIsThereAndLeavesWhenNobodyAnswers) {
  Desk desk{"hurried"};
  desk.said.clear();
  for (int i = 0; i < 8 && !desk.left; ++i) desk.wait();
  EXPECT_TRUE(desk.left);
  EXPECT_FALSE(desk.said.empty());
  EXPECT_TRUE(desk.customer.over());
}

TEST(CustomerPart, WaitsDuringAHoldThatWasAnnounced) {
  Desk desk;
  desk.tell("One moment please, I will look at your account.");
  EXPECT_FALSE(desk.left);
  EXPECT_FALSE(desk.customer.settled());
}

TEST(CustomerPart, IsOverWhenSomebodyElseEndsIt) {
  Desk desk;
  desk.customer.ended();
  EXPECT_TRUE(desk.customer.over());
  EXPECT_FALSE(desk.customer.due().has_value());
}

}  // namespace
}  // namespace rapport::simulation
