#pragma once

#include <rapidcheck.h>

#include "unit/evaluation/scene.hpp"

namespace rapport::evaluation::testing {

/// Raw material of a scene: small numbers that `make_scene` reads, so that RapidCheck can shrink it.
struct SceneSeed {
  std::vector<std::vector<std::uint8_t>> events;
  std::vector<std::vector<std::uint8_t>> patterns;
  std::vector<std::uint8_t> last;
  std::vector<std::uint8_t> setting;
};

rc::Gen<SceneSeed> scene_seeds();

/// A scene over a small alphabet: two agents and a customer, up to a dozen events within a minute,
/// up to three practices of any pattern, bound and scope. Short numbers make simple scenes.
Scene make_scene(SceneSeed const& seed);

}  // namespace rapport::evaluation::testing
