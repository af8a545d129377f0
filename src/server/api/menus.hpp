#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "records/store.hpp"
#include "server/api/gate.hpp"

namespace rapport::server::api {

inline constexpr std::string_view menu_kind = "menu";

/// What callers hear before they come to a queue (centre/menu_document.hpp), as a resource: list, make,
/// read, replace, remove. `changed` is called after each change, may be empty, and must be quick.
void add_menus(Gate& gate, std::function<void()> changed);

/// Every document of a kind. Blocks.
records::Stored<std::vector<records::Document>> all_documents(records::Store& store, std::string_view kind);
/// That a brand's document names.
std::string language_of(records::Document const& brand);

}  // namespace rapport::server::api
