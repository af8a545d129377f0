#include "phone/sdes.hpp"

#include <algorithm>

#include "phone/re.hpp"

namespace rapport::phone {
namespace {

constexpr std::string_view suite = "AES_CM_128_HMAC_SHA1_80";
constexpr std::string_view method = "inline:";
constexpr std::size_t tag_digits_max = 9;
constexpr std::size_t key_letters = 4 * SrtpKeys::bytes / 3;

/// Takes the next word off the text.
std::string_view next_word(std::string_view& text) {
  std::size_t const end = std::min(text.find(' '), text.size());
  std::string_view const word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

}  // namespace

std::optional<SdesLine> read_sdes(std::string_view value) {
  SdesLine line;
  line.tag = next_word(value);
  bool const number = !line.tag.empty() && line.tag.size() <= tag_digits_max && std::ranges::all_of(line.tag, [](char c) { return c >= '0' && c <= '9'; });
  if (!number || next_word(value) != suite) return std::nullopt;
  std::string_view key = next_word(value);
  if (!value.empty() || !key.starts_with(method)) return std::nullopt;
  key.remove_prefix(method.size());
  std::string_view const further = key.substr(std::min(key.find('|'), key.size()));
  key.remove_suffix(further.size());
  bool const plain = further.find(':') == std::string_view::npos && further.find(';') == std::string_view::npos;  // a lifetime at most
  if (!plain || key.size() != key_letters || key.find('=') != std::string_view::npos) return std::nullopt;
  std::size_t size = line.key.size();
  if (base64_decode(key.data(), key.size(), line.key.data(), &size) != 0 || size != line.key.size()) return std::nullopt;
  return line;
}

std::string write_sdes(SdesLine const& line) {
  std::array<char, key_letters + 1> letters{};
  std::size_t size = letters.size();
  base64_encode(line.key.data(), line.key.size(), letters.data(), &size);
  return line.tag + ' ' + std::string{suite} + ' ' + std::string{method} + std::string{letters.data(), size};
}

}  // namespace rapport::phone
