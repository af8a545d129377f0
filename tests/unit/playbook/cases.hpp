#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "playbook/load.hpp"

namespace rapport::playbook::testing {

/// Files from one text: a line "=== PATH" begins each. What stands before the first is left out.
std::vector<SourceFile> files_of(std::string_view text);

/// Adds the files that a small, sound playbook has and `files` has not: a manifest, a practice and
/// the signals that the cases use.
std::vector<SourceFile> with_ground(std::vector<SourceFile> files);

/// All problems, a line each.
std::string problems_of(Loaded const& loaded);

/// The whole content of a file below the source folder; fails the test if it cannot be read.
std::string read_source(std::string const& path);

}  // namespace rapport::playbook::testing
