#pragma once

#include <filesystem>
#include <memory>

#include "store/database.hpp"

namespace rapport::store {

/// One file `rapport.db` in the folder, which is made if it is not there. `pages_max`: the file may not
/// grow beyond (0: no bound); so that tests fill a disk.
std::unique_ptr<Database> sqlite_database(std::filesystem::path const& folder, std::int64_t pages_max = 0);

}  // namespace rapport::store
