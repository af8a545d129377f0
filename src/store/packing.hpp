#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// How values become bytes of a column. What does not read back is a Failure `broken`.
namespace rapport::store {

/// How long a value stands in its row.
enum class Stays : std::uint8_t {
  for_good,
  briefly,  ///< written again or gone within a conversation: little is gained by making it small
};
/// Compressed (Zstandard) where that pays; empty stays empty.
std::string pack(std::string_view plain, Stays stays = Stays::for_good);
std::string unpack(std::string_view packed);

/// A list of texts without NUL.
std::string pack_list(std::vector<std::string> const& items);
std::vector<std::string> unpack_list(std::string_view packed);

/// Numbers of 64 bits.
std::string pack_numbers(std::vector<std::int64_t> const& numbers);
std::vector<std::int64_t> unpack_numbers(std::string_view packed);

/// Eight bytes, the highest first.
void append_number(std::string& to, std::uint64_t number);
/// REQUIRES: eight bytes at the front.
std::uint64_t read_number(std::string_view bytes);

}  // namespace rapport::store
