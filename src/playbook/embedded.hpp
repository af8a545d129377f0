#pragma once

#include <string_view>
#include <vector>

#include "playbook/source.hpp"

namespace rapport::playbook {

/// Names of the playbooks inside the binary (the folders of playbooks/), sorted.
std::vector<std::string_view> embedded_playbooks();

/// The files of one of them, ready for `load`; empty if there is none of that name.
std::vector<SourceFile> embedded_playbook(std::string_view name);

}  // namespace rapport::playbook
