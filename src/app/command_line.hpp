#pragma once

namespace rapport::app {

/// Runs the command line and returns the process's exit status.
int run(int argc, char** argv);

}  // namespace rapport::app
