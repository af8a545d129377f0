#include "base/secret.hpp"

#include <openssl/crypto.h>

#include <utility>

namespace rapport::base {

Secret::Secret(Secret&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

Secret& Secret::operator=(Secret other) noexcept {
  std::swap(bytes_, other.bytes_);  // `other` wipes what was here
  return *this;
}

Secret::~Secret() {
  if (!bytes_.empty()) OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

bool Secret::is(std::string_view bytes) const {
  return bytes.size() == bytes_.size() && CRYPTO_memcmp(bytes.data(), bytes_.data(), bytes.size()) == 0;
}

}  // namespace rapport::base
