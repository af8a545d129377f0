#pragma once

#include <filesystem>
#include <vector>

#include "app/demo_centre.hpp"
#include "base/result.hpp"

namespace rapport::app {

/// What makes a data folder a demo's: the file demo.json in it, with who can log in. Readable by its owner
/// only, as the folder is.
struct DemoFolder {
  static constexpr char const* file_name = "demo.json";

  std::vector<DemoLogin> logins;
  bool complete = false;  ///< the centre has been made to its end

  /// Of a folder that is missing or empty: a new one with new passwords, not written yet. Error: the folder
  /// holds something else, or its file cannot be read.
  static base::Result<DemoFolder> find(std::filesystem::path const& data);
  base::Result<void> write(std::filesystem::path const& data) const;
};

}  // namespace rapport::app
