#include "people/password.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/limits.hpp"

namespace rapport::people {

namespace {

/// Long enough for the rule of length and still among the first that are tried. Lower case; sorted.
constexpr std::array<std::string_view, 56> commonest{
    "0123456789012", "098765432109", "111111222222", "112233445566", "1122334455667788",
    "121212121212", "123123123123", "123321123321", "1234567890-=", "123456789000",
    "123456789012", "1234567890123", "12345678901234", "123456789012345", "1234567890123456",
    "1234567890abc", "1234567890qwe", "123456789abc", "1234qwerasdf", "1q2w3e4r5t6y",
    "1q2w3e4r5t6y7u8i", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "abc123abc123", "abcdefghijkl",
    "abcdefghijklm", "administrator", "administrator1", "changeme1234", "changeme12345",
    "contactcentre", "iloveyou1234", "iloveyouforever", "letmein12345", "letmeinletmein",
    "p@ssw0rd1234", "p@ssword1234", "passw0rd1234", "password1234", "password12345",
    "password123456", "passwordpassword", "princess1234", "q1w2e3r4t5y6", "qazwsxedcrfv",
    "qwerty123456", "qwerty12345678", "qwertyqwerty", "qwertyuiop12", "qwertyuiop123",
    "qwertyuiop[]", "qwertyuiopas", "qwertyuiopasdfgh", "superman1234", "welcome12345",
    "zxcvbnm12345"};
static_assert(std::is_sorted(commonest.begin(), commonest.end()));

std::string lower(std::string_view text) {
  std::string result{text};
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

/// Code points: bytes that do not continue one.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

}  // namespace

std::optional<std::string> hash_password(std::string_view password, HashCost cost) {
  if (sodium_init() < 0) return std::nullopt;
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), cost.passes, cost.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return std::nullopt;
  }
  return std::string{hash.data()};
}

bool verify_password(std::string_view password, std::string const& hash) {
  if (sodium_init() < 0) return false;
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool needs_rehash(std::string const& hash, HashCost cost) {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), cost.passes, cost.memory_bytes) != 0;
}

std::optional<std::string_view> password_problem(std::string_view password, std::string_view login) {
  constexpr std::size_t bytes_per_character_max = 4;
  if (password.size() > limits::password_characters_max * bytes_per_character_max) return "longer than 128 characters";
  std::size_t const length = characters(password);
  if (length < limits::password_characters_min) return "shorter than 12 characters";
  if (length > limits::password_characters_max) return "longer than 128 characters";
  std::string const lowered = lower(password);
  std::string const lowered_login = lower(login);
  constexpr std::size_t signs_around_max = 4;
  if (!lowered_login.empty() && lowered.find(lowered_login) != std::string::npos &&
      lowered.size() - lowered_login.size() <= signs_around_max) {
    return "the login";
  }
  if (std::binary_search(commonest.begin(), commonest.end(), std::string_view{lowered})) return "one of the commonest passwords";
  constexpr std::size_t different_min = 5;
  if (std::set<char>(password.begin(), password.end()).size() < different_min) return "fewer than five different characters";
  return std::nullopt;
}

}  // namespace rapport::people
