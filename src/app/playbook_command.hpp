#pragma once

#include <string>

#include "app/playbook_choice.hpp"

namespace rapport::app {

/// Checks the playbook in a folder and prints every mistake, or what it holds. Returns the exit
/// status: 1 if there are mistakes.
int check_playbook(std::string const& folder);

/// Prints in plain words what a practice or signal of the playbook means. Returns the exit status.
int explain_playbook(PlaybookChoice const& choice, std::string const& id);

}  // namespace rapport::app
