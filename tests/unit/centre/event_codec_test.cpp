// What the store keeps of interactions comes back whole; what is left of an erased person is nobody's.
#include "centre/event_codec.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/events.hpp"
#include "unit/timeline/formats/any_interaction.hpp"

namespace rapport::centre {
namespace {

using domain::Attribute;
using domain::Event;
using domain::EventKind;
using domain::Value;
using timeline::formats::test::any_interaction;

constexpr std::string_view planted = "Zebedee Quince";  ///< stands wherever a person may be told
constexpr std::string_view planted_word = "zebedee-88123";

RC_GTEST_PROP(EventCodec, HeadEventsAndBlockComeBack, ()) {
  auto const any = any_interaction();
  auto const head = decode_head(encode(any.head));
  RC_ASSERT(static_cast<bool>(head));
  RC_ASSERT(*head == any.head);
  for (Event const& event : any.events) {
    auto const back = decode_event(encode(event, any.head), *head);
    RC_ASSERT(static_cast<bool>(back));
    RC_ASSERT(*back == event);
  }
  auto const block = decode_block(encode_block(any.head, any.events));
  RC_ASSERT(static_cast<bool>(block));
  RC_ASSERT(block->head == any.head);
  RC_ASSERT(block->events == any.events);
}

RC_GTEST_PROP(EventCodec, SkeletonsCanBeReadAndKeepTheOrderOfThings, ()) {
  auto const any = any_interaction();
  auto content = encode_block(any.head, any.events);
  content.personal.clear();
  auto const block = decode_block(content);
  RC_ASSERT(static_cast<bool>(block));
  RC_ASSERT(block->events.size() == any.events.size());
  RC_ASSERT(block->head.participants.size() == any.head.participants.size());
  for (std::size_t index = 0; index < any.events.size(); ++index) {
    Event const& was = any.events[index];
    Event const& is = block->events[index];
    RC_ASSERT(is.kind == was.kind && is.at_ms == was.at_ms && is.end_ms == was.end_ms && is.seq == was.seq);
    RC_ASSERT(is.id == was.id && is.by == was.by && is.participant == was.participant && is.text.empty());
    auto alone = encode(was, any.head);
    alone.personal.clear();
    auto const with_whole_head = decode_event(alone, any.head);
    RC_ASSERT(static_cast<bool>(with_whole_head));
    RC_ASSERT(*with_whole_head == is);
  }
  // What is bare already is not made barer.
  auto const again = encode_block(block->head, block->events);
  RC_ASSERT(again.skeleton == content.skeleton);
}

/// An interaction in which every place that may tell of a person does.
std::pair<domain::Interaction, std::vector<Event>> told_everywhere() {
  domain::Interaction head = test::call();
  for (domain::Participant& participant : head.participants) {
    participant.id = std::string{planted_word} + std::string{name(participant.role)};
    participant.name = planted;
    participant.preferred_channel = planted;
    participant.identifiers.push_back({"tel", std::string{planted_word}, true, {}});
    participant.known.push_back({{}, std::string{planted_word}, Value::of_text(std::string{planted})});
    participant.extra.push_back({{}, std::string{planted_word}, Value::of_boolean(true)});
  }
  head.participants[1].person = planted_word;
  head.history.push_back({std::nullopt, std::string{planted}, std::string{planted}, {}});
  head.extra.push_back({{}, "note", Value::of_text(std::string{planted})});
  std::vector<Event> events;
  for (std::size_t kind = 0; kind < domain::event_kind_count; ++kind) {
    Event event = test::span(static_cast<EventKind>(kind), 5, 6);
    event.by = domain::Role::agent;
    event.participant = 0;
    event.text = planted;
    event.source = planted;
    for (char const* field : {"kind", "to", "with", "title", "reason", "value", "of", "owner", "what", "root_cause", "comment",
                              "method", "name", "guide", "article", "preferred_channel", "attachments", "unheard-of"}) {
      event.attributes.push_back({{}, field, Value::of_text(std::string{planted})});
    }
    for (char const* field : {"to", "owner", "comment", "value"}) {
      event.attributes.push_back({{}, field, Value::of_text(std::string{planted_word})});
    }
    for (char const* group : {"known", "limits", "baselines"}) {
      event.attributes.push_back({group, std::string{planted}, Value::of_text(std::string{planted_word})});
    }
    event.attributes.push_back({{}, "step", Value::of_json("[\"" + std::string{planted} + "\"]")});
    events.push_back(event);
  }
  return {head, events};
}

TEST(EventCodec, NothingOfAPersonIsInASkeleton) {
  auto const [head, events] = told_everywhere();
  std::vector<records::Content> contents{encode(head), encode_block(head, events)};
  for (Event const& event : events) contents.push_back(encode(event, head));
  for (records::Content const& content : contents) {
    EXPECT_NE(content.personal.find("ebedee"), std::string::npos);
    EXPECT_EQ(content.skeleton.find("ebedee"), std::string::npos) << content.skeleton;
    EXPECT_EQ(content.skeleton.find("88123"), std::string::npos) << content.skeleton;
  }
}

TEST(EventCodec, WhatNumbersNeedStaysInASkeleton) {
  domain::Interaction const head = test::call();
  Event event = test::make(EventKind::disposition, 90'000);
  event.attributes = {{{}, "reason", Value::of_text("billing.refund")}, {{}, "outcome", Value::of_text("resolved")}, {{}, "root_cause", Value::of_text("Pat moved house")}};
  auto content = encode(event, head);
  content.personal.clear();
  auto const disposition = decode_event(content, head);
  ASSERT_TRUE(static_cast<bool>(disposition));
  EXPECT_EQ(disposition->text_of("reason"), "billing.refund");
  EXPECT_EQ(disposition->text_of("outcome"), "resolved");
  EXPECT_EQ(disposition->find("root_cause"), nullptr);

  Event promise = test::make(EventKind::promise, 4'000);
  promise.text = "I will ring on Tuesday";
  promise.attributes = {{{}, "due", Value::of_text("2026-03-03T17:00:00+01:00")}};
  content = encode(promise, head);
  content.personal.clear();
  auto const kept = decode_event(content, head);
  ASSERT_TRUE(static_cast<bool>(kept));
  EXPECT_EQ(kept->text_of("due"), "2026-03-03T17:00:00+01:00");
  EXPECT_EQ(kept->text, "");
}

TEST(EventCodec, AgentsStayAndCustomersDoNot) {
  domain::Interaction head = test::call();
  head.participants[0].person = "a-dana";
  head.participants[1].person = "c-118";
  auto content = encode(head);
  content.personal.clear();
  auto const erased = decode_head(content);
  ASSERT_TRUE(static_cast<bool>(erased));
  EXPECT_EQ(erased->participants[0].person, "a-dana");
  EXPECT_EQ(erased->participants[1].person, "");
  EXPECT_EQ(erased->participants[1].role, domain::Role::customer);
}

TEST(EventCodec, SaysWhatCannotBeRead) {
  domain::Interaction const head = test::call();
  EXPECT_EQ(decode_event({"{\"at_ms\":1,\"kind\":\"hold\"}", "{\"at_ms\":"}, head).error().message.find("stored event: not valid JSON"), 0U);
  EXPECT_EQ(decode_event({"", "{\"kind\":\"hold\"}"}, head).error().message,
            "stored event: field \"at_ms\" is missing; expected a whole number of milliseconds from the start, up to "
            "interaction_span_max, 10 years");
  EXPECT_NE(decode_event({"", "{\"kind\":\"hold\",\"at_ms\":1,\"participant\":\"p9\"}"}, head).error().message.find("participant"), std::string::npos);
  EXPECT_FALSE(static_cast<bool>(decode_head({"", "[]"})));
  EXPECT_FALSE(static_cast<bool>(decode_block({"", ""})));
}

}  // namespace
}  // namespace rapport::centre
