#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors that compare what is said and done with what is on record.
namespace rapport::signals {

/// `status`: an agent states how an order, a claim, an account stands (standing.hpp). item: 1 + the
/// standing.
base::Result<std::unique_ptr<Detector>> make_status(Parameters const& parameters, Vocabulary const& vocabulary);

/// `status_mismatch`: an agent states a status that contradicts the one on record: of a known fact
/// whose name holds "status", "state" or "tracking" (head, context, the last fact_known). Where several
/// are on record, the one whose thing ("order_status") the sentence names.
base::Result<std::unique_ptr<Detector>> make_status_mismatch(Parameters const& parameters, Vocabulary const& vocabulary);

/// `promise_kept`: an event promise_kept that names, by id or text, a promise of this timeline. item:
/// the promise.
base::Result<std::unique_ptr<Detector>> make_promise_kept(Parameters const& parameters, Vocabulary const& vocabulary);

/// `notes {words: 7}`: the notes of the interaction come to so many words in sum. Fires once, at the note that
/// reaches it. Error: fewer than 1 word.
base::Result<std::unique_ptr<Detector>> make_notes(Parameters const& parameters, Vocabulary const& vocabulary);

/// `vague_cause`: a disposition whose root cause says nothing: one word that its reason has too, no words but such as
/// fit everything ("other", "customer error", "system issue"), or it says in three words
/// at most that the cause is unknown.
base::Result<std::unique_ptr<Detector>> make_vague_cause(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
