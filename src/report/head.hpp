#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "playbook/playbook.hpp"

/// What the page must know of the playbook.
namespace rapport::report {

/// The chapter of a practice: the name of its file without number ("practices/05-hold.yaml" is
/// "Hold").
std::string chapter_of(playbook::Practice const& practice);

/// JSON: the playbook's name and version, chapters, and every practice with how it is judged.
std::string head_json(playbook::Playbook const& playbook);

}  // namespace rapport::report
