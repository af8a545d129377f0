#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace rapport::app {

/// The files that the paths of a command line name, in order: a file stands for itself, a folder
/// for the files below it that may hold interactions (JSON, and texts that are transcripts), in byte
/// order of their paths. The `metadata` folder beside a `transcript` folder belongs to it (Harper Valley) and is left out.
/// Error: a path that does not exist, by name.
base::Result<std::vector<std::filesystem::path>> expand_paths(std::vector<std::string> const& paths);

}  // namespace rapport::app
