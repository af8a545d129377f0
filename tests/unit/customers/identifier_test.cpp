// One writing for one handle, and who may be matched with whom.
#include "customers/identifier.hpp"

#include <gtest/gtest.h>

#include "base/limits.hpp"

namespace rapport::customers {
namespace {

std::string value_of(char const* type, std::string const& value) {
  auto const normal = normalised({type, value}, "GB");
  return normal ? normal->value : "refused: " + normal.error().message;
}
std::string key_of(char const* type, std::string const& value) { return match_key(*normalised({type, value}, "GB")); }

TEST(Identifier, NormalisedByType) {
  EXPECT_EQ(value_of("tel", " 020 7946 0958"), "+442079460958");
  EXPECT_EQ(value_of("email", " Pat.Brown@Example.COM. "), "Pat.Brown@example.com");
  EXPECT_EQ(value_of("email", "mailto:pat@example.com"), "pat@example.com");
  EXPECT_EQ(value_of("email", "MAILTO:\"pat@home\"@example.com"), "\"pat@home\"@example.com");
  EXPECT_EQ(value_of("account", " NW 88-123 "), "NW 88-123");
  EXPECT_EQ(value_of("crm_id", " aB/9 "), "aB/9");
}

TEST(Identifier, VerifiedStaysAndWhatTheFileHadBesideGoes) {
  domain::Identifier given{"email", "pat@example.com", true, {{"", "label", domain::Value::of_text("home")}}};
  EXPECT_EQ(*normalised(given, ""), (domain::Identifier{"email", "pat@example.com", true}));
}

TEST(Identifier, KeysAreWhatPeopleMeanBySame) {
  EXPECT_EQ(key_of("tel", "+44 20 7946 0958"), key_of("tel", "020 7946 0958"));
  EXPECT_EQ(key_of("email", "Pat@Example.com"), key_of("email", "pat@example.com"));
  EXPECT_EQ(key_of("account", "NW 88-123"), key_of("account", "nw88123"));
  EXPECT_NE(key_of("crm_id", "aB9"), key_of("crm_id", "ab9")) << "another system's ids are exact";
  EXPECT_NE(key_of("account", "42"), key_of("crm_id", "42"));
}

TEST(Identifier, Refused) {
  for (char const* bad : {"pat", "@example.com", "pat@", "pat@.com", "pat@example..com", "pat brown@example.com", "pat@exam\tple.com", "pat@."}) {
    EXPECT_EQ(value_of("email", bad).find("refused: identifier email"), 0U) << bad;
  }
  EXPECT_NE(value_of("email", std::string(65, 'a') + "@example.com").find("refused"), std::string::npos);
  EXPECT_NE(value_of("tel", "call me").find("expected one such as"), std::string::npos);
  EXPECT_NE(value_of("account", "  ").find("empty"), std::string::npos);
  EXPECT_NE(value_of("E-Mail", "x").find("the type must be"), std::string::npos);
  EXPECT_NE(value_of("", "x").find("the type must be"), std::string::npos);
  EXPECT_NE(value_of("account", std::string(limits::identifier_bytes_max + 1, '1')).find("longer than 330 bytes"), std::string::npos);
}

TEST(BrandLinks, NoneUnlessLinkedAndLinksDoNotChain) {
  BrandLinks const none;
  EXPECT_TRUE(none.linked("northwind", "northwind"));
  EXPECT_FALSE(none.linked("northwind", "contoso"));
  EXPECT_EQ(none.within_reach("northwind"), (std::vector<std::string>{"northwind"}));

  BrandLinks const links{{{"northwind", "contoso"}, {"contoso", "adatum"}}};
  EXPECT_TRUE(links.linked("contoso", "northwind"));
  EXPECT_FALSE(links.linked("northwind", "adatum"));
  EXPECT_EQ(links.within_reach("contoso"), (std::vector<std::string>{"contoso", "adatum", "northwind"}));
}

}  // namespace
}  // namespace rapport::customers
