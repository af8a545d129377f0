#include "base/descriptor.hpp"

#include <unistd.h>

namespace rapport::base {

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

}  // namespace rapport::base
