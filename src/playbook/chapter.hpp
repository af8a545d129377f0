#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "playbook/playbook.hpp"

namespace rapport::playbook {

/// Practices that people find together on scorecards and in reports.
struct Chapter {
  std::string name;                    ///< "Hold and silence"
  std::vector<std::size_t> practices;  ///< positions in the playbook, ascending
};

/// The chapters in the order of their first practices; each practice is in one. A practice's
/// chapter is the name of its file without number ("practices/05-hold-and-silence.yaml" is "Hold
/// and silence"), so files may share one.
std::vector<Chapter> chapters_of(Playbook const& playbook);

}  // namespace rapport::playbook
