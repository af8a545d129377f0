#include "server/api/kept_list.hpp"

#include <algorithm>

#include "server/api/body.hpp"

namespace rapport::server::api {

base::Result<ListAsked, http::Problem> read_list(Services& services, Asked const& asked, people::Permission permission) {
  auto const page = page_asked(asked.request);
  if (!page) return malformed("limit, after: malformed");
  ListAsked list{*page, query_text(asked.request, "brand"), std::nullopt, query_text(asked.request, "owner")};
  if (auto const id = query_text(asked.request, "customer")) {
    auto customer = find_customer(services, asked, permission, *id);
    if (!customer) return customer.error();
    list.customer = std::move(*customer);
    return list;
  }
  people::Principal const& who = asked.principal();
  if (knows_brands(who, permission)) return list;
  bool const own = list.owner && (*list.owner == who.user || std::ranges::find(who.teams, *list.owner) != who.teams.end());
  if (!own) list.owner = who.user;
  return list;
}

}  // namespace rapport::server::api
