#include "timeline/formats/role_guess.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace rapport::timeline::formats {
namespace {

using domain::Role;

constexpr auto agent_phrases = std::to_array<std::string_view>({"thank you for calling", "thanks for calling", "thank you for contacting", "thanks for contacting",
                                                                "how can i help", "how may i help", "how can i assist", "how may i assist", "how can we help",
                                                                "can i have your name", "may i have your name", "can i get your name", "could i have your name",
                                                                "anything else i can", "pull up your", "verify your", "for calling", "you're welcome to"});

std::size_t agent_signs(std::string_view text) {
  std::string lower{text};
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return static_cast<std::size_t>(std::ranges::count_if(agent_phrases, [&](std::string_view phrase) { return lower.find(phrase) != std::string::npos; }));
}

/// The speaker without a known role with the most signs, if it is one alone.
std::optional<std::size_t> most_like_agent(std::vector<std::optional<Role>> const& known, std::vector<Spoken> const& spoken) {
  std::vector<std::size_t> signs(known.size());
  for (Spoken const& said : spoken) signs[said.speaker] += agent_signs(said.text);
  auto const most = std::ranges::max_element(signs);
  if (most == signs.end() || *most == 0 || std::ranges::count(signs, *most) > 1) return std::nullopt;
  auto const speaker = static_cast<std::size_t>(most - signs.begin());
  return known[speaker] ? std::nullopt : std::optional{speaker};
}

}  // namespace

std::vector<Role> guess_roles(std::vector<std::optional<Role>> const& known, std::vector<Spoken> const& spoken, std::size_t agent_by_order) {
  std::vector<std::optional<Role>> roles = known;
  auto const has = [&](Role role) { return std::ranges::find(roles, std::optional{role}) != roles.end(); };
  if (!has(Role::agent)) {
    bool const one_left = std::ranges::count(roles, std::optional<Role>{}) == 1 && has(Role::customer);
    auto const agent = most_like_agent(known, spoken);
    if (agent) {
      roles[*agent] = Role::agent;
    } else if (!one_left && agent_by_order < roles.size() && !roles[agent_by_order]) {
      roles[agent_by_order] = Role::agent;
    }
  }
  for (auto& role : roles) {
    if (!role) role = has(Role::customer) ? Role::agent : Role::customer;
  }
  std::vector<Role> result;
  for (auto const& role : roles) result.push_back(*role);
  return result;
}

}  // namespace rapport::timeline::formats
