// How the store finds customers, cases and promises, and whose key encrypts them.
#include "customers/documents.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "customers/json.hpp"

namespace rapport::customers {
namespace {

base::Instant const document_now{1'750'000'000'000};

bool finds(records::PutDocument const& document, std::string const& lookup) {
  return std::ranges::find(document.lookups, lookup) != document.lookups.end();
}

Profile pat(std::string id, std::string brand = "northwind") {
  Profile profile;
  profile.id = std::move(id);
  profile.brand = std::move(brand);
  profile.identifiers = {{"tel", "+442079460958", true}};
  return profile;
}

TEST(CustomerDocuments, ACustomerIsFoundWithinTheBrandAndByEveryPart) {
  Profile other = pat("c-2");
  other.identifiers = {{"email", "Pat@example.org", false}};
  auto const merged = merge(pat("c-1"), other, BrandLinks{}, document_now, "sue");
  ASSERT_TRUE(merged);
  auto const document = to_document(*merged, 3);
  EXPECT_EQ(document.kind, "customer");
  EXPECT_EQ(document.person, "c-1");
  EXPECT_EQ(document.expected, 3);
  EXPECT_TRUE(document.names.empty()) << "two may share a telephone";
  EXPECT_TRUE(finds(document, lookup_of("northwind", {"tel", "+442079460958", false})));
  EXPECT_TRUE(finds(document, lookup_of("northwind", {"email", "pat@example.org", false})));
  EXPECT_FALSE(finds(document, lookup_of("southsea", {"tel", "+442079460958", false})));
  EXPECT_TRUE(finds(document, lookup_of_part("c-2")));
  EXPECT_EQ(*profile_from_json(document.body), *merged);
}

TEST(CustomerDocuments, ACaseIsFoundByCustomerOwnerAndState) {
  Case matter{"k-1", "northwind", "c-1", "Wrong bill", "", "ana", CaseState::waiting, document_now, document_now, {}, 0, {}};
  auto document = to_document(matter, 0);
  EXPECT_EQ(document.person, "c-1");
  EXPECT_TRUE(finds(document, cases_of_customer("c-1", true)));
  EXPECT_TRUE(finds(document, cases_of_owner_in_state("ana", CaseState::waiting)));
  EXPECT_FALSE(finds(document, cases_in_state(CaseState::open)));
  matter.state = CaseState::resolved;
  document = to_document(matter, 1);
  EXPECT_FALSE(finds(document, cases_of_customer("c-1", true))) << "resolved";
  EXPECT_TRUE(finds(document, cases_of_customer("c-1", false)));
}

TEST(CustomerDocuments, APromiseIsFoundAmongThoseOwedUntilItIsSettled) {
  Promise promise{"p-1", "northwind", "c-1", "k-1", "i-1", "e-1", "call back", "ana", document_now, document_now + 5, PromiseState::open, {}, {}, ""};
  auto document = to_document(promise, {});
  for (auto const& lookup : {promises_of_customer("c-1", true), promises_of_case("k-1", true), promises_of_owner("ana", true), promises_owed(), promises_of_interaction("i-1")}) {
    EXPECT_TRUE(finds(document, lookup)) << lookup;
  }
  settle(promise, document_now + 6);
  EXPECT_TRUE(finds(to_document(promise, {}), promises_owed())) << "broken, and still to be done";
  ASSERT_EQ(keep(promise, document_now + 7), std::nullopt);
  document = to_document(promise, {});
  EXPECT_FALSE(finds(document, promises_owed()));
  EXPECT_FALSE(finds(document, promises_of_case("k-1", true)));
  EXPECT_TRUE(finds(document, promises_of_case("k-1", false)));
}

}  // namespace
}  // namespace rapport::customers
