#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/assert.hpp"

namespace rapport::base {

/// What went wrong, for a person to read: where, what was found, what was expected.
/// An Error is an expected failure (bad input, missing file); a bug is an assertion.
struct Error {
  std::string message;

  bool operator==(Error const&) const = default;
};

/// Either a T or the Error that kept us from it. Check with `if (result)` before `*result`.
/// `E` is another type than Error where a program, not a person, tells the failures apart.
template <typename T, typename E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return state_.index() == 0; }

  /// REQUIRES: the result holds a value.
  T& operator*() & { return value(); }
  T const& operator*() const& { return const_cast<Result*>(this)->value(); }
  T&& operator*() && { return std::move(value()); }
  T* operator->() { return &value(); }
  T const* operator->() const { return &const_cast<Result*>(this)->value(); }

  /// REQUIRES: the result holds an error.
  E const& error() const {
    RAPPORT_ASSERT(state_.index() == 1);
    return *std::get_if<1>(&state_);
  }

 private:
  T& value() {
    RAPPORT_ASSERT(state_.index() == 0);
    return *std::get_if<0>(&state_);
  }

  std::variant<T, E> state_;
};

/// Success without a value, or the Error.
template <>
class [[nodiscard]] Result<void, Error> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return !error_; }
  Error const& error() const {
    RAPPORT_ASSERT(error_.has_value());
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

}  // namespace rapport::base
