#include "playbook/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/limits.hpp"
#include "base/nearest.hpp"

namespace rapport::playbook {
namespace {

constexpr std::array<std::string_view, 4> manifest_keys{"name", "version", "presets", "order"};
constexpr std::array<std::string_view, 6> preset_keys{"say", "weights", "channel_weights", "critical", "off", "on"};

std::map<std::uint16_t, std::int32_t> read_weights(Node const& node, std::string_view what, Reading const& reading) {
  std::map<std::uint16_t, std::int32_t> weights;
  if (!node.is_map()) {
    tell_unexpected(node, what, "a map from practices to weights", reading.problems);
    return weights;
  }
  for (Entry const& entry : node.entries) {
    auto const practice = reading.practices.resolve(entry.key.text, entry.key, 0, reading.problems);
    auto const weight = read_integer(entry.value, in_quotes(entry.key.text), 0, limits::weight_max, reading.problems);
    if (practice && weight) weights[*practice] = *weight;
  }
  return weights;
}

PresetChanges read_preset(Entry const& entry, Reading const& reading) {
  PresetChanges changes;
  changes.preset.name = entry.key.text;
  Node const& node = entry.value;
  if (!check_map(node, "a preset", preset_keys, reading.problems)) return changes;
  auto const practices = [&](std::string_view key) {
    Node const* list = node.find(key);
    return list == nullptr ? std::vector<std::uint16_t>() : read_names(*list, fmt::format("\"{}\"", key), reading.practices, reading.problems);
  };
  if (Node const* say = node.find("say")) {
    changes.preset.say = read_text(*say, "\"say\"", reading.problems).value_or("");
  } else {
    reading.problems.add(entry.key.place(), fmt::format("the preset {} has no \"say\"; expected what it is for", in_quotes(entry.key.text)));
  }
  if (Node const* weights = node.find("weights")) changes.weights = read_weights(*weights, "\"weights\"", reading);
  Node const* channels = node.find("channel_weights");
  if (channels != nullptr && check_map(*channels, "\"channel_weights\"", channel_words(), reading.problems)) {
    for (Entry const& one : channels->entries) {
      auto const channel = domain::parse_channel(one.key.text);
      if (channel) changes.channel_weights[*channel] = read_weights(one.value, in_quotes(one.key.text), reading);
    }
  }
  changes.critical = practices("critical");
  changes.off = practices("off");
  changes.on = practices("on");
  for (std::uint16_t const practice : changes.on) {
    if (std::find(changes.off.begin(), changes.off.end(), practice) == changes.off.end()) continue;
    reading.problems.add(entry.key.place(), fmt::format("the preset {} turns {} both on and off; expected one of them", in_quotes(entry.key.text),
                                                        in_quotes(reading.practices.name(practice))));
  }
  return changes;
}

/// The practice file that `order` means: "hold.yaml" or "practices/hold.yaml".
std::optional<std::string> find_file(Node const& node, std::vector<std::string> const& files, Problems& problems) {
  constexpr std::string_view folder = "practices/";
  auto const name = read_text(node, "\"order\"", problems);
  if (!name) return std::nullopt;
  for (std::string const& file : files) {
    if (file == *name || file.substr(folder.size()) == *name) return file;
  }
  std::vector<std::string_view> names;
  for (std::string const& file : files) names.push_back(std::string_view(file).substr(folder.size()));
  auto const near = base::nearest(*name, names);
  problems.add(node.place(), fmt::format("{} is no file under practices/; {}", in_quotes(*name),
                                         near ? fmt::format("did you mean \"{}\"?", *near) : "expected the name of one"));
  return std::nullopt;
}

std::string read_required_text(Node const& root, std::string_view key, Problems& problems) {
  Node const* node = root.find(key);
  if (node != nullptr) {
    std::string text = read_text(*node, fmt::format("\"{}\"", key), problems).value_or("");
    if (text.size() <= limits::name_bytes_max) return text;
    problems.add(node->place(), fmt::format("\"{}\" is {} bytes; expected at most {}", key, text.size(), limits::name_bytes_max));
    return {};
  }
  problems.add(root.place(), fmt::format("the playbook has no \"{0}\"; expected {0}: TEXT", key));
  return {};
}

}  // namespace

Manifest read_manifest(Node const& root, Reading const& reading, std::vector<std::string> const& practice_files) {
  Manifest manifest;
  if (root.is_map()) check_map(root, "a playbook", manifest_keys, reading.problems);
  manifest.name = read_required_text(root, "name", reading.problems);
  manifest.version = read_required_text(root, "version", reading.problems);
  Node const* presets = root.find("presets");
  if (presets != nullptr && !presets->is_map()) tell_unexpected(*presets, "\"presets\"", "a map from names to presets", reading.problems);
  if (presets != nullptr) {
    for (Entry const& entry : presets->entries) manifest.presets.push_back(read_preset(entry, reading));
  }
  if (Node const* order = root.find("order")) {
    for (Node const* item : one_or_many(*order, "\"order\"", "a list of files", reading.problems)) {
      if (auto file = find_file(*item, practice_files, reading.problems)) manifest.order.push_back(*std::move(file));
    }
  }
  return manifest;
}

void apply_preset(PresetChanges const& changes, std::vector<Practice>& practices) {
  for (auto const& [practice, weight] : changes.weights) practices[practice].weight = weight;
  for (auto const& [channel, weights] : changes.channel_weights) {
    for (auto const& [practice, weight] : weights) practices[practice].channel_weight[channel] = weight;
  }
  for (std::uint16_t const practice : changes.critical) practices[practice].critical = true;
  for (std::uint16_t const practice : changes.off) practices[practice].on = false;
  for (std::uint16_t const practice : changes.on) practices[practice].on = true;
}

}  // namespace rapport::playbook
