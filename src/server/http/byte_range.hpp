#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// Parts of a file (RFC 9110, section 14).
namespace rapport::server::http {

namespace status {
inline constexpr int partial_content = 206, range_not_satisfiable = 416;
}  // namespace status

/// The bytes of `first` to `last`, both included.
struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  std::uint64_t count() const { return last - first + 1; }
  bool operator==(ByteRange const&) const = default;
};

/// What a Range header asks of a file.
struct RangeAsked {
  enum class Kind : std::uint8_t { whole,  ///< none, or one that is not understood, or several: they may be ignored
                                   part,
                                   beyond  ///< nothing of the file: 416
  };
  Kind kind = Kind::whole;
  ByteRange part{};

  bool operator==(RangeAsked const&) const = default;
};

/// `header`: the value of Range; nothing: there is none. `size` of the file.
RangeAsked range_asked(std::optional<std::string_view> header, std::uint64_t size);

}  // namespace rapport::server::http
