#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rapport::centre {

/// Somebody on a call beside the customer and the agent who has it.
struct Party {
  enum class Kind : std::uint8_t {
    consulted,   ///< a colleague whom the agent asks; the customer does not hear them
    joined,      ///< a colleague who talks with the customer, too
    monitoring,  ///< a supervisor who hears what the agent says and hears
    whispering,  ///< and whom the agent alone hears
    barging      ///< and who talks with both
  };
  std::string user;
  std::string name;
  Kind kind = Kind::consulted;
  bool offered = false;  ///< a colleague who has not answered yet

  bool listens() const { return kind != Kind::consulted && kind != Kind::joined; }
  bool operator==(Party const&) const = default;
};
std::string_view name(Party::Kind kind);

/// How a supervisor may listen in: "monitor", "whisper", "barge"; nothing for another word.
std::optional<Party::Kind> parse_listening(std::string_view text);
std::string_view listening_name(Party::Kind kind);

}  // namespace rapport::centre
