#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "centre/command.hpp"
#include "server/api/commands.hpp"
#include "server/api/customer_book.hpp"
#include "server/http/problem.hpp"

/// What an interaction is told of its customer before it starts, and what is kept of it afterwards.
namespace rapport::server::api {

/// The type of identifier by which a brand itself knows its customers: the id of its web shop, its CRM.
inline constexpr std::string_view own_id = "own_id";

/// Completes a start that names its customer (an id of ours or of the brand's, identifiers) or its case:
/// the customer's id, name, identifiers and facts, the last contacts as history, the case, and a context
/// with all that is known and owed. Somebody who is not known becomes a customer, unless nothing exact is
/// known of them. A customer with one active case comes for that case; of several the context tells.
/// What the start says itself stands. An identifier that cannot be read (a withheld number) is kept in
/// the head and matches nobody.
///
/// A new customer is kept at once; the answer goes with the command: what the start tells of a known one is
/// learnt after it. Blocks. Problems: 422 `unknown_case`, `too_many_facts`… 500, 503.
base::Result<Beside, http::Problem> receive(CustomerBook const& book, centre::StartInteraction& start, base::Instant now);

/// The customer whom the brand knows by this id of its own, made where there is none. What else is told of
/// them is learnt, but matches nobody: an address that a web site has on file proves nothing. Their id
/// here. Blocks.
base::Result<std::string, http::Problem> recognise(CustomerBook const& book, std::string const& brand, std::string const& id,
                                                   domain::Participant const& told, base::Instant now);

/// Whether `receive` has anything to do.
bool names_customer(centre::StartInteraction const& start);

}  // namespace rapport::server::api
