#pragma once

#include <memory>
#include <string>

#include "store/database.hpp"

namespace rapport::store {

/// A PostgreSQL database by its URL ("postgresql://user@host/name"). The writer's connection holds an
/// advisory lock as long as it stands.
std::unique_ptr<Database> postgres_database(std::string url);

}  // namespace rapport::store
