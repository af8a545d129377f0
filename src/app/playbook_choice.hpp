#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "playbook/load.hpp"
#include "playbook/playbook.hpp"

namespace rapport::app {

/// Which playbook a command works with: a folder, or the standard one inside the binary.
struct PlaybookChoice {
  std::string folder;  ///< empty: the standard playbook
  std::string preset;  ///< empty: none
};

/// Loads it. Error: all its problems, a line each, or that the folder cannot be read.
base::Result<std::shared_ptr<playbook::Playbook const>> load_playbook(PlaybookChoice const& choice);

/// Reads the files of a playbook's folder, for `load`. Error: no such folder, a file that cannot
/// be read, more than limits::playbook_bytes_max.
base::Result<std::vector<playbook::SourceFile>> read_playbook_folder(std::string const& folder);

}  // namespace rapport::app
