#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors of names: the customer's, the agent's own, the company's.
namespace rapport::signals {

/// `names_customer`: the centre's side uses the customer's name: any part (two letters or more, no
/// title) of the participant's name or of one the customer gave. A part that is a common word too
/// ("will", "brown") counts where it cannot be that word. Asking whether it is them ("is that Mr
/// Lamb?") uses it; asking for it or how it is spelt does not.
base::Result<std::unique_ptr<Detector>> make_names_customer(Parameters const& parameters, Vocabulary const& vocabulary);

/// `names_self`: an agent gives their own name: a part of their participant's name, or "my name is
/// …", "this is … (from, speaking)", "… speaking", "… here", "I'm …"; in their first words also "…
/// from COMPANY" and "you're through to …".
base::Result<std::unique_ptr<Detector>> make_names_self(Parameters const& parameters, Vocabulary const& vocabulary);

/// `names_company`: the centre's side says the company's or brand's name: all of it or its first
/// significant word, one letter off in a long one. Where neither is known: a name in "thank you for
/// calling …", "welcome to …", "you're through to …", "calling from …", or one that holds a
/// company's word ("… bank", "… energy") in the first words.
base::Result<std::unique_ptr<Detector>> make_names_company(Parameters const& parameters, Vocabulary const& vocabulary);

/// `name_known`: fires once: at the start where the customer's name is on record, else when the
/// customer says it or it is captured.
base::Result<std::unique_ptr<Detector>> make_name_known(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
