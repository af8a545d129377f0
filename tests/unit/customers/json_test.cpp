// The documents of the store: what is written reads back, what is wrong is named.
#include "customers/json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/limits.hpp"
#include "unit/customers/random_profile.hpp"

namespace rapport::customers {
namespace {

base::Instant const json_now{1'750'000'000'123};

Case whole_case() {
  return {"k-77", "northwind", "c-118", "Meter \"twice\" read", "billing.meter", "dana", CaseState::closed, json_now, json_now + 1, json_now + 1, 2, {"i-1", "i-2"}};
}
Promise whole_promise() {
  return {"p-1", "northwind", "c-118", "k-77", "i-1", "e-9", "call back", "dana", json_now, json_now + 5, PromiseState::broken, json_now + 5, json_now + 9, "late"};
}

TEST(CustomerJson, CaseAndPromiseReadBack) {
  auto const matter = case_from_json(to_json(whole_case()));
  ASSERT_TRUE(matter) << matter.error().message;
  EXPECT_EQ(*matter, whole_case());
  auto const promise = promise_from_json(to_json(whole_promise()));
  ASSERT_TRUE(promise) << promise.error().message;
  EXPECT_EQ(*promise, whole_promise());
}

TEST(CustomerJson, EmptyFieldsAreLeftOut) {
  Promise promise;
  promise.id = "p-1";
  promise.brand = "northwind";
  promise.customer = "c-1";
  promise.made_at = {0};
  EXPECT_EQ(to_json(promise), R"({"id":"p-1","brand":"northwind","customer":"c-1","made_at":"1970-01-01T00:00:00Z","state":"open"})");
  EXPECT_EQ(*promise_from_json(to_json(promise)), promise);
}

std::string profile_error(std::string_view text) {
  auto const read = profile_from_json(text);
  return read ? "read" : read.error().message;
}

TEST(CustomerJson, ErrorsNameThePath) {
  std::string const head = R"({"id":"c-1","brand":"b","created_at":"2026-03-02T09:15:00Z")";
  EXPECT_EQ(profile_error(head + "}"), "read");
  EXPECT_EQ(profile_error(head + R"(,"loyalty":3})"), "profile: loyalty: unknown field");
  EXPECT_EQ(profile_error(R"({"brand":"b","created_at":"2026-03-02T09:15:00Z"})"), "profile: id: expected text that is not empty");
  EXPECT_EQ(profile_error(head + R"(,"identifiers":[{"type":"tel","value":"+1"},{"type":7,"value":"x"}]})"), "profile: identifiers[1].type: expected text");
  EXPECT_EQ(profile_error(head + R"(,"identifiers":{}})"), "profile: identifiers: expected a list");
  EXPECT_EQ(profile_error(head + R"(,"facts":[{"name":"f","at":"2026-03-02T09:15:00Z"}]})"), "profile: facts[0].value: expected a value");
  EXPECT_EQ(profile_error(head + R"(,"facts":[{"name":"f","value":{"thousandths":1,"json":"2"},"at":"2026-03-02T09:15:00Z"}]})"),
            "profile: facts[0].value: expected either thousandths or json");
  EXPECT_EQ(profile_error(head + R"(,"facts":[{"name":"f","value":9223372036854775807,"at":"2026-03-02T09:15:00Z"}]})"), "profile: facts[0].value: a number beyond what we hold");
  EXPECT_EQ(profile_error(head + R"(,"absorbed":[{"profile":)" + head + R"(},"at":"2026-03-02T09:15:00Z"}]})"), "profile: the part \"c-1\" is in it twice");
  EXPECT_EQ(profile_error(head + R"(,"absorbed":[{"profile":{"id":"c-2","brand":"b","created_at":"yesterday"},"at":"2026-03-02T09:15:00Z"}]})").find("profile: absorbed[0].profile.created_at: \"yesterday\" is no date"), 0U);
  EXPECT_EQ(profile_error("[]"), "profile: the document: expected an object");
  EXPECT_EQ(profile_error("{").find("profile: no JSON:"), 0U);
  EXPECT_EQ(profile_error(head + R"(,"name":")" + std::string(limits::customer_name_bytes_max + 1, 'x') + "\"}"), "profile: name: longer than 400 bytes");
}

TEST(CustomerJson, StatesAndTheirTimesAgree) {
  std::string text = to_json(whole_case());
  text.replace(text.find("\"closed\""), 8, "\"stale\"");
  EXPECT_EQ(case_from_json(text).error().message, "case: state: expected open, waiting, resolved or closed");
  Case matter = whole_case();
  matter.state = CaseState::open;
  EXPECT_EQ(case_from_json(to_json(matter)).error().message, "case: closed_at: expected of a closed case, and of no other");
  Promise promise = whole_promise();
  promise.settled_at.reset();
  EXPECT_EQ(promise_from_json(to_json(promise)).error().message, "promise: settled_at: expected of a settled promise, and of no open one");
  EXPECT_EQ(promise_from_json(R"({"id":1})").error().message, "promise: id: expected text");
}

TEST(CustomerJson, MergesWithinMergesHaveALimit) {
  Profile deep;
  deep.id = "d-0";
  deep.brand = "b";
  for (std::size_t i = 1; i <= limits::merged_depth_max; ++i) {
    Profile outer;
    outer.id = "d-" + std::to_string(i);
    outer.brand = "b";
    outer.absorbed.push_back({deep, json_now, "u"});
    deep = outer;
  }
  EXPECT_EQ(*profile_from_json(to_json(deep)), deep);
  Profile deeper;
  deeper.id = "d-x";
  deeper.brand = "b";
  deeper.absorbed.push_back({deep, json_now, "u"});
  EXPECT_NE(profile_error(to_json(deeper)).find("deeper than 8"), std::string::npos);
}

RC_GTEST_PROP(CustomerJsonProperty, AProfileReadsBack, ()) {
  Profile profile = random_profile("c-1");
  if (*rc::gen::arbitrary<bool>()) profile = *merge(profile, random_profile("c-2"), BrandLinks{}, json_now, "u-1");
  profile.name = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
  auto const read = profile_from_json(to_json(profile));
  RC_ASSERT(static_cast<bool>(read));
  RC_ASSERT(*read == profile);
  RC_ASSERT(to_json(*read) == to_json(profile));
}

}  // namespace
}  // namespace rapport::customers
