#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

/// The names of what is routed. Contacts and agents carry the 128 bits of their UUID, so that order
/// by value is order of their text; queues and skills are numbered by the centre's configuration.
namespace rapport::routing {

/// A UUID as two words; `Tag` keeps kinds apart. The nil UUID names nobody.
template <typename Tag>
struct Uuid {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  auto operator<=>(Uuid const&) const = default;
  bool nil() const { return high == 0 && low == 0; }
};

using ContactId = Uuid<struct ContactTag>;
using AgentId = Uuid<struct AgentTag>;
enum class QueueId : std::uint32_t {};
enum class SkillId : std::uint16_t {};

/// Where a contact or agent stands in the floor's tables; never leaves the room.
using ContactNumber = std::uint32_t;
using AgentNumber = std::uint32_t;
inline constexpr std::uint32_t none = 0xFFFF'FFFF;

}  // namespace rapport::routing
