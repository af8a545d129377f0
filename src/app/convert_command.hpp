#pragma once

#include <string>
#include <vector>

namespace rapport::app {

struct ConvertOptions {
  std::vector<std::string> paths;
  std::string to;   ///< interaction, vcon or text
  std::string out;  ///< a folder; empty: standard output
};

/// Writes every interaction of the paths in another format: to standard output one after another,
/// or into a folder, a file each. Returns the exit status.
int convert(ConvertOptions const& options);

}  // namespace rapport::app
