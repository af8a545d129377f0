#include "customers/documents.hpp"

#include <fmt/format.h>

#include "customers/json.hpp"

namespace rapport::customers {
namespace {

std::string_view narrowed(bool only_open, std::string_view word) { return only_open ? word : std::string_view{}; }

}  // namespace

bool is_active(Case const& matter) { return matter.state == CaseState::open || matter.state == CaseState::waiting; }

std::string cases_of_customer(std::string_view part, bool active) { return fmt::format("customer:{}\n{}", part, narrowed(active, "active")); }
std::string cases_of_owner(std::string_view owner) { return fmt::format("owner:{}", owner); }
std::string cases_in_state(CaseState state) { return fmt::format("state:{}", name(state)); }
std::string cases_of_owner_in_state(std::string_view owner, CaseState state) { return fmt::format("owner:{}\n{}", owner, name(state)); }

std::string promises_of_customer(std::string_view part, bool owed) { return fmt::format("customer:{}\n{}", part, narrowed(owed, "owed")); }
std::string promises_of_case(std::string_view matter, bool owed) { return fmt::format("case:{}\n{}", matter, narrowed(owed, "owed")); }
std::string promises_of_owner(std::string_view owner, bool owed) { return fmt::format("owner:{}\n{}", owner, narrowed(owed, "owed")); }
std::string promises_of_interaction(std::string_view interaction) { return fmt::format("interaction:{}", interaction); }
std::string promises_owed() { return "owed"; }

records::PutDocument to_document(Profile const& profile, std::optional<std::int64_t> expected) {
  return {std::string{customer_kind}, profile.id, profile.brand, profile.id, to_json(profile), expected, {}, lookups(profile)};
}

records::PutDocument to_document(Case const& matter, std::optional<std::int64_t> expected) {
  records::PutDocument put{std::string{case_kind}, matter.id, matter.brand, matter.customer, to_json(matter), expected, {}, {}};
  put.lookups = {cases_of_customer(matter.customer, false), cases_of_owner(matter.owner), cases_in_state(matter.state),
                 cases_of_owner_in_state(matter.owner, matter.state)};
  if (is_active(matter)) put.lookups.push_back(cases_of_customer(matter.customer, true));
  return put;
}

records::PutDocument to_document(Promise const& promise, std::optional<std::int64_t> expected) {
  records::PutDocument put{std::string{promise_kind}, promise.id, promise.brand, promise.customer, to_json(promise), expected, {}, {}};
  for (bool const owed : {false, true}) {
    if (owed && !is_owed(promise)) continue;
    put.lookups.push_back(promises_of_customer(promise.customer, owed));
    put.lookups.push_back(promises_of_owner(promise.owner, owed));
    if (!promise.case_id.empty()) put.lookups.push_back(promises_of_case(promise.case_id, owed));
  }
  if (!promise.interaction.empty()) put.lookups.push_back(promises_of_interaction(promise.interaction));
  if (is_owed(promise)) put.lookups.push_back(promises_owed());
  return put;
}

}  // namespace rapport::customers
