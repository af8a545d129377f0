#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "playbook/playbook.hpp"

namespace rapport::playbook {

/// What a practice or a signal of the playbook means, in plain English, for someone who has never
/// seen the language: what is judged and when, by which signals, from which data, and what each
/// verdict takes. Several lines, the last one ended. Error: the id is neither, with a suggestion.
base::Result<std::string> explain(Playbook const& playbook, std::string_view id);

}  // namespace rapport::playbook
