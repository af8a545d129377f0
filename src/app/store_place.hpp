#pragma once

#include <string>

#include "app/settings.hpp"
#include "base/secret.hpp"
#include "store/cipher.hpp"

namespace rapport::app {

/// Where the store is: the URL of a database, or the data folder.
std::string store_place(Settings const& settings);

/// The data folder's key as the store takes it. REQUIRES: of the length that DataFolder keeps.
store::Key store_key(base::Secret const& secret);

}  // namespace rapport::app
