#pragma once

#include <map>
#include <string>
#include <vector>

#include "playbook/playbook.hpp"
#include "playbook/values.hpp"

namespace rapport::playbook {

/// What a preset changes, by practice number.
struct PresetChanges {
  Preset preset;
  std::map<std::uint16_t, std::int32_t> weights;
  std::map<domain::Channel, std::map<std::uint16_t, std::int32_t>> channel_weights;
  std::vector<std::uint16_t> critical;
  std::vector<std::uint16_t> off;
  std::vector<std::uint16_t> on;
};

/// `playbook.yaml`.
struct Manifest {
  std::string name;
  std::string version;
  std::vector<PresetChanges> presets;  ///< in the file's order
  std::vector<std::string> order;      ///< paths of practice files, first things first
};

/// Reads `playbook.yaml`. `practice_files` are the paths that `order` may name.
Manifest read_manifest(Node const& root, Reading const& reading, std::vector<std::string> const& practice_files);

/// Changes the practices, which stand in the order of their numbers.
void apply_preset(PresetChanges const& changes, std::vector<Practice>& practices);

/// Reads one file of frameworks/.
void read_framework_file(Node const& root, Reading const& reading, std::vector<Framework>& frameworks);

}  // namespace rapport::playbook
