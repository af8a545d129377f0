#include "server/api/customer_access.hpp"

#include <algorithm>
#include <utility>

#include "server/api/problems.hpp"

namespace rapport::server::api {
namespace {

using people::Permission;

bool is_owner(people::Principal const& principal, std::string_view owner) {
  return !owner.empty() && (owner == principal.user || std::ranges::find(principal.teams, owner) != principal.teams.end());
}

/// Whether the asker answered one of the customer's contacts, in a brand of theirs.
base::Result<bool, http::Problem> answered(Services& services, people::Principal const& principal, std::vector<std::string> const& parts) {
  if (principal.user.empty() || (!principal.brands.all && principal.brands.names.empty())) return false;
  for (std::string const& part : parts) {
    records::InteractionQuery query;
    query.customer = part;
    query.agent = principal.user;
    if (!principal.brands.all) query.brands = principal.brands.names;
    query.limit = 1;
    auto const found = services.store.search(query);
    if (!found) return problem_of(found.error());
    if (!found->rows.empty()) return true;
  }
  return false;
}

base::Result<bool, http::Problem> reaches_parts(Services& services, people::Principal const& principal, Permission permission,
                                                std::string_view brand, std::vector<std::string> const& parts) {
  if (!people::may(principal, permission)) return false;
  if (services.live.customer_in_hand(principal.user, parts)) return true;
  if (!services.brands.within(principal.brands, brand)) return false;
  if (knows_brands(principal, permission)) return true;
  return answered(services, principal, parts);
}

/// Of a document that was found, or not: itself, if it is reached.
template <typename Value>
base::Result<Kept<Value>, http::Problem> reached(Services& services, Asked const& asked, Permission permission,
                                                 records::Stored<std::optional<Kept<Value>>> found) {
  if (!found) return problem_of(found.error());
  if (!*found) return not_found();
  Value const& value = (**found).value;
  auto const may = reaches(services, asked.principal(), permission, value.brand, value.customer, value.owner);
  if (!may) return may.error();
  if (!*may) return not_found();
  return std::move(**found);
}

}  // namespace

bool knows_brands(people::Principal const& principal, Permission permission) {
  bool const of_brands_alone = permission == Permission::customers_merge || permission == Permission::customers_erase;
  return of_brands_alone || people::may(principal, Permission::interactions_read_all);
}

bool owns(people::Principal const& principal, customers::Profile const& customer) {
  return std::ranges::all_of(customers::parts(customer), [&](customers::Profile const* part) { return principal.brands.has(part->brand); });
}

std::vector<std::string> ids_of(customers::Profile const& customer) {
  std::vector<std::string> ids;
  for (customers::Profile const* const part : customers::parts(customer)) ids.push_back(part->id);
  return ids;
}

bool has_customer_in_hand(Services& services, people::Principal const& principal, records::InteractionRow const& row) {
  if (!people::may(principal, Permission::customers_read) || !services.live.has_any_in_hand(principal.user)) return false;
  auto const customer = services.book.customer(row.customer);
  if (!customer || !*customer) return false;
  customers::Profile const& profile = (**customer).value;
  return services.brands.links()->linked(profile.brand, row.brand) && services.live.customer_in_hand(principal.user, ids_of(profile));
}

base::Result<bool, http::Problem> reaches(Services& services, people::Principal const& principal, Permission permission,
                                          customers::Profile const& customer) {
  return reaches_parts(services, principal, permission, customer.brand, ids_of(customer));
}

base::Result<bool, http::Problem> reaches(Services& services, people::Principal const& principal, Permission permission,
                                          std::string_view brand, std::string_view part, std::string_view owner) {
  if (people::may(principal, permission) && is_owner(principal, owner) && principal.brands.has(brand)) return true;
  auto const direct = reaches_parts(services, principal, permission, brand, {std::string{part}});
  if (!direct || *direct) return direct;
  // Their contact may be with the customer into whom this one was merged.
  auto const customer = services.book.customer(part);
  if (!customer) return problem_of(customer.error());
  if (!*customer) return false;
  return reaches(services, principal, permission, (**customer).value);
}

base::Result<KeptCustomer, http::Problem> find_customer(Services& services, Asked const& asked, Permission permission, std::string_view id) {
  auto found = services.book.customer(id);
  if (!found) return problem_of(found.error());
  if (!*found) return not_found();
  auto const may = reaches(services, asked.principal(), permission, (**found).value);
  if (!may) return may.error();
  if (!*may) return not_found();
  return std::move(**found);
}

base::Result<KeptCase, http::Problem> find_case(Services& services, Asked const& asked, Permission permission, std::string_view id) {
  return reached(services, asked, permission, services.book.matter(id));
}

base::Result<KeptPromise, http::Problem> find_promise(Services& services, Asked const& asked, Permission permission, std::string_view id) {
  return reached(services, asked, permission, services.book.promise(id));
}

}  // namespace rapport::server::api
