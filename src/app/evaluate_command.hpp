#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/playbook_choice.hpp"

namespace rapport::app {

struct EvaluateOptions {
  std::vector<std::string> paths;
  PlaybookChoice playbook;
  std::string format = "text";  ///< text, json or html
  std::string out;              ///< a folder; required for html
  std::size_t jobs = 0;         ///< threads; 0: as many as the machine has
};

/// Judges every interaction of the paths and writes scorecards: text or JSON lines to standard
/// output (into `out`: scorecards.txt, ledgers.jsonl), or one HTML report (`out`/report.html).
/// Complaints and progress go to standard error. Returns the exit status.
int evaluate(EvaluateOptions const& options);

}  // namespace rapport::app
