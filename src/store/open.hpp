#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "records/store.hpp"
#include "store/changes.hpp"
#include "store/cipher.hpp"
#include "store/database.hpp"

namespace rapport::store {

struct OpenOptions {
  /// Told when the store becomes unavailable (the reason, for logs) and available again (empty). On the
  /// writer's thread; must be quick.
  std::function<void(std::string const& trouble)> told;
  /// Told of a change that could not be kept of a batch that must last. The same thread; must be quick.
  std::function<void(LeftOut const& change)> told_left_out{};
  /// SQLite's file may not grow beyond so many pages; 0: no bound.
  std::int64_t pages_max = 0;
};

/// Why a store could not be opened.
struct OpenFailure {
  records::StoreError error = records::StoreError::broken;  ///< `broken`: another master key, a newer schema, damage
  std::string message;                                      ///< for a person
};

/// True for what is a database's URL rather than a folder.
bool is_url(std::string_view url_or_folder);

/// Opens the store in a data folder (SQLite; made if it is not there) or a PostgreSQL database by its
/// URL, brings its schema up to date and keeps other servers out until it is destroyed.
base::Result<std::unique_ptr<records::Store>, OpenFailure> open(std::string const& url_or_folder, Key const& master, OpenOptions const& options = {});

/// The database alone, for backup and restore.
std::unique_ptr<Database> database_at(std::string const& url_or_folder, std::int64_t pages_max = 0);

}  // namespace rapport::store
