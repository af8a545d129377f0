#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace rapport::base {

/// SHA-256 of what comes in pieces. One thread.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void add(std::span<std::uint8_t const> bytes);
  /// 64 lower-case hexadecimal digits. REQUIRES: nothing is added afterwards, and this is called once.
  std::string finish_hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rapport::base
