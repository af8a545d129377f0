#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "signals/spec.hpp"

namespace rapport::playbook {

/// Words that a phrase stands for, as a person might say them: the first of all alternatives,
/// optional parts left out, "…" where anything may stand. "(may|can) i … [a]" is "may i …".
std::string phrase_example(std::string_view phrase, std::vector<signals::WordClass> const& classes);

/// Up to `count` examples of a list, those first that leave least open, none twice.
std::vector<std::string> phrase_examples(std::vector<std::string> const& phrases, std::vector<signals::WordClass> const& classes,
                                         std::size_t count);

}  // namespace rapport::playbook
