#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "people/brands.hpp"
#include "records/store.hpp"
#include "server/api/gate.hpp"
#include "server/api/paging.hpp"

namespace rapport::server::api {

/// A page of those documents of a kind that pass, in order of id.
struct Scan {
  std::vector<records::Document> found;
  std::string next;  ///< to go on after; empty: that was all
};

/// The asker's brands, or the one of these that `?brand=` names. Problem: it is not one of theirs.
base::Result<people::BrandSet, http::Problem> brands_asked(Asked const& asked);

/// Looks at no more than limits::documents_scanned_max documents, so a page may hold fewer than were
/// asked for and still have a `next`. Blocks.
records::Stored<Scan> scan(records::Store& store, std::string_view kind, people::BrandSet const& brands, PageAsked const& page,
                           std::function<bool(records::Document const&)> const& passes);

}  // namespace rapport::server::api
