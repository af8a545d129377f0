#pragma once

namespace rapport::app {

/// What a command's exit status says (docs/interaction-format.md).
enum ExitStatus : int {
  exit_ok = 0,           ///< all was read and done
  exit_some_failed = 1,  ///< some could not be read, or a check found mistakes; each is named
  exit_usage = 2,        ///< wrong usage, or a path that does not exist
};

}  // namespace rapport::app
