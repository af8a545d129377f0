#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "centre/tail_codec.hpp"
#include "evaluation/ledger.hpp"
#include "records/interaction_record.hpp"
#include "server/api/stored.hpp"

/// Ledgers as the API shows them: the machine's verdicts, and over them what people said.
namespace rapport::server::api {

/// A stored ledger with the words of its evidence, rendered from the events that it points at; each
/// practice that somebody reviewed has their verdict as `review`, and `reviewed_score` is the score with
/// those in place of the machine's.
boost::json::object ledger_view(records::LedgerRecord const& ledger, StoredTimeline const& timeline);

boost::json::object render(centre::VerdictReview const& review);

/// The machine's verdict of a practice in a stored ledger; nothing: the ledger does not have it, or has
/// it off.
std::optional<evaluation::Verdict> verdict_in(records::LedgerRecord const& ledger, std::string_view practice);

/// A practice of a stored ledger, as far as its verdict goes.
struct JudgedPractice {
  std::string id;
  evaluation::Verdict verdict = evaluation::Verdict::not_assessed;
  bool off = false;
};
/// All of them, in the ledger's order; none if it cannot be read.
std::vector<JudgedPractice> practices_in(records::LedgerRecord const& ledger);

}  // namespace rapport::server::api
