#pragma once

#include <string_view>
#include <vector>

namespace rapport::base {

/// Bytes that must not be shown: a password, a token, a key, a URL that holds one. It has no
/// operator<<, no conversion and no fmt formatter, so that printing or logging it does not compile;
/// whoever needs the bytes says `reveal`. The memory is overwritten when it is given back.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view bytes) : bytes_(bytes.begin(), bytes.end()) {}
  Secret(Secret const&) = default;
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret other) noexcept;
  ~Secret();

  bool empty() const { return bytes_.empty(); }
  /// Valid as long as the secret. Not for logs, errors or answers.
  std::string_view reveal() const { return {bytes_.data(), bytes_.size()}; }
  /// Compares in a time that tells nothing but whether the lengths differ.
  bool is(std::string_view bytes) const;

 private:
  std::vector<char> bytes_;  // no std::string: a short one would leave its bytes behind when moved
};

}  // namespace rapport::base
