// Real conversations, arriving as they would live: late, again, partial and then final. Once complete
// the ledger is that of the batch run, byte for byte.
#include "evaluation/live.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "evaluation/scorecard.hpp"
#include "playbook/embedded.hpp"
#include "playbook/load.hpp"
#include "timeline/formats/reader.hpp"

namespace rapport::evaluation {
namespace {

using domain::Event;

playbook::Playbook const& standard() {
  static playbook::Playbook const playbook = [] {
    auto loaded = playbook::load(playbook::embedded_playbook("standard"));
    return std::move(*loaded.playbook);
  }();
  return playbook;
}

Plan const& plan() {
  static Plan const plan = plan_of(standard());
  return plan;
}

/// Conversations whose events all have an id and, within an instant, a seq of their own.
std::vector<timeline::formats::Imported> const& conversations() {
  static auto const all = [] {
    std::vector<timeline::formats::Imported> read;
    std::string const root = RAPPORT_SOURCE_DIR;
    for (std::string const name : {"/tests/labelled/build/a.jsonl", "/tests/labelled/build/b.jsonl"}) {
      auto reader = timeline::formats::InteractionReader::open(root + name);
      while (auto item = reader->next()) read.push_back(std::move(**item));
    }
    for (auto& one : read) {
      for (std::size_t index = 0; index < one.events.size(); ++index) {
        one.events[index].id = "e" + std::to_string(index);
        one.events[index].seq = static_cast<std::int64_t>(index);
      }
    }
    return read;
  }();
  return all;
}

std::string batch(timeline::formats::Imported const& imported) {
  auto const timeline = timeline::Timeline::build(imported.head, imported.events);
  return to_json(evaluate(plan(), *timeline), *timeline, standard());
}

std::string rendered(LiveEvaluation const& live) {
  auto const timeline = timeline::Timeline::build(live.timeline().head(), live.timeline().events());
  return to_json(live.ledger(), *timeline, standard());
}

/// What the recogniser thought before it was sure: other words, a shorter span.
Event partial_of(Event const& final_event) {
  Event partial = final_event;
  partial.id += "-partial";
  partial.text = partial.text.substr(0, partial.text.size() / 2);
  return partial;
}

RC_GTEST_PROP(LiveEvaluation, AnyArrivalGivesTheBatchLedger, ()) {
  auto const& imported = conversations()[*rc::gen::inRange<std::size_t>(0, conversations().size())];
  std::vector<Event> arriving;
  for (Event const& event : imported.events) {
    bool const unsure = carries_words(event.kind) && *rc::gen::inRange(0, 5) == 0;
    if (unsure) {
      arriving.push_back(partial_of(event));
      Event sure = event;
      sure.revises = arriving.back().id;
      arriving.push_back(sure);
    } else {
      arriving.push_back(event);
    }
    if (*rc::gen::inRange(0, 8) == 0) arriving.push_back(arriving.back());
  }
  int const swaps = *rc::gen::inRange(0, 12);
  for (int swap = 0; swap < swaps; ++swap) {
    auto const left = *rc::gen::inRange<std::size_t>(0, arriving.size());
    auto const right = std::min(arriving.size() - 1, left + *rc::gen::inRange<std::size_t>(0, 9));
    std::swap(arriving[left], arriving[right]);
  }
  LiveEvaluation live{plan(), imported.head};
  base::Millis told = 0;
  for (Event const& event : arriving) {
    auto const update = live.take(event);
    RC_ASSERT(static_cast<bool>(update));
    if (*rc::gen::inRange(0, 6) == 0) {
      told = std::max(told, event.at_ms + *rc::gen::inRange<base::Millis>(0, 20'000));
      live.pass_time(told);
    }
  }
  bool const equal = rendered(live) == batch(imported);  // not the texts: they are long
  RC_ASSERT(equal);
}

RC_GTEST_PROP(LiveEvaluation, ShuffledWholeGivesTheBatchLedger, ()) {
  auto const& imported = conversations()[*rc::gen::inRange<std::size_t>(0, conversations().size())];
  std::vector<std::size_t> order(imported.events.size());
  for (std::size_t index = 0; index < order.size(); ++index) order[index] = index;
  for (std::size_t index = order.size(); index > 1; --index) {
    std::swap(order[index - 1], order[*rc::gen::inRange<std::size_t>(0, index)]);
  }
  LiveEvaluation live{plan(), imported.head};
  for (std::size_t const index : order) RC_ASSERT(static_cast<bool>(live.take(imported.events[index])));
  bool const equal = rendered(live) == batch(imported);  // not the texts: they are long
  RC_ASSERT(equal);
}

/// The standard playbook with a part of its practices, at other weights, under one of its presets.
playbook::Playbook any_playbook() {
  static auto const presets = [] {
    std::vector<playbook::Playbook> loaded;
    for (std::string_view const preset : {"service", "sales", "complaints", "outbound"}) {
      loaded.push_back(*playbook::load(playbook::embedded_playbook("standard"), preset).playbook);
    }
    return loaded;
  }();
  playbook::Playbook chosen = presets[*rc::gen::inRange<std::size_t>(0, presets.size())];
  std::uint64_t const off = *rc::gen::arbitrary<std::uint64_t>() & *rc::gen::arbitrary<std::uint64_t>();
  for (std::size_t index = 0; index < chosen.practices.size(); ++index) {
    playbook::Practice& practice = chosen.practices[index];
    practice.on = practice.on && (off >> (index % 64) & 1U) == 0;
    practice.weight = static_cast<std::int32_t>(off >> (index % 48) & 3U);
  }
  return chosen;
}

/// A conversation that nobody had: what was said and done in many, at any time, over each other and
/// at the same instant, with holds, transfers and facts in between.
timeline::formats::Imported any_timeline() {
  using domain::EventKind;
  auto const any_of = [] { return conversations()[*rc::gen::inRange<std::size_t>(0, conversations().size())]; };
  timeline::formats::Imported made = any_of();
  made.head.participants.resize(std::min<std::size_t>(made.head.participants.size(), 2));
  made.events.clear();
  auto const count = *rc::gen::inRange<std::size_t>(0, 24);
  for (std::size_t index = 0; index < count; ++index) {
    auto const& from = any_of().events;
    Event event = from[*rc::gen::inRange<std::size_t>(0, from.size())];
    if (*rc::gen::inRange(0, 6) == 0) {
      event.kind = *rc::gen::element(EventKind::hold, EventKind::transfer, EventKind::answered, EventKind::promise, EventKind::note, EventKind::leg_started, EventKind::speech);
      event.text.clear();
    }
    event.participant = domain::nobody;
    event.leg.clear();
    event.revises.clear();
    event.id = "e" + std::to_string(index);
    event.seq = static_cast<std::int64_t>(index);
    event.at_ms = *rc::gen::inRange<base::Millis>(0, 40) * base::second;
    event.end_ms.reset();
    if (*rc::gen::inRange(0, 3) > 0) event.end_ms = event.at_ms + *rc::gen::inRange<base::Millis>(0, 9'000);
    made.events.push_back(std::move(event));
  }
  return made;
}

RC_GTEST_PROP(LiveEvaluation, OfAnyTimelineAndPlaybookGivesTheBatchLedger, ()) {
  playbook::Playbook const playbook = any_playbook();
  Plan const plan = plan_of(playbook);
  timeline::formats::Imported const imported = any_timeline();
  auto const timeline = timeline::Timeline::build(imported.head, imported.events);
  RC_PRE(static_cast<bool>(timeline));
  std::vector<Event> arriving;
  for (Event const& event : imported.events) {
    Event sure = event;
    if (carries_words(event.kind) && *rc::gen::inRange(0, 3) == 0) {
      arriving.push_back(partial_of(event));
      sure.revises = arriving.back().id;
    }
    arriving.push_back(sure);
    if (*rc::gen::inRange(0, 4) == 0) arriving.push_back(sure);
  }
  for (std::size_t index = arriving.size(); index > 1; --index) {
    std::swap(arriving[index - 1], arriving[*rc::gen::inRange<std::size_t>(0, index)]);
  }
  LiveEvaluation live{plan, imported.head};
  for (Event const& event : arriving) RC_ASSERT(static_cast<bool>(live.take(event)));
  auto const complete = timeline::Timeline::build(live.timeline().head(), live.timeline().events());
  bool const equal = to_json(live.ledger(), *complete, playbook) == to_json(evaluate(plan, *timeline), *timeline, playbook);
  RC_ASSERT(equal);
}

TEST(LiveEvaluation, TellsWhatOpensAndWhatIsMetAndCuesOnce) {
  auto const& imported = conversations().front();
  LiveEvaluation live{plan(), imported.head};
  std::size_t opened = 0;
  std::size_t met = 0;
  std::multiset<std::pair<std::uint16_t, base::Millis>> cues;
  for (Event const& event : imported.events) {
    auto const update = live.take(event);
    ASSERT_TRUE(update);
    EXPECT_TRUE(update->revised.empty());
    for (Change const& change : update->changes) {
      opened += change.kind == Change::Kind::opened ? 1U : 0U;
      met += change.kind == Change::Kind::met ? 1U : 0U;
      if (change.kind == Change::Kind::cue) cues.emplace(change.practice, live.obligation(change.obligation).opened_ms);
    }
  }
  EXPECT_GT(opened, 20U);
  EXPECT_GT(met, 5U);
  EXPECT_EQ(cues.size(), (std::set<std::pair<std::uint16_t, base::Millis>>{cues.begin(), cues.end()}.size()));
}

TEST(LiveEvaluation, ALateEventRevisesWhatWasPublished) {
  auto const& imported = conversations().front();
  LiveEvaluation live{plan(), imported.head};
  auto const is_first_agent_words = [&](Event const& event) {
    return carries_words(event.kind) && event.by == domain::Role::agent;
  };
  auto const held_back = std::ranges::find_if(imported.events, is_first_agent_words);
  ASSERT_NE(held_back, imported.events.end());
  for (Event const& event : imported.events) {
    if (event.id == held_back->id) continue;
    ASSERT_TRUE(live.take(event));
  }
  auto const update = live.take(*held_back);
  ASSERT_TRUE(update);
  EXPECT_FALSE(update->revised.empty());
  EXPECT_EQ(rendered(live), batch(imported));
}

TEST(LiveEvaluation, AnImpossibleEventIsRefusedAndNothingChanges) {
  auto const& imported = conversations().front();
  LiveEvaluation live{plan(), imported.head};
  for (Event const& event : imported.events) ASSERT_TRUE(live.take(event));
  Event wrong = imported.events.back();
  wrong.id = "backwards";
  wrong.end_ms = wrong.at_ms - 1;
  EXPECT_FALSE(live.take(wrong));
  Event other = imported.events.front();
  other.text += " something else";
  EXPECT_FALSE(live.take(other));
  EXPECT_EQ(rendered(live), batch(imported));
}

}  // namespace
}  // namespace rapport::evaluation
