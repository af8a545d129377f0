#include "phone/sipfrag.hpp"

#include <charconv>

namespace rapport::phone {

std::optional<std::uint16_t> read_sipfrag(std::string_view body) {
  constexpr std::string_view version = "SIP/2.0 ";
  constexpr std::size_t digits = 3;
  if (!body.starts_with(version)) return std::nullopt;
  body.remove_prefix(version.size());
  if (body.size() < digits) return std::nullopt;
  std::uint16_t status = 0;
  if (std::from_chars(body.data(), body.data() + digits, status).ptr != body.data() + digits) return std::nullopt;
  body.remove_prefix(digits);
  bool const ends = body.empty() || body.front() == ' ' || body.front() == '\r' || body.front() == '\n';
  return ends && status >= 100 && status < 700 ? std::optional{status} : std::nullopt;
}

}  // namespace rapport::phone
