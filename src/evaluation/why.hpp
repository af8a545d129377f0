#pragma once

#include <string>

#include "domain/interaction.hpp"
#include "domain/words.hpp"
#include "evaluation/ledger.hpp"
#include "playbook/playbook.hpp"

namespace rapport::evaluation {

/// "words, timing": the sources' names in their own order.
std::string list_sources(domain::SourceSet sources);

/// Why a practice was not applicable or not assessed, in plain words ("not recorded: words,
/// timing"; "due 2026-03-05T10:00:00Z"); empty where there is nothing to explain.
std::string explain(PracticeResult const& result, playbook::Practice const& practice, domain::Interaction const& head);

/// The same of one occasion that is open or was not assessed.
std::string explain(Occasion const& occasion, domain::Interaction const& head);

}  // namespace rapport::evaluation
