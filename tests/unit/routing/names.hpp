#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "routing/event.hpp"
#include "routing/ids.hpp"

/// Names instead of UUIDs: up to 16 letters are the bytes of an id, so that ids are in order of the alphabet.
namespace rapport::routing {

template <typename Id>
Id id_of(std::string_view name) {
  Id id;
  for (std::size_t i = 0; i < 16; ++i) {
    std::uint64_t& word = i < 8 ? id.high : id.low;
    word = word << 8U | (i < name.size() ? static_cast<unsigned char>(name[i]) : 0U);
  }
  return id;
}

template <typename Id>
std::string name_of(Id id) {
  std::string name;
  for (std::uint64_t const word : {id.high, id.low}) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      if (char const letter = static_cast<char>(word >> static_cast<unsigned>(shift) & 0xFFU); letter != 0)
        name += letter;
    }
  }
  return name;
}

inline ContactId contact(std::string_view name) { return id_of<ContactId>(name); }
inline AgentId agent(std::string_view name) { return id_of<AgentId>(name); }

/// The event as a sentence of the scenario language; times count from `start`, queues by `queue_names`.
std::string sentence(Event const& event, base::Instant start, std::vector<std::string> const& queue_names);
/// "01:05" or "01:02:03", with ".250" if there are milliseconds.
std::string clock(base::Millis span);

}  // namespace rapport::routing
