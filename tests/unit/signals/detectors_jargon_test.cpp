#include <gtest/gtest.h>

#include "unit/signals/detectors_scene.hpp"

namespace rapport::signals {
namespace {

using domain::Role;
using test::DetectorScene;

Specs specs() {
  Specs specs = test::specs_for("jargon", {});
  specs.glossary = {{"en", "churn", "people who leave"},
                    {"en-GB", "direct debit mandate", "your permission to collect money"},
                    {"en", "direct debit", "a payment we collect"},
                    {"de", "Kunde", "customer"}};
  return specs;
}

TEST(Jargon, IsATermOfTheGlossaryUnexplained) {
  struct Case {
    char const* text;
    char const* fires;
  };
  for (Case const& each : {Case{"your churn is high", "churn"},
                           Case{"CHURN, you see", "CHURN"},
                           Case{"we need a direct debit from you", "direct debit"},
                           Case{"your direct debit mandate is missing", "direct debit | direct debit mandate"},
                           Case{"your direct cheap debit", ""},
                           Case{"churn and more churn", "churn | churn"},
                           Case{"your churn, that means leaving", ""},
                           Case{"churn, or people who leave, is high", ""},
                           Case{"churn, or people that leave, is high", "churn"},
                           Case{"my dear kunde", ""},
                           Case{"the churning sea", ""},
                           Case{"how may i help", ""}}) {
    DetectorScene scene(specs());
    EXPECT_EQ(scene.agent(each.text), each.fires) << each.text;
    for (Occurrence const& occurrence : scene.fired()) EXPECT_EQ(occurrence.by, Role::agent);
  }
}

TEST(Jargon, MayBeUsedAfterTheCustomerDid) {
  DetectorScene scene(specs());
  EXPECT_EQ(scene.agent("your churn is high"), "churn");
  EXPECT_EQ(scene.customer("what is churn"), "");
  EXPECT_EQ(scene.agent("churn is nothing bad"), "");
  EXPECT_EQ(scene.agent("a direct debit is needed"), "direct debit");
}

TEST(Jargon, OfOneTermIsOneItem) {
  DetectorScene scene(specs());
  scene.agent("your churn is high");
  scene.agent("Churn!");
  scene.agent("a direct debit");
  ASSERT_EQ(scene.fired().size(), 3U);
  EXPECT_EQ(scene.fired()[0].item, scene.fired()[1].item);
  EXPECT_NE(scene.fired()[0].item, scene.fired()[2].item);
}

TEST(Jargon, IsAnAbbreviationThatNobodyKnows) {
  struct Case {
    char const* text;
    char const* fires;
  };
  for (Case const& each : {Case{"we must check the ONT before that", "ONT"},
                           Case{"we must check your PIN before that", ""},  // everybody knows it
                           Case{"we must check the ONT, short for optical terminal", ""},
                           Case{"WE MUST CHECK THE ONT BEFORE", ""},  // all shouted
                           Case{"we must check the Ont before that", ""},
                           Case{"we must check the OPTNET before that", ""},  // six letters: a name
                           Case{"we must check the A before that", ""},
                           Case{"we must check the B2B before that", ""}}) {
    EXPECT_EQ(DetectorScene(specs()).agent(each.text), each.fires) << each.text;
  }
}

TEST(Jargon, IsNoPartOfACodeAndNoWordWrittenLarge) {
  for (char const* const text : {"your claim is BG-C-7715 from now on", "the number is CB 4471 and nothing else",
                                 "we can do either of these OR both of them", "that will be 12 PT or later today"}) {
    EXPECT_EQ(DetectorScene(specs()).agent(text), "") << text;
  }
}

TEST(Jargon, IsAnAbbreviationSaidLetterByLetter) {
  struct Case {
    char const* text;
    char const* fires;
  };
  for (Case const& each : {Case{"can i have the p n r please", "p n r"},
                           Case{"you need an e t a b", "e t a b"},
                           Case{"can i have the d o b please", ""},
                           Case{"the p n r seven four", ""},
                           Case{"it is spelt o w i n g", ""},
                           Case{"so a p n r", "p n r"},
                           Case{"the i t people", ""}}) {
    EXPECT_EQ(DetectorScene(specs()).agent(each.text), each.fires) << each.text;
  }
  DetectorScene customer(specs());
  customer.customer("i have the p n r here");
  EXPECT_EQ(customer.agent("what is the p n r please"), "");
}

TEST(Jargon, IsNoAbbreviationOfTheCompanyOrTheCustomer) {
  DetectorScene company(specs());
  company.head().company = "ACME Fibre";
  company.head().brand = "GBX";
  EXPECT_EQ(company.agent("welcome to ACME and to GBX my dear customer"), "");

  DetectorScene customer(specs());
  customer.customer("my ont is broken");
  EXPECT_EQ(customer.agent("so we must look at the ONT"), "");
  EXPECT_EQ(customer.agent("so we must look at the OLT"), "OLT");
}

TEST(Jargon, IsReadInEnglishOnly) {
  DetectorScene scene(specs());
  scene.head().language = "de";
  EXPECT_EQ(scene.agent("mein churn und der ONT sind hoch"), "");
}

}  // namespace
}  // namespace rapport::signals
