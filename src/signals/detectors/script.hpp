#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors over the playbook's script lines that apply to the interaction's language (region
/// ignored), queue and brand.
namespace rapport::signals {

/// `script_due {kind: required|forbidden}`: fires (by agent) at the first event, once for each line of
/// the kind that applies. item: the line.
base::Result<std::unique_ptr<Detector>> make_script_due(Parameters const& parameters, Vocabulary const& vocabulary);

/// `script_line {kind: required|forbidden}`: the agent says such a line. A forbidden line: its words
/// in a row. A required line: its words in order within one turn of the agent, where at most one
/// word in eight may be missing and others may stand between. item: the line.
base::Result<std::unique_ptr<Detector>> make_script_line(Parameters const& parameters, Vocabulary const& vocabulary);

/// `script_overlap {run: 6}`: measure: the share (thousandths) of the agent's words so far that stand
/// in runs of at least `run` words taken from own-words lines. No sample without such lines.
base::Result<std::unique_ptr<Detector>> make_script_overlap(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
