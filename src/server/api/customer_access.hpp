#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "server/api/customer_book.hpp"
#include "server/api/gate.hpp"

/// Who reaches which customer. Whoever may read every interaction of a brand (supervisors, quality) reaches
/// the brand's customers; an agent those of contacts that are offered to them or in their hands, whatever
/// the brand, and of those that they answered before in a brand of theirs. A case or promise is reached with
/// its customer, and by its owner.
namespace rapport::server::api {

/// The customer of that id, if the asker may do this with them. Blocks. Problems: 404 for who is not there
/// or not theirs to know of, 503, 500.
base::Result<KeptCustomer, http::Problem> find_customer(Services& services, Asked const& asked, people::Permission permission, std::string_view id);

base::Result<KeptCase, http::Problem> find_case(Services& services, Asked const& asked, people::Permission permission, std::string_view id);
base::Result<KeptPromise, http::Problem> find_promise(Services& services, Asked const& asked, people::Permission permission, std::string_view id);

/// Whether the asker reaches the customer. Error: the store's.
base::Result<bool, http::Problem> reaches(Services& services, people::Principal const& principal, people::Permission permission,
                                          customers::Profile const& customer);
/// The same for what is kept of a customer's part: a case, a promise.
base::Result<bool, http::Problem> reaches(Services& services, people::Principal const& principal, people::Permission permission,
                                          std::string_view brand, std::string_view part, std::string_view owner);

/// Whether the interaction is an earlier one of a customer whom the asker has in hand now: what was said
/// before is theirs to read. Blocks.
bool has_customer_in_hand(Services& services, people::Principal const& principal, records::InteractionRow const& row);

/// Whether all of their brands' customers are theirs to know, not only those of their own contacts.
bool knows_brands(people::Principal const& principal, people::Permission permission);

/// Whether the brands of all parts are the asker's own: a link lets one know a customer of the other, not change
/// who they are, nor hand out what is kept of them.
bool owns(people::Principal const& principal, customers::Profile const& customer);

/// Ids of the customer and of all parts.
std::vector<std::string> ids_of(customers::Profile const& customer);

}  // namespace rapport::server::api
