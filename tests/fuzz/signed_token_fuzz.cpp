#include <cstdint>
#include <cstdlib>

#include "people/customer_sessions.hpp"
#include "people/signed_token.hpp"

// Tokens from outside: nobody guesses a signature, and reading one never fails hard.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  namespace people = rapport::people;
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  rapport::base::Instant const now{1'700'000'000'000};
  auto const token = people::read_signed_token(text);
  if (token) static_cast<void>(people::check_times(token->claims, now));
  static people::CustomerSessions const sessions{"a key that is not in the corpus, 32 bytes"};
  if (people::verify_customer_identity(text, "a secret that is not in the corpus", "acme", now)) std::abort();
  if (sessions.verify(text, now)) std::abort();
  return 0;
}
