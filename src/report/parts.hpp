#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/ledger.hpp"
#include "playbook/playbook.hpp"
#include "report/mood.hpp"
#include "timeline/timeline.hpp"

/// The parts of an entry; for entry.cpp and their tests.
namespace rapport::report {

/// A participant as people are told of them: by name, else by person, else by id.
std::string label_of(domain::Participant const& participant);

/// A moment worth quoting: what decided an occasion or, where nothing did, what called for it.
struct Quote {
  std::uint16_t practice = 0;
  evaluation::Evidence evidence;
  bool absent = false;              ///< the words called for something that then was not done
  std::int32_t confidence = 1'000;  ///< thousandths, of the occasion
};

/// Up to `count` quotes of occasions in that state whose practice came out so, critical practices
/// first, then the heaviest, then the surest. Only words are quoted. REQUIRES: met or missed.
std::vector<Quote> choose_quotes(playbook::Playbook const& playbook, timeline::Timeline const& timeline,
                                 evaluation::Ledger const& ledger, evaluation::OccasionState state, std::size_t count);

/// What an event that is no words says for itself: its text and fields ("outcome: resolved").
std::string event_words(domain::Event const& event);

/// A measure's value in the unit of its band: 312 with "..40 %" is "31.2 %".
std::string measure_words(std::int64_t thousandths, std::string_view band);

std::string summary_json(playbook::Playbook const& playbook, timeline::Timeline const& timeline, evaluation::Ledger const& ledger);
std::string details_json(playbook::Playbook const& playbook, timeline::Timeline const& timeline, evaluation::Ledger const& ledger,
                         std::vector<Mood> const& moods);

}  // namespace rapport::report
