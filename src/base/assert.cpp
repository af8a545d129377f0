#include "base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace rapport::base {

void assertion_failed(char const* expression, char const* file, int line) noexcept {
  std::fprintf(stderr, "%s:%d: broken invariant: %s\n", file, line, expression);
  std::abort();
}

}  // namespace rapport::base
