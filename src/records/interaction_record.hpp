#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/words.hpp"

/// What is kept of interactions. Personal content (words, names, identifiers) is apart from the
/// skeleton and encrypted with the person's key; the store does not look into either.
namespace rapport::records {

/// Something with personal content beside what may stay when the person is erased.
struct Content {
  std::string skeleton;  ///< JSON without personal content
  std::string personal;  ///< JSON with it; read back empty once the person is erased
  bool operator==(Content const&) const = default;
};

/// What lists and searches know of an interaction, live or closed. Id, brand and start stand from the
/// first row on; what a later row says of them is not taken.
struct InteractionRow {
  std::string id;
  std::string brand;
  domain::Channel channel = domain::Channel::voice;
  domain::Direction direction = domain::Direction::inbound;
  std::string queue;                ///< the last one
  std::vector<std::string> agents;  ///< every one who answered it, in order
  std::string customer;             ///< the customer's id: also the person whose key its content has; empty: a key of its own
  std::string case_id;
  base::Instant started_at;
  std::optional<base::Instant> closed_at;  ///< nothing while it is live
  std::string disposition;                 ///< reason; empty before wrap-up
  std::string outcome;
  std::optional<std::int32_t> score;  ///< of the current ledger, thousandths of 0–100
  std::vector<std::string> missed;    ///< practices missed in the current ledger

  bool operator==(InteractionRow const&) const = default;
};

/// An interaction begins: its row and its head. A second one with its id is a conflict.
struct OpenInteraction {
  InteractionRow row;
  Content head;
};

/// Its row or head changed while it lives (another queue, an agent more): replaces both. Not found once it is closed.
struct UpdateInteraction {
  InteractionRow row;
  Content head;
};

/// One event of a live interaction. Numbers count from 1 without gaps: another one is a conflict.
struct AppendEvent {
  std::string interaction;
  std::string person;  ///< whose key it gets; empty: the interaction's own
  std::uint32_t number = 0;
  Content event;
  bool operator==(AppendEvent const&) const = default;
};

/// A ledger as it was computed. Immutable for its version tuple (engine, playbook, models, events).
struct LedgerRecord {
  std::string engine;
  std::string playbook;  ///< name, version and hash as one text
  std::string models;    ///< names and hashes as one text; may be empty
  base::Instant made_at;
  std::optional<std::int32_t> score;
  std::vector<std::string> missed;
  std::string body;          ///< JSON: verdicts with evidence as event and range, no quotes
  std::uint32_t events = 0;  ///< of the interaction that it judged: what comes after closing makes them more
  bool operator==(LedgerRecord const&) const = default;
};

/// The interaction closes: its events become one compact block, its live records go. One that was never
/// opened is made closed (an import); one that is closed is a conflict.
struct CloseInteraction {
  InteractionRow row;
  Content block;      ///< the whole interaction
  std::string words;  ///< what full-text search finds it by; empty: nothing
  std::optional<LedgerRecord> ledger;
};

/// Something that came after closing: survey, late transcript, override. Numbered on from the block; a
/// number that was used is a conflict.
struct AmendInteraction {
  std::string interaction;
  std::uint32_t number = 0;
  Content event;
  std::string words;
};

/// A further ledger of a closed interaction; equal version tuple: refused as conflict.
struct AddLedger {
  std::string interaction;
  LedgerRecord ledger;
  bool current = true;  ///< the row takes its score and misses
};

/// A stored interaction. Live: `head` and `tail` (its events so far); closed: `block` and the
/// amendments in `tail`.
struct StoredInteraction {
  InteractionRow row;
  Content head;
  std::optional<Content> block;
  std::vector<AppendEvent> tail;  ///< by number
  bool operator==(StoredInteraction const&) const = default;
};

/// What to look for; everything named must hold. Newest first by started_at, those of one millisecond in
/// an order that stays as it is. Words are found in closed interactions only.
struct InteractionQuery {
  std::vector<std::string> brands;  ///< any of these; empty: every brand
  std::optional<std::string> customer, agent, queue, case_id, disposition, outcome, missed;
  std::optional<domain::Channel> channel;
  std::optional<base::Instant> from, to;  ///< of started_at: from <= it < to
  std::optional<std::int32_t> score_below;
  std::optional<bool> live;
  std::string words;  ///< all of these words, in any order, anywhere in it
  /// Of the last row seen.
  struct After {
    base::Instant started_at;
    std::string id;
  };
  std::optional<After> after;
  std::size_t limit = 50;  ///< at most limits::page_max
};

struct InteractionPage {
  std::vector<InteractionRow> rows;
  bool more = false;
};

}  // namespace rapport::records
