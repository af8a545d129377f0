#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/words.hpp"

/// Who is the agent, where a transcript only has names.
namespace rapport::timeline::formats {

/// What one speaker said, in order of the first words of each.
struct Spoken {
  std::string_view text;
  std::size_t speaker = 0;
};

/// Gives every speaker a role. Those that `known` names stay as they are. Of the others, the one who
/// says what agents say ("thank you for calling", "how may I help") more often than anybody else is
/// the agent; without a sign, and with nobody else as agent, it is `agent_by_order`. Whoever is left
/// is a customer while there is none, then an agent.
std::vector<domain::Role> guess_roles(std::vector<std::optional<domain::Role>> const& known, std::vector<Spoken> const& spoken,
                                      std::size_t agent_by_order);

}  // namespace rapport::timeline::formats
