#pragma once

#include <rapidcheck.h>

#include "customers/profile.hpp"

namespace rapport::customers {

/// Few values, so that customers often share them.
inline domain::Identifier random_identifier() {
  return {*rc::gen::elementOf(std::vector<std::string>{"email", "account"}),
          "v" + std::to_string(*rc::gen::inRange(0, 6)) + "@x", *rc::gen::arbitrary<bool>()};
}
inline Fact random_fact() {
  auto const number = *rc::gen::inRange<std::int64_t>(-3'000, 3'000);
  auto const value = *rc::gen::elementOf(std::vector<domain::Value>{
      domain::Value::of_text("t" + std::to_string(number)), domain::Value::of_thousandths(number),
      domain::Value::of_boolean(number > 0), domain::Value::of_json("[1]")});
  return {"f" + std::to_string(*rc::gen::inRange(0, 5)), value, "i-1", "e-1", {*rc::gen::inRange<base::Millis>(0, 5'000)}};
}
/// Made as the centre makes it: by learning.
inline Profile random_profile(std::string id) {
  Profile profile;
  profile.id = std::move(id);
  profile.brand = "northwind";
  profile.name = *rc::gen::elementOf(std::vector<std::string>{"", "Pat Brown", "Sam \"S\" \xC3\xA9"});
  profile.preferred_channel = *rc::gen::elementOf(std::vector<std::string>{"", "chat", "voice"});
  profile.created_at = {1'700'000'000'123};
  for (int i = *rc::gen::inRange(0, 4); i > 0; --i) add_identifier(profile, random_identifier(), nullptr);
  for (int i = *rc::gen::inRange(0, 4); i > 0; --i) learn(profile, random_fact(), nullptr);
  return profile;
}

}  // namespace rapport::customers
