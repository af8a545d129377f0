#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "customers/case.hpp"
#include "customers/profile.hpp"
#include "customers/promise.hpp"
#include "records/document.hpp"

/// Customers, cases and promises as the store keeps them: bodies in JSON (json.hpp), each encrypted with
/// the key of the customer's part whose it is, and found by lookups, of which only keyed hashes are kept.
namespace rapport::customers {

inline constexpr std::string_view customer_kind = "customer";
inline constexpr std::string_view case_kind = "case";
inline constexpr std::string_view promise_kind = "promise";

/// `expected`: its version now, 0 for a new one, nothing for whatever stands. REQUIRES: within limits.
records::PutDocument to_document(Profile const& profile, std::optional<std::int64_t> expected);
records::PutDocument to_document(Case const& matter, std::optional<std::int64_t> expected);
records::PutDocument to_document(Promise const& promise, std::optional<std::int64_t> expected);

/// Open or waiting: what a customer who comes may come for.
bool is_active(Case const& matter);

// What cases and promises are looked up by. A customer is named by the part; `active` and `owed` leave
// out what is settled.
std::string cases_of_customer(std::string_view part, bool active);
std::string cases_of_owner(std::string_view owner);
std::string cases_in_state(CaseState state);
std::string cases_of_owner_in_state(std::string_view owner, CaseState state);

std::string promises_of_customer(std::string_view part, bool owed);
std::string promises_of_case(std::string_view matter, bool owed);
std::string promises_of_owner(std::string_view owner, bool owed);
std::string promises_of_interaction(std::string_view interaction);
std::string promises_owed();

}  // namespace rapport::customers
