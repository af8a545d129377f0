#include "store/open.hpp"

#include "store/postgres_database.hpp"
#include "store/sql_store.hpp"
#include "store/sqlite_database.hpp"

namespace rapport::store {

bool is_url(std::string_view url_or_folder) {
  return url_or_folder.starts_with("postgresql://") || url_or_folder.starts_with("postgres://");
}

std::unique_ptr<Database> database_at(std::string const& url_or_folder, std::int64_t pages_max) {
  return is_url(url_or_folder) ? postgres_database(url_or_folder) : sqlite_database(url_or_folder, pages_max);
}

base::Result<std::unique_ptr<records::Store>, OpenFailure> open(std::string const& url_or_folder, Key const& master, OpenOptions const& options) {
  try {
    return std::unique_ptr<records::Store>{std::make_unique<SqlStore>(database_at(url_or_folder, options.pages_max), master, options.told, options.told_left_out)};
  } catch (Failure const& failure) {
    return OpenFailure{failure.error(), failure.what()};
  }
}

}  // namespace rapport::store
