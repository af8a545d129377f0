// Who is to be called back, as a timeline tells: by what the centre itself wrote and what the caller keyed in.
#include "centre/callback.hpp"

#include <gtest/gtest.h>

namespace rapport::centre {
namespace {

using domain::EventKind;
using domain::Role;

domain::Event event(EventKind kind, Role by, char const* name, char const* value) {
  domain::Event made;
  made.kind = kind;
  made.by = by;
  made.attributes.push_back({{}, name, domain::Value::of_text(value)});
  return made;
}

domain::Event number_of(Role by, char const* number) {
  domain::Event made = event(EventKind::field_captured, by, "name", callback_field);
  made.attributes.push_back({{}, "value", domain::Value::of_text(number)});
  return made;
}

TEST(Callback, IsAskedForByTheCentreAndOverOnceTheyAnswer) {
  Callback callback;
  callback.read(number_of(Role::customer, "+442079460000"));
  callback.read(event(EventKind::followup_scheduled, Role::bot, "what", "callback"));
  EXPECT_TRUE(callback.wanted);
  EXPECT_EQ(callback.number, "+442079460000");
  domain::Event answered = event(EventKind::leg_started, Role::bot, "state", "answered");
  answered.leg = customer_leg;
  callback.read(answered);
  EXPECT_FALSE(callback.wanted);
}

TEST(Callback, WhatAgentsWriteCallsNobody) {
  Callback callback;
  callback.read(event(EventKind::followup_scheduled, Role::agent, "what", "callback"));
  callback.read(number_of(Role::agent, "+882990000000"));
  EXPECT_FALSE(callback.wanted);
  EXPECT_TRUE(callback.number.empty());
}

}  // namespace
}  // namespace rapport::centre
