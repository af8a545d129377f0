#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/event.hpp"
#include "domain/interaction.hpp"

namespace rapport::timeline::formats {

/// The file formats that Rapport reads.
enum class Format : std::uint8_t { interaction,
                                   vcon,
                                   harper_valley,
                                   star,
                                   text };
std::string_view name(Format format);

/// One interaction as a file told it, not yet a Timeline. The caller owns it.
struct Imported {
  domain::Interaction head;
  std::vector<domain::Event> events;  ///< in the order of the file
  Format format = Format::interaction;
  std::string source;                 ///< the file's path, as it was given
  std::size_t line = 0;               ///< where the interaction begins, from 1
  std::vector<std::string> warnings;  ///< what was unusual, for a person to read
};

}  // namespace rapport::timeline::formats
