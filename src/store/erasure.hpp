#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "domain/words.hpp"
#include "store/database.hpp"

namespace rapport::store {

/// Destroys the person's key, names, lookups and words; within a transaction of the writer.
std::size_t erase(Connection& connection, std::string const& person);

/// Removes some closed interactions with all that belongs to them, the earliest closed first; how many.
/// Within a transaction of the writer.
std::size_t purge_some(Connection& connection, std::string_view brand, std::optional<domain::Channel> channel, base::Instant closed_before);

}  // namespace rapport::store
