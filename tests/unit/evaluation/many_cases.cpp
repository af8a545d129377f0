#include <cstdlib>

/// Properties of this room run over 2,000 random cases each, unless RC_PARAMS says otherwise.
namespace {

[[maybe_unused]] bool const configured = setenv("RC_PARAMS", "max_success=2000", 0) == 0;

}  // namespace
