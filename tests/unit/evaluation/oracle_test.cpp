#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <sstream>
#include <tuple>

#include "unit/evaluation/oracle.hpp"
#include "unit/evaluation/random_scene.hpp"

namespace rapport::evaluation::testing {
namespace {

/// Both lists in one order that says nothing of who opened what first.
void sort_fully(std::vector<Occasion>& occasions) {
  std::ranges::sort(occasions, {}, [](Occasion const& o) {
    return std::tuple(o.practice, o.pattern, o.opened_ms, o.opened_by ? o.opened_by->event : 0, describe(o));
  });
}

std::string list(std::vector<Occasion> const& occasions) {
  std::ostringstream out;
  for (Occasion const& occasion : occasions) out << "  " << describe(occasion) << '\n';
  return out.str();
}

RC_GTEST_PROP(Oracle, AgreesWithTheEngineOnEveryOccasion, ()) {
  Scene const scene = make_scene(*scene_seeds());
  std::vector<Occasion> engine = scene.play().occasions;
  std::vector<Occasion> oracle = oracle_occasions(scene);
  sort_fully(engine);
  sort_fully(oracle);
  if (engine != oracle) {
    RC_FAIL("scene\n" + describe(scene) + "engine\n" + list(engine) + "oracle\n" + list(oracle));
  }
}

RC_GTEST_PROP(Oracle, AgreesWithTheEngineOnWhatCannotBeKnown, ()) {
  Scene const scene = make_scene(*scene_seeds());
  Ledger const engine = scene.play();
  bool const took_part = std::ranges::any_of(scene.events, [](SceneEvent const& event) {
    return event.entry.current_agent != domain::nobody;
  });
  domain::SourceSet const observed = scene.head.observed.value_or(domain::SourceSet{});
  bool const would_show = !scene.head.observed || observed.has(domain::Source::words) || observed.has(domain::Source::timing) || observed.has(domain::Source::telephony);
  AgentPart const part = took_part ? AgentPart::took_part : would_show ? AgentPart::none
                                                                       : AgentPart::unknown;
  Ledger const oracle = make_ledger(scene.playbook, scene.head.channel, part, oracle_occasions(scene), oracle_marks(scene));
  if (engine.practices != oracle.practices) {
    RC_FAIL("scene\n" + describe(scene) + "engine\n" + describe(engine) + "oracle\n" + describe(oracle));
  }
}

RC_GTEST_PROP(Checkpoint, ACopyGoesOnAsTheOriginalWould, ()) {
  Scene const scene = make_scene(*scene_seeds());
  RC_ASSERT(scene.play_by_copies() == scene.play());
}

}  // namespace
}  // namespace rapport::evaluation::testing
