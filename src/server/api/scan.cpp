#include "server/api/scan.hpp"

#include <algorithm>
#include <utility>

#include "base/limits.hpp"
#include "server/api/body.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {

base::Result<people::BrandSet, http::Problem> brands_asked(Asked const& asked) {
  people::BrandSet const& own = asked.principal().brands;
  auto const named = query_text(asked.request, "brand");
  if (!named) return own;
  if (!own.has(*named)) return forbidden("brand: not one of yours");
  return people::BrandSet{.all = false, .names = {*named}};
}

records::Stored<Scan> scan(records::Store& store, std::string_view kind, people::BrandSet const& brands, PageAsked const& page,
                           std::function<bool(records::Document const&)> const& passes) {
  Scan made;
  std::string after = page.after;
  std::optional<std::string_view> brand;
  if (!brands.all && brands.names.size() == 1) brand = brands.names.front();
  std::size_t looked_at = 0;
  for (;;) {
    auto part = store.documents(kind, brand, after, limits::page_max);
    if (!part) return part.error();
    for (records::Document& document : part->documents) {
      if (made.found.size() == page.limit) {
        made.next = after;
        return made;
      }
      after = document.id;
      ++looked_at;
      if (brands.has(document.brand) && passes(document)) made.found.push_back(std::move(document));
    }
    if (!part->more) return made;
    if (looked_at >= limits::documents_scanned_max) {
      made.next = after;
      return made;
    }
  }
}

}  // namespace rapport::server::api
