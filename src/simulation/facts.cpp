#include "simulation/facts.hpp"

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/random.hpp"

namespace rapport::simulation {

Facts facts_of(PhraseBook const& book, std::string_view customer_name) {
  base::Random random{base::fnv1a(customer_name)};
  Facts facts;
  for (auto const& [name, values] : book.people.facts) facts[name] = random.pick(values);
  facts["name"] = customer_name;
  facts["first"] = customer_name.substr(0, customer_name.find(' '));
  facts["account"] = std::to_string(random.between(20'000'000, 99'999'999));
  char const area = static_cast<char>('A' + random.below(20));
  facts["postcode"] = fmt::format("{}{}{} {}{}{}", area, static_cast<char>('A' + random.below(20)), random.between(1, 29), random.between(1, 9),
                                  static_cast<char>('A' + random.below(20)), static_cast<char>('A' + random.below(20)));
  facts["birthday"] = fmt::format("{}/{}/{}", random.between(1, 28), random.between(1, 12), random.between(1941, 2004));
  return facts;
}

std::string fill(std::string_view line, Facts const& facts) {
  std::string filled;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t const open = line.find('{', at);
    std::size_t const close = open == std::string_view::npos ? open : line.find('}', open);
    if (close == std::string_view::npos) return filled.append(line.substr(at));
    filled.append(line.substr(at, open - at));
    auto const fact = facts.find(line.substr(open + 1, close - open - 1));
    if (fact != facts.end()) filled.append(fact->second.find('{') == std::string::npos ? fact->second : fill(fact->second, facts));
    at = close + 1;
  }
  return filled;
}

}  // namespace rapport::simulation
