#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "centre/command.hpp"
#include "server/api/commands.hpp"
#include "server/api/customer_book.hpp"
#include "server/http/problem.hpp"

/// What is kept of a customer from what happens in an interaction. Doing it again changes nothing more.
namespace rapport::server::api {

/// What a start tells of a customer whom we know.
struct Lesson {
  std::string part{};                             ///< of the customer; empty: there is nothing to learn of them
  std::string name{};                             ///< taken where none is known
  std::vector<domain::Identifier> identifiers{};  ///< normalised; those that another customer has are left to them
  std::vector<customers::Fact> facts{};
  std::string matter{};  ///< the case that the interaction belongs to; empty: none
};

/// Blocks. Problem: the store's, or the limit of the profile that would be passed.
std::optional<http::Problem> learn(CustomerBook const& book, Lesson const& lesson, std::string const& interaction, base::Instant now);

/// What an event leaves behind once it is durable: a fact that was captured, a promise that was kept. Empty
/// for events that leave nothing.
std::function<std::optional<http::Problem>(centre::Outcome const&)> lesson_of(Services& services, centre::AddEvent const& added);

/// Facts with their source, card numbers masked.
std::vector<customers::Fact> facts_of(std::span<domain::Attribute const> known, std::string const& interaction, base::Instant now);

/// 422: a limit of the customer's profile; 409: what does not fit how it stands.
http::Problem problem_of(customers::ProfileRefusal refusal);
http::Problem unknown_case(std::string const& id);

}  // namespace rapport::server::api
