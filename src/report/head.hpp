#pragma once

#include <string>

#include "playbook/playbook.hpp"

/// What the page must know of the playbook.
namespace rapport::report {

/// JSON: the playbook's name and version, its trained models, chapters, and every practice with how it is judged.
std::string head_json(playbook::Playbook const& playbook);

}  // namespace rapport::report
