#include <gtest/gtest.h>

#include "unit/signals/detectors_scene.hpp"

namespace rapport::signals {
namespace {

using domain::Role;
using domain::Value;
using test::DetectorScene;

TEST(NamesSelf, HearsAnAgentIntroduceThemselves) {
  std::vector<std::pair<std::string, std::string>> const lines = {
      {"my name is jennifer how can i help you today", "jennifer"},
      {"Good morning, Tarn Valley Energy, you're speaking to Moira.", "Moira"},
      {"halden fibre kev speaking", "kev"},
      {"Hi, this is Tasha with Prairie Air.", "Tasha"},
      {"this is ridiculous", ""},
      {"this is harper valley national bank", ""},
      {"my name is on the account", ""},
      {"i'm calling about your order", ""},
      {"Am I speaking with Pat?", ""},
      {"You're through to Harbour Ferries, this is Moira.", "Moira"},
      {"You're through to Harbour Ferries, how can I help?", ""},
  };
  for (auto const& [text, name] : lines) {
    DetectorScene scene("names_self");
    EXPECT_EQ(scene.agent(text), name) << text;
  }
}

TEST(NamesSelf, KnowsTheParticipantsName) {
  DetectorScene scene("names_self");
  scene.participant(Role::agent, "Wei Ling Tan");
  EXPECT_EQ(scene.agent("ask for wei ling if you call again"), "wei");
  EXPECT_EQ(scene.customer("thanks wei ling"), "");
}

TEST(NamesCompany, KnowsTheNameInItsForms) {
  auto const says = [](std::string const& company, std::string const& text) {
    DetectorScene scene("names_company");
    scene.head().company = company;
    return scene.agent(text);
  };
  EXPECT_EQ(says("Halden Fibre", "Halden Fibre, Kev speaking"), "Halden");
  EXPECT_EQ(says("Hotel Torre Blanca", "Torre Blanca reception"), "Torre");
  EXPECT_EQ(says("Munchcart", "thanks for calling munch cart"), "munch cart");
  EXPECT_EQ(says("High Plains Power", "that is a high bill"), "");
  EXPECT_EQ(says("Halden Fibre", "how can i help"), "");
}

TEST(NamesCompany, HearsAnUnknownOne) {
  EXPECT_EQ(DetectorScene("names_company").agent("hello this is harper valley national bank"), "harper valley national bank");
  EXPECT_EQ(DetectorScene("names_company").agent("thank you for calling have a great day"), "");
  EXPECT_EQ(DetectorScene("names_company").agent("thank you for calling customer support"), "");
  EXPECT_EQ(DetectorScene("names_company").agent("Good morning, this is Moira from Harbour Ferries."), "Harbour Ferries");
  EXPECT_EQ(DetectorScene("names_company").agent("Hi, this is Moira from the night team."), "");
  EXPECT_EQ(DetectorScene("names_company").agent("Harbour Ferries, how can I help?"), "Harbour Ferries");
  EXPECT_EQ(DetectorScene("names_company").agent("Customer Services, how can I help?"), "");
  EXPECT_EQ(DetectorScene("names_company").agent("Good Morning, how can I help?"), "");
}

TEST(NamesCustomer, UsesTheName) {
  auto const says = [](std::string const& name, std::string const& text) {
    DetectorScene scene("names_customer");
    scene.participant(Role::customer, name);
    return scene.agent(text);
  };
  EXPECT_EQ(says("Pat Brown", "Thank you, Mr Brown."), "Brown");
  EXPECT_EQ(says("Joan Whitlock", "thank you joan"), "joan");
  EXPECT_EQ(says("Arthur Lamb", "Is that Mr Lamb?"), "Lamb");
  EXPECT_EQ(says("Will Mark", "i will mark it as done"), "");
  EXPECT_EQ(says("Pat Brown", "it is the brown one"), "");
  EXPECT_EQ(says("Mr Smith", "good morning mr jones"), "");
  EXPECT_EQ(says("Joan Whitlock", "is your surname whitlock"), "");
}

TEST(NamesCustomer, LearnsTheNameFromTheCustomer) {
  DetectorScene scene("names_customer");
  EXPECT_EQ(scene.agent("hello elizabeth"), "");
  EXPECT_EQ(scene.customer("hi my name is elizabeth david i need my balance"), "");
  EXPECT_EQ(scene.agent("sure elizabeth"), "elizabeth");
}

TEST(NamesCustomer, LearnsTheNameFromTheAnswerHoweverItIsAskedFor) {
  for (std::string const question : {"And the name on it, and the postcode?", "And you are?", "Can I have the lead passenger's name?", "Whose name is it in?"}) {
    DetectorScene scene("names_customer");
    scene.agent(question);
    scene.customer("Callum Reid, KA7 2PL");
    EXPECT_EQ(scene.agent("Thank you, Callum."), "Callum") << question;
  }
  DetectorScene titled("names_customer");
  titled.customer("yes hello i am mrs sethi from model town");
  EXPECT_EQ(titled.agent("many congratulations mrs sethi"), "sethi");
}

TEST(NameKnown, FiresOnceAtTheStartOrWhenSaid) {
  DetectorScene known("name_known");
  known.participant(Role::customer, "Pat Brown");
  EXPECT_EQ(known.agent("hello"), "*");
  EXPECT_EQ(known.last().at_ms, 0);
  EXPECT_EQ(known.customer("my name is pat brown"), "");

  DetectorScene said("name_known");
  EXPECT_EQ(said.agent("what is your name"), "");
  EXPECT_EQ(said.customer("joan whitlock"), "joan whitlock");
  EXPECT_EQ(said.customer("joan whitlock"), "");
}

TEST(MentionsKnown, ShowsWhatIsOnRecord) {
  auto const says = [](std::string const& text, std::string const& before = "") {
    DetectorScene scene("mentions_known");
    auto& customer = scene.participant(Role::customer, "Pat Brown");
    customer.known = {{"", "account_number", Value::of_text("8812345")}, {"", "visit", Value::of_text("blood results with Dr Malik")}};
    if (!before.empty()) scene.customer(before);
    return scene.agent(text) != "";
  };
  EXPECT_TRUE(says("Good morning Mr Brown."));
  EXPECT_TRUE(says("is it the account ending 2345"));
  EXPECT_TRUE(says("are you coming for the blood results"));
  EXPECT_FALSE(says("how can i help you"));
  EXPECT_FALSE(says("is it account 8812345", "my account is 8812345"));
  EXPECT_FALSE(says("are you coming for the blood results", "i come for my blood results"));
}

TEST(MentionsHistory, SpeaksOfAnEarlierContact) {
  auto const says = [](std::string const& text, std::string const& before = "") {
    DetectorScene scene("mentions_history");
    scene.head().history.push_back({{}, "chat", "blender arrived cracked; return label promised", {}});
    if (!before.empty()) scene.customer(before);
    return scene.agent(text) != "";
  };
  EXPECT_TRUE(says("i see you called last week"));
  EXPECT_TRUE(says("you were promised a return label"));
  EXPECT_FALSE(says("so you want a return label", "where is my return label"));
  EXPECT_FALSE(says("how can i help you"));
}

}  // namespace
}  // namespace rapport::signals
