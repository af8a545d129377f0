#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

/// What must hold of every text that a reader is given, whatever it is.
namespace rapport::fuzz {

/// Reads the bytes as a file of that name. Every interaction that comes out can be made a timeline
/// or says why not, is written as JSON and read back equal, and as a vCon read back equal where the
/// vCon can be read at all (nesting may grow over its limit). Aborts where that does not hold.
void check_reading(std::uint8_t const* data, std::size_t size, std::string const& name);

}  // namespace rapport::fuzz
