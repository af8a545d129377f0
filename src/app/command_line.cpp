#include "app/command_line.hpp"

namespace rapport::app {

int run(int /*argc*/, char** /*argv*/) { return 2; }

}  // namespace rapport::app
