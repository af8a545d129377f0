#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluation/ledger.hpp"
#include "playbook/playbook.hpp"
#include "timeline/timeline.hpp"

namespace rapport::evaluation::testing {

/// A timeline, a playbook and a ledger written by hand, practice by practice, for what renders them.
struct Card {
  Card();

  /// Adds a practice with its result; `file` is its chapter's.
  std::uint16_t practice(std::string id, std::string say, Verdict verdict, Why why = Why::none, std::string file = "practices/01-opening.yaml");
  /// Adds an utterance at so many seconds; returns its position in the timeline.
  std::uint32_t said(domain::Role by, base::Millis second, std::string text, std::string id = {});
  /// Adds an occasion of the last practice, and to what its result counts, with this range of an
  /// event's text as evidence; nobody's range is the whole event.
  Occasion& occasion(OccasionState state, std::uint32_t event, signals::TextRange range = {});

  timeline::Timeline timeline() const;

  domain::Interaction head;
  std::vector<domain::Event> events;
  playbook::Playbook playbook;
  Ledger ledger;
};

}  // namespace rapport::evaluation::testing
