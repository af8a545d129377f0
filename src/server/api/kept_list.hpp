#pragma once

#include <boost/json.hpp>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/api/customer_access.hpp"
#include "server/api/paging.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {

/// What a list of cases or promises is asked for. Who may not see all of their brands sees what is a
/// customer's of theirs, or their own.
struct ListAsked {
  PageAsked page;
  std::optional<std::string> brand;
  std::optional<KeptCustomer> customer;  ///< whose; one whom the asker reaches
  std::optional<std::string> owner;
};
/// Reads `?customer=&owner=&brand=` and the page. Blocks.
base::Result<ListAsked, http::Problem> read_list(Services& services, Asked const& asked, people::Permission permission);

/// A page as the answer: those that `fits` and that are of the asker's brands or of the customer who was
/// named. A page may hold less than it could and go on.
template <typename Value>
http::Response answer_list(Asked const& asked, ListAsked const& list, records::Stored<KeptPage<Value>> const& found,
                           std::function<bool(Value const&)> const& fits, std::function<boost::json::object(Kept<Value> const&)> const& shown) {
  if (!found) return problem_of(found.error()).response();
  boost::json::array items;
  for (Kept<Value> const& one : found->items) {
    bool const theirs = list.customer || asked.principal().brands.has(one.value.brand);
    bool const of_brand = !list.brand || *list.brand == one.value.brand;
    bool const of_owner = !list.owner || *list.owner == one.value.owner;
    if (theirs && of_brand && of_owner && fits(one.value)) items.push_back(shown(one));
  }
  boost::json::object answer{{"items", std::move(items)}, {"next", nullptr}};
  if (found->more) answer["next"] = cursor_of(found->last);
  return http::Response::json(boost::json::serialize(answer));
}

}  // namespace rapport::server::api
