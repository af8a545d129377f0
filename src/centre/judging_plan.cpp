#include "centre/judging_plan.hpp"

#include <fmt/format.h>

namespace rapport::centre {

JudgingPlan::JudgingPlan(playbook::Playbook playbook)
    : playbook_(std::move(playbook)), plan_(evaluation::plan_of(playbook_)), models_(evaluation::models_of(playbook_)) {}

std::string JudgingPlan::version() const {
  return fmt::format("{} {} {}", playbook_.name, playbook_.version, playbook_.hash);
}

records::LedgerRecord JudgingPlan::judge(timeline::Timeline const& timeline, base::Instant now) const {
  return record_of(evaluation::evaluate(plan_, timeline), timeline, now);
}

records::LedgerRecord JudgingPlan::record_of(evaluation::Ledger const& ledger, timeline::Timeline const& timeline, base::Instant now) const {
  records::LedgerRecord record;
  record.engine = evaluation::engine_version;
  record.playbook = version();
  for (evaluation::ModelName const& model : models_) {
    record.models += fmt::format("{}{} {}", record.models.empty() ? "" : ", ", model.name, model.hash);
  }
  record.made_at = now;
  record.score = ledger.score;
  for (std::size_t i = 0; i < ledger.practices.size(); ++i) {
    if (ledger.practices[i].verdict == evaluation::Verdict::missed) record.missed.push_back(playbook_.practices[i].id);
  }
  record.body = evaluation::to_json(ledger, timeline, playbook_, models_, evaluation::Quotes::left_out);
  return record;
}

}  // namespace rapport::centre
