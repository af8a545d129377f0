#include "server/api/learning.hpp"

#include <algorithm>
#include <utility>

#include "base/limits.hpp"
#include "centre/card_mask.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {
namespace {

using customers::Profile;
using Problem = std::optional<http::Problem>;

Problem problem_if(records::Stored<records::Nothing> const& done) {
  if (done) return std::nullopt;
  return problem_of(done.error());
}

/// Puts facts and name into the part; what is already so is no change.
bool put_into(Profile& customer, Lesson const& lesson, std::optional<customers::ProfileRefusal>& refused) {
  Profile* const part = customers::find_part(customer, lesson.part);
  if (part == nullptr) return false;
  Profile const before = customer;
  if (customers::full_name(customer).empty()) part->name = lesson.name;
  for (customers::Fact const& fact : lesson.facts) {
    auto const known = std::ranges::find(part->facts, fact.name, &customers::Fact::name);
    if (known != part->facts.end() && (known->value == fact.value || known->at > fact.at)) continue;
    if (!refused) refused = customers::learn(*part, fact, nullptr);
  }
  for (domain::Identifier const& identifier : lesson.identifiers) {
    if (!refused) refused = customers::add_identifier(customer, identifier, part->identifiers.empty() ? nullptr : &part->identifiers.front());
  }
  if (!refused && customers::size_of(customer) > limits::profile_bytes_max) refused = customers::ProfileRefusal::too_big;
  return !refused && customer != before;
}

/// Without the identifiers that lead to somebody else.
records::Stored<Lesson> of_this_customer(CustomerBook const& book, Lesson lesson, std::string_view brand, Profile const& customer) {
  std::vector<domain::Identifier> own;
  for (domain::Identifier& identifier : lesson.identifiers) {
    auto const holders = book.matching(brand, {&identifier, 1});
    if (!holders) return holders.error();
    bool const of_others = std::ranges::any_of(*holders, [&](KeptCustomer const& holder) { return holder.value.id != customer.id; });
    if (!of_others) own.push_back(std::move(identifier));
  }
  lesson.identifiers = std::move(own);
  return lesson;
}

Problem learn_of_customer(CustomerBook const& book, Lesson const& lesson, base::Instant now) {
  bool const nothing = lesson.name.empty() && lesson.facts.empty() && lesson.identifiers.empty();
  if (lesson.part.empty() || nothing) return std::nullopt;
  auto const customer = book.customer(lesson.part);
  if (!customer) return problem_of(customer.error());
  if (!*customer) return std::nullopt;
  auto const held = book.alone((**customer).value.brand, lesson.identifiers);
  auto const own = of_this_customer(book, lesson, (**customer).value.brand, (**customer).value);
  if (!own) return problem_of(own.error());
  std::optional<customers::ProfileRefusal> refused;
  auto const done = book.change_customer(lesson.part, now, [&](Profile& profile) {
    refused.reset();
    return put_into(profile, *own, refused);
  });
  if (refused) return problem_of(*refused);
  return problem_if(done);
}

/// A promise of this interaction by its event, or any of the customer's by its id.
Problem keep_promise(Services& services, CustomerBook const& book, records::InteractionRow const& row, std::string const& named) {
  std::vector<std::string> const lookups{customers::promises_of_interaction(row.id)};
  auto const here = book.promises(lookups, {}, limits::page_max);
  if (!here) return problem_of(here.error());
  auto const by_event = std::ranges::find_if(here->items, [&](KeptPromise const& one) { return one.value.event == named; });
  std::string const id = by_event == here->items.end() ? named : by_event->value.id;
  auto const customer = book.customer(row.customer);
  if (!customer) return problem_of(customer.error());
  base::Instant const now = services.clock();
  return problem_if(book.change_promise(id, now, [&](customers::Promise& promise) {
    bool const theirs = promise.customer == row.customer || (*customer && customers::find_part((**customer).value, promise.customer) != nullptr);
    return theirs && !customers::keep(promise, now);
  }));
}

/// The fact that an event tells; nothing if it has no name.
std::vector<customers::Fact> facts_told(domain::Event const& event, std::string const& interaction, std::string const& id, base::Instant now) {
  std::string const name{event.text_of("name")};
  if (name.empty() || name.size() > limits::name_bytes_max) return {};
  domain::Value const* const value = event.find("value");
  domain::Attribute const fact{{}, name, value != nullptr ? *value : domain::Value::of_boolean(true)};
  std::vector<customers::Fact> facts = api::facts_of({&fact, 1}, interaction, now);
  for (customers::Fact& told : facts) told.event = id;
  return facts;
}

}  // namespace

std::vector<customers::Fact> facts_of(std::span<domain::Attribute const> known, std::string const& interaction, base::Instant now) {
  std::vector<customers::Fact> facts;
  for (domain::Attribute const& one : known) {
    if (one.name.empty() || one.name.size() > limits::name_bytes_max) continue;  // whoever tells one is refused; it would not be read again
    customers::Fact fact{one.name, one.value, interaction, {}, now};
    centre::mask_cards(fact.value);
    facts.push_back(std::move(fact));
  }
  return facts;
}

std::optional<http::Problem> learn(CustomerBook const& book, Lesson const& lesson, std::string const& interaction, base::Instant now) {
  if (auto problem = learn_of_customer(book, lesson, now)) return problem;
  if (lesson.matter.empty()) return std::nullopt;
  return problem_if(book.change_case(lesson.matter, now, [&](customers::Case& matter) { return !customers::add_interaction(matter, interaction); }));
}

std::function<std::optional<http::Problem>(centre::Outcome const&)> lesson_of(Services& services, centre::AddEvent const& added) {
  domain::Event const& event = added.event;
  bool const of_fact = event.kind == domain::EventKind::fact_known || event.kind == domain::EventKind::field_captured;
  bool const of_promise = event.kind == domain::EventKind::promise_kept;
  if (!of_fact && !of_promise) return {};
  return [&services, event](centre::Outcome const& done) -> std::optional<http::Problem> {
    auto const row = services.live.row(done.interaction);
    if (!row) return std::nullopt;
    CustomerBook const& book = services.book;
    if (event.kind == domain::EventKind::promise_kept) return keep_promise(services, book, *row, std::string{event.text_of("promise")});
    base::Instant const now = services.clock();
    return learn(book, {row->customer, {}, {}, facts_told(event, row->id, done.event, now), {}}, row->id, now);
  };
}

http::Problem problem_of(customers::ProfileRefusal refusal) {
  bool const is_limit = refusal != customers::ProfileRefusal::same_customer && refusal != customers::ProfileRefusal::other_brand && refusal != customers::ProfileRefusal::not_merged;
  http::Problem problem;
  problem.status = is_limit ? http::status::unprocessable : http::status::conflict;
  problem.code = customers::name(refusal);
  return problem;
}

http::Problem unknown_case(std::string const& id) {
  http::Problem problem;
  problem.status = http::status::unprocessable;
  problem.code = "unknown_case";
  problem.detail = "case: found \"" + id + "\", expected the id of a case of this customer";
  return problem;
}

}  // namespace rapport::server::api
