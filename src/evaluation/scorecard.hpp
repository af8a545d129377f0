#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/ledger.hpp"
#include "playbook/playbook.hpp"
#include "timeline/timeline.hpp"

namespace rapport::evaluation {

/// A trained model that a ledger rests on.
struct ModelName {
  std::string name;
  std::string hash;  ///< the first 12 digits of its file's SHA-256

  bool operator==(ModelName const&) const = default;
};

/// The trained models that verdicts by the playbook rest on: the shipped sentence model where a
/// signal has a `model` detector, else none.
std::vector<ModelName> models_of(playbook::Playbook const& playbook);

/// Whether the evidence is that event, or words of it, rather than a moment that fell into it: the
/// conversation's beginning or end, a silence before it.
bool is_of_its_event(timeline::Timeline const& timeline, Evidence const& evidence);

/// The words an evidence points at: its range of the event's text or, where it is the whole event,
/// all of it; empty where the event has no words. A piece of the timeline's memory.
std::string_view quote(timeline::Timeline const& timeline, Evidence const& evidence);

/// The evidence that makes a practice's verdict, in order of time: S of the occasions that were met
/// or broken, T of those that were missed for want of S. At most evidence_per_practice_max.
std::vector<Evidence> deciding_evidence(Ledger const& ledger, std::uint16_t practice);

/// Whether a ledger's JSON carries the words of its evidence. What is stored carries none: words are
/// personal, and quotes are rendered on read.
enum class Quotes : std::uint8_t { shown,
                                   left_out };

/// A ledger as one line of JSON, without the newline: the contract of docs/interaction-format.md.
/// `range` counts characters (code points) of the event's text. Equal ledgers give equal bytes.
std::string to_json(Ledger const& ledger, timeline::Timeline const& timeline, playbook::Playbook const& playbook,
                    std::span<ModelName const> models = {}, Quotes quotes = Quotes::shown);

struct TextStyle {
  std::size_t columns = 100;  ///< below 70, reasons and quotes stand on lines of their own
  bool colour = false;        ///< ANSI colours beside the marks
  bool all = false;           ///< list what did not apply or could not be assessed one by one
};

/// A ledger for a terminal, by chapters of the playbook, each practice with its mark, reason or
/// quote and time; what did not apply or could not be assessed by its id, of which the chapter's
/// common first part is left out. Ends with a newline.
std::string to_text(Ledger const& ledger, timeline::Timeline const& timeline, playbook::Playbook const& playbook,
                    TextStyle style = {});

}  // namespace rapport::evaluation
