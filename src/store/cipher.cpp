#include "store/cipher.hpp"

#include <sodium.h>

#include <fmt/format.h>

#include "base/assert.hpp"
#include "store/failure.hpp"
#include "store/packing.hpp"

namespace rapport::store {
namespace {

constexpr char format = 1;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t head_bytes = 1 + 8 + nonce_bytes;
constexpr std::int64_t wrapping_id = 1;

unsigned char* bytes(char* at) { return reinterpret_cast<unsigned char*>(at); }
unsigned char const* bytes(char const* at) { return reinterpret_cast<unsigned char const*>(at); }

template <std::size_t Size>
void derive(std::array<unsigned char, Size>& key, std::uint64_t number, Key const& master) {
  crypto_kdf_derive_from_key(key.data(), key.size(), number, "rapport1", master.data());
}

}  // namespace

std::string place(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (std::string_view const part : parts) {
    text += part;
    text += '\0';
  }
  return text;
}

std::string seal(PersonKey const& key, std::string_view place, std::string_view plain, Stays stays) {
  if (plain.empty()) return {};
  std::string const packed = pack(plain, stays);
  std::string sealed(1, format);
  append_number(sealed, static_cast<std::uint64_t>(key.id));
  sealed.resize(head_bytes + packed.size() + tag_bytes);
  char* const nonce = sealed.data() + head_bytes - nonce_bytes;
  randombytes_buf(nonce, nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(sealed.data() + head_bytes), nullptr, bytes(packed.data()), packed.size(),
                                             bytes(place.data()), place.size(), nullptr, bytes(nonce), key.key.data());
  return sealed;
}

std::int64_t sealed_by(std::string_view sealed) {
  if (sealed.size() < head_bytes + tag_bytes || sealed.front() != format) throw Failure(records::StoreError::broken, "sealed bytes of no known format");
  return static_cast<std::int64_t>(read_number(sealed.substr(1)));
}

std::string unseal(Key const& key, std::string_view place, std::string_view sealed) {
  sealed_by(sealed);
  std::string packed(sealed.size() - head_bytes - tag_bytes, '\0');
  char const* const nonce = sealed.data() + head_bytes - nonce_bytes;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(packed.data()), nullptr, nullptr, bytes(sealed.data() + head_bytes),
                                                 sealed.size() - head_bytes, bytes(place.data()), place.size(), bytes(nonce),
                                                 key.data()) != 0)
    throw Failure(records::StoreError::broken, "sealed bytes that do not open: damaged, or another key");
  return unpack(packed);
}

Keys::Keys(Key const& master) {
  RAPPORT_ASSERT(sodium_init() >= 0);
  derive(own_.key, 1, master);
  derive(wrapping_.key, 2, master);
  derive(hashing_, 3, master);
  derive(words_, 4, master);
  wrapping_.id = wrapping_id;
}

PersonKey Keys::make_person_key() const {
  PersonKey made;
  std::uint64_t number = 0;
  randombytes_buf(&number, sizeof number);
  made.id = static_cast<std::int64_t>(number >> 1U | 0x100U);  // positive, never one of the store's own
  randombytes_buf(made.key.data(), made.key.size());
  return made;
}

std::string Keys::wrap(PersonKey const& key) const {
  return seal(wrapping_, place({"key", fmt::to_string(key.id)}), {reinterpret_cast<char const*>(key.key.data()), key.key.size()});
}

PersonKey Keys::unwrap(std::int64_t id, std::string_view wrapped) const {
  std::string const plain = unseal(wrapping_.key, place({"key", fmt::to_string(id)}), wrapped);
  PersonKey key{id, {}};
  if (plain.size() != key.key.size()) throw Failure(records::StoreError::broken, "a person's key of odd length");
  std::copy(plain.begin(), plain.end(), key.key.begin());
  return key;
}

std::string Keys::hash(std::initializer_list<std::string_view> parts) const {
  std::string const text = place(parts);
  std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256(bytes(mac.data()), bytes(text.data()), text.size(), hashing_.data());
  return mac;
}

std::string Keys::word(std::string_view word) const {
  std::array<unsigned char, crypto_shorthash_BYTES> digest{};
  crypto_shorthash(digest.data(), bytes(word.data()), word.size(), words_.data());
  std::string letters;
  std::uint64_t number = 0;
  for (unsigned char const byte : digest) number = number << 8U | byte;
  for (int at = 0; at < 8; ++at, number >>= 5U) letters += "abcdefghijklmnopqrstuvwxyz234567"[number & 31U];
  return letters;
}

}  // namespace rapport::store
