#pragma once

#include <optional>
#include <span>
#include <vector>

#include "playbook/playbook.hpp"
#include "playbook/values.hpp"

namespace rapport::playbook {

/// The keys that make up a pattern, wherever it stands.
std::span<std::string_view const> pattern_keys();

/// Which signals are measures: those with no source but measuring detectors, by signal number.
/// A signal whose sources were all faulty counts as one, so that no mistake is told twice.
std::vector<bool> find_measures(std::vector<signals::Spec> const& signals, Names const& names);

/// Reads patterns out of practices. Borrows all it is given.
class PatternReader {
 public:
  PatternReader(Reading const& reading, std::vector<bool> const& measures) : reading_(reading), measures_(measures) {}

  /// Whether the map holds any key that begins a pattern ("must", "each", …).
  static bool begins(Node const& map);
  /// Reads the pattern of the map, which begins one. Starts from `shared`, which holds what all
  /// patterns of the practice have in common. Nothing, with problems told, if it is faulty.
  std::optional<Pattern> read(Node const& map, Pattern const& shared) const;
  /// Reads `scope`, `when` and `void if` into the pattern.
  void read_frame(Node const& map, Pattern& pattern) const;

 private:
  bool read_single(Node const& node, Pattern& pattern) const;
  bool read_each(Node const& map, Pattern& pattern) const;
  bool read_with(Node const& node, Pattern& pattern) const;
  bool read_measure(Node const& map, Pattern& pattern) const;
  bool check_company(Node const& map, std::string_view begin) const;
  void read_scope(Node const& node, Pattern& pattern) const;

  Reading const& reading_;
  std::vector<bool> const& measures_;
};

/// Reads `when`: a map of conditions or a list of such maps; all must hold.
void read_conditions(Node const& node, Reading const& reading, std::vector<Condition>& conditions);

}  // namespace rapport::playbook
