#pragma once

#include <string>

#include "evaluation/ledger.hpp"
#include "playbook/playbook.hpp"
#include "report/mood.hpp"
#include "timeline/timeline.hpp"

namespace rapport::report {

/// One interaction as the page holds it: two JSON values, each on one line and safe inside a
/// <script> element. web/report/js/data.js says what stands in them.
struct Entry {
  std::string summary;  ///< what lists and counts need
  std::string details;  ///< rows, evidence, spans: what is parsed when somebody opens it
};

/// Makes entries. Immutable; any thread may call it, so a run makes them beside the evaluation.
/// The playbook must outlive it.
class EntryMaker {
 public:
  explicit EntryMaker(playbook::Playbook const& playbook) : playbook_(playbook), moods_(playbook) {}

  /// REQUIRES: the ledger is of this timeline and playbook.
  Entry make(timeline::Timeline const& timeline, evaluation::Ledger const& ledger) const;

 private:
  playbook::Playbook const& playbook_;
  MoodReader moods_;
};

}  // namespace rapport::report
