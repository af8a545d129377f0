#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/playbook_choice.hpp"

namespace rapport::app {

struct AgreeOptions {
  std::vector<std::string> paths;
  std::vector<std::string> truth;  ///< files of labels
  PlaybookChoice playbook;
  std::string format = "text";  ///< text or json
  bool disagreements = false;   ///< also list every practice where label and verdict differ
  std::size_t jobs = 0;
};

/// Evaluates the paths itself and compares the verdicts with people's labels. Interactions without a
/// label are left out; labels without an interaction are named. Returns the exit status.
int agree(AgreeOptions const& options);

}  // namespace rapport::app
