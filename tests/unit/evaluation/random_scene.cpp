#include "unit/evaluation/random_scene.hpp"

#include <algorithm>

namespace rapport::evaluation::testing {

using base::Millis;
using domain::EventKind;
using domain::Role;
using domain::Source;
using playbook::Condition;
using playbook::OnTransfer;
using playbook::Pattern;
using playbook::PatternKind;
using playbook::ScopeKind;
using signals::SignalId;

namespace {

constexpr SignalId plain_signals = 5;  ///< fire with events
constexpr SignalId timed_signal = 5;   ///< fires between events, or later than its event
constexpr SignalId signal_count = 6;

/// Reads one small number after the other; zeros when there are no more.
class Dice {
 public:
  explicit Dice(std::vector<std::uint8_t> const& numbers) : numbers_(numbers) {}
  int below(int limit) { return next_ < numbers_.size() ? numbers_[next_++] % limit : 0; }
  bool one_in(int chances) { return below(chances) == chances - 1; }

 private:
  std::vector<std::uint8_t> const& numbers_;
  std::size_t next_ = 0;
};

Scene::Firing firing(Dice& dice, Millis now) {
  Scene::Firing firing;
  firing.signal = static_cast<SignalId>(dice.below(plain_signals));
  firing.position = static_cast<std::uint32_t>(dice.below(4));
  firing.sentence = static_cast<std::uint16_t>(firing.position / 2);
  firing.item = static_cast<std::uint64_t>(dice.below(2));
  firing.value = 1'000 * dice.below(4);
  firing.due_ms = dice.below(3) == 0 ? -1 : now + 1'000 * dice.below(12);
  firing.confidence = 1'000 - 100 * dice.below(3);
  return firing;
}

void add_event(Scene& scene, Dice dice) {
  Millis const last_at = scene.events.empty() ? 0 : scene.events.back().entry.at_ms;
  Millis const at = last_at + 1'000 * dice.below(5);
  Millis const until = at + 1'000 * dice.below(5);
  int const kind = dice.below(11);
  std::vector<Scene::Firing> firings;
  for (int count = dice.below(4); count > 0; --count) firings.push_back(firing(dice, at));
  std::ranges::sort(firings, {}, &Scene::Firing::position);
  bool const timed = !scene.events.empty() && at > last_at && dice.one_in(4);
  bool const later = dice.one_in(5);
  SceneEvent* event = nullptr;
  switch (kind) {
    case 0:
    case 1:
    case 2:
      event = &scene.agent(at, until, firings);
      break;
    case 3:
    case 4:
    case 5:
      event = &scene.customer(at, until, firings);
      break;
    case 6:
      event = &scene.other_agent(at, until, firings);
      break;
    case 7:
      event = &scene.backchannel(Role::customer, at, until, firings);
      break;
    case 8:
      event = &scene.answered(dice.below(2) == 0 ? dana : erin, at, firings);
      break;
    case 9:
      event = &scene.happens(EventKind::hold, at, firings);
      break;
    default: {
      event = &scene.happens(dice.below(2) == 0 ? EventKind::offered : EventKind::context, at, firings);
      domain::Event told;
      told.kind = EventKind::context;
      if (dice.below(2) == 0) told.attributes.push_back({"", "vip", domain::Value::of_boolean(true)});
      if (event->entry.kind == EventKind::context) event->told = told;
      break;
    }
  }
  if (dice.one_in(8)) event->entry.unreadable = event->entry.step.words;
  if (dice.one_in(8)) event->entry.language = "xx";
  auto const special = [&](Millis at_ms, std::uint32_t of_event) {
    signals::Occurrence occurrence;
    occurrence.signal = timed_signal;
    occurrence.event = of_event;
    occurrence.at_ms = at_ms;
    occurrence.end_ms = at_ms + 1'000 * dice.below(2);
    return occurrence;
  };
  if (timed) event->timed_before.push_back(special(last_at + 500, event->entry.event - 1));
  if (later) {
    event->fired.push_back(special(at + 1'000 * (1 + dice.below(4)), event->entry.event));
    scene.end_ms = std::max(scene.end_ms, event->fired.back().end_ms);
  }
}

void add_pattern(Scene& scene, Dice dice) {
  Pattern pattern;
  auto const any_signal = [&] { return static_cast<SignalId>(dice.below(signal_count)); };
  auto const plain_signal = [&] { return static_cast<SignalId>(dice.below(plain_signals)); };
  pattern.kind = static_cast<PatternKind>(dice.below(7));
  bool const with = pattern.kind == PatternKind::each_with;
  pattern.signal = with ? plain_signal() : any_signal();
  pattern.trigger = with ? plain_signal() : any_signal();
  pattern.scope.kind = static_cast<ScopeKind>(dice.below(5));
  pattern.scope.opens = any_signal();
  pattern.scope.closes = any_signal();
  if (dice.below(3) == 1) pattern.bound.time_ms = 1'000 * dice.below(8);
  if (dice.below(4) == 1) pattern.bound.agent_turns = dice.below(3);
  if (dice.below(5) == 1) pattern.bound.customer_turns = dice.below(3);
  if (dice.below(5) == 1) pattern.bound.speech_ms = 1'000 * dice.below(8);
  pattern.bound.due_of_trigger = dice.one_in(5);
  pattern.low = 1'000 * dice.below(3);
  pattern.high = pattern.low + 1'000 * dice.below(3);
  pattern.count = dice.below(3);
  pattern.reach = static_cast<signals::Reach>(dice.below(3));
  pattern.same_item = dice.one_in(3);
  pattern.first_only = dice.one_in(4);
  if (dice.one_in(4)) pattern.void_if.push_back(plain_signal());
  if (dice.one_in(6)) {
    Condition condition;
    condition.subject = Condition::Subject::signal;
    condition.signal = any_signal();
    condition.negated = dice.below(2) == 1;
    pattern.when.push_back(condition);
  }
  if (dice.one_in(6)) {
    Condition condition;
    condition.subject = Condition::Subject::context;
    condition.field = "vip";
    condition.negated = dice.below(2) == 1;
    pattern.when.push_back(condition);
  }
  OnTransfer const on_transfer = static_cast<OnTransfer>(dice.below(3));
  bool const pooled = !scene.playbook.practices.empty() && dice.one_in(4);
  if (pooled) {
    scene.playbook.practices.back().patterns.push_back(std::move(pattern));
  } else {
    scene.practice(std::move(pattern)).on_transfer = on_transfer;
  }
}

}  // namespace

rc::Gen<SceneSeed> scene_seeds() {
  using Numbers = std::vector<std::uint8_t>;
  auto const numbers = [](std::size_t count) {
    return rc::gen::container<Numbers>(count, rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint8_t>()));
  };
  auto const lists = [&](std::size_t most, std::size_t length) {
    return rc::gen::mapcat(rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(1, most + 1)), [=](std::size_t count) {
      return rc::gen::container<std::vector<Numbers>>(count, numbers(length));
    });
  };
  return rc::gen::build<SceneSeed>(rc::gen::set(&SceneSeed::events, lists(12, 32)),
                                   rc::gen::set(&SceneSeed::patterns, lists(4, 36)),
                                   rc::gen::set(&SceneSeed::last, numbers(8)),
                                   rc::gen::set(&SceneSeed::setting, numbers(48)));
}

Scene make_scene(SceneSeed const& seed) {
  Scene scene;
  Dice setting(seed.setting);
  for (SignalId signal = 0; signal < signal_count; ++signal) {
    domain::SourceSet needs;
    if (setting.below(4) != 3) needs.add(Source::words);
    if (setting.below(4) == 3) needs.add(Source::telephony);
    if (setting.below(4) == 3) needs.add(Source::timing);
    scene.signal(setting.below(3) == 2 ? 1U << static_cast<unsigned>(Role::agent) : any_speaker, needs);
  }
  for (auto const& numbers : seed.events) add_event(scene, Dice(numbers));
  for (auto const& numbers : seed.patterns) add_pattern(scene, Dice(numbers));
  Dice last(seed.last);
  if (last.one_in(3)) scene.at_end({.signal = static_cast<SignalId>(last.below(plain_signals))});
  scene.end_ms += 1'000 * last.below(4);
  if (setting.one_in(3)) scene.head.started_at = {};
  for (SignalId signal = 0; signal < signal_count; ++signal) scene.facts->facts[signal].reads_xx = setting.below(2) == 0;
  if (setting.one_in(3)) scene.observed = {Source::words};
  if (setting.one_in(4)) scene.observed = {Source::telephony};
  if (setting.one_in(4)) scene.observed = {Source::desk};
  if (setting.one_in(3)) scene.head.observed = scene.observed;
  return scene;
}

}  // namespace rapport::evaluation::testing
