#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

namespace rapport::signals {

/// `jargon`: fires (by agent) at a term of the playbook's English glossary that the customer has not used
/// before and that the same utterance does not explain ("that is", "which means", or the glossary's
/// plain words). Terms are matched word for word after normalisation. Also at an abbreviation that no
/// glossary has: two to five capitals in a text that has small letters, or three or four letters said one by
/// one after "the", "a", "your" ("the p n r"); unless everybody knows it ("TV", "PIN", "ID"), it is a word
/// written large ("NOT"), a part of a code (a digit or a hyphen beside it), or a name of the agent's company.
/// item: the term.
base::Result<std::unique_ptr<Detector>> make_jargon(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
