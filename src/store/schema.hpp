#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/cipher.hpp"
#include "store/database.hpp"

namespace rapport::store {

/// A table as a backup knows it: its columns in order, and which are bytes.
struct Table {
  std::string_view name;
  std::string_view columns;  ///< of `letters`: i integer, t text, b bytes; in the order of `names`
  std::vector<std::string_view> names;
  std::string_view order;  ///< by which it is walked
};

/// Of this release.
std::int64_t schema_version();
/// All tables whose rows make the content, in the order in which they are restored; full text, which
/// each database has in a shape of its own, apart.
std::vector<Table> const& tables();

/// The version that the database has; 0: empty.
std::int64_t version_of(Connection& connection, Dialect dialect);
/// Brings the database from the version that it has to `target`, a step in a transaction. Throws Failure
/// `broken` if it is newer than this release.
void migrate(Connection& connection, Dialect dialect, std::int64_t target = schema_version());

/// Notes the master key at the first opening; later, throws Failure `broken` if it is another one.
void check_master_key(Connection& connection, Keys const& keys);

}  // namespace rapport::store
