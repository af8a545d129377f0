#pragma once

namespace rapport::base {

/// Prints the broken invariant and where it stands to standard error, then aborts. Never returns.
[[noreturn]] void assertion_failed(char const* expression, char const* file, int line) noexcept;

}  // namespace rapport::base

/// A broken invariant of ours: on in every build, never reachable by a caller's input.
#define RAPPORT_ASSERT(expression) \
  (static_cast<bool>(expression)   \
       ? static_cast<void>(0)      \
       : ::rapport::base::assertion_failed(#expression, __FILE__, __LINE__))
