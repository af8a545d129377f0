#pragma once

#include <map>
#include <string>
#include <string_view>

#include "simulation/phrase_book.hpp"

namespace rapport::simulation {

/// What `{…}` in a line stands for, by name.
using Facts = std::map<std::string, std::string, std::less<>>;

/// What is on record of a customer and their matter: account, postcode, amounts, days. By the name alone,
/// so that whoever serves them sees the same "on the screen" that the customer has in mind.
Facts facts_of(PhraseBook const& book, std::string_view customer_name);

/// The line with its facts; a fact that nobody knows is left out.
std::string fill(std::string_view line, Facts const& facts);

}  // namespace rapport::simulation
