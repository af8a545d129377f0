#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "playbook/source.hpp"

namespace rapport::playbook {

/// One line of two versions of a file. Numbers count from 1; 0: not in that version.
struct LineDifference {
  enum class Kind : std::uint8_t { same,
                                   removed,
                                   added };
  Kind kind = Kind::same;
  int before = 0;
  int after = 0;
  std::string text;

  bool operator==(LineDifference const&) const = default;
};

/// A file that is not the same in both versions: the lines that differ, with three around them.
struct FileDifference {
  enum class Change : std::uint8_t { added,
                                     removed,
                                     changed };
  std::string path;
  Change change = Change::changed;
  std::vector<LineDifference> lines;

  bool operator==(FileDifference const&) const = default;
};

/// What differs between two sets of files, by path. The lines are those of a shortest script of
/// insertions and deletions: Myers (1986), "An O(ND) Difference Algorithm and Its Variations",
/// Algorithmica 1:251. Where files are longer than limits::difference_lines_max together, or differ in
/// more than a thousand lines, all between the first and the last difference is shown as replaced.
std::vector<FileDifference> difference(std::span<SourceFile const> before, std::span<SourceFile const> after);

}  // namespace rapport::playbook
