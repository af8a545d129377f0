#include "evaluation/agreement.hpp"

#include "base/assert.hpp"

namespace rapport::evaluation {

void Comparison::add(Verdict label, Verdict verdict) {
  if (label == Verdict::not_assessed) return;
  ++labelled_;
  if (verdict == Verdict::not_assessed) return;
  table_.add(index_of(label), index_of(verdict));
}

Estimate Comparison::prevalence() const {
  std::int64_t const missed = labelled_as(Verdict::missed);
  return proportion(missed, missed + labelled_as(Verdict::met));
}

Estimate Comparison::accuracy() const {
  std::int64_t agreed = 0;
  for (std::size_t i = 0; i < table_.classes(); ++i) agreed += table_.at(i, i);
  return proportion(agreed, table_.total());
}

Estimate Comparison::precision() const {
  return proportion(cell(Verdict::missed, Verdict::missed), table_.column(index_of(Verdict::missed)));
}

Estimate Comparison::recall() const {
  return proportion(cell(Verdict::missed, Verdict::missed), labelled_as(Verdict::missed));
}

Estimate Comparison::applies_f1() const {
  std::int64_t const neither = cell(Verdict::not_applicable, Verdict::not_applicable);
  std::int64_t const label_only = labelled_as(Verdict::not_applicable) - neither;  // the engine says it applies
  std::int64_t const engine_only = table_.column(index_of(Verdict::not_applicable)) - neither;
  std::int64_t const both = table_.total() - neither - label_only - engine_only;
  Estimate share = proportion(both, both + label_only + engine_only);  // J; F1 = 2J/(1 + J) rises with it
  auto const f1 = [](double of_either) { return 2 * of_either / (1 + of_either); };
  if (share.value) share.value = f1(*share.value);
  if (share.interval) share.interval = Interval{f1(share.interval->low), f1(share.interval->high)};
  return share;
}

Table Comparison::judged() const {
  Table table(2);
  for (Verdict const label : {Verdict::met, Verdict::missed}) {
    for (Verdict const verdict : {Verdict::met, Verdict::missed}) {
      table.add(index_of(label), index_of(verdict), cell(label, verdict));
    }
  }
  return table;
}

Agreement::Agreement(std::vector<std::string> const& practices) {
  practices_.reserve(practices.size());
  for (std::string const& id : practices) practices_.emplace_back(id);
}

void Agreement::add(std::size_t practice, Verdict label, Verdict verdict) {
  RAPPORT_ASSERT(practice < practices_.size());
  practices_[practice].add(label, verdict);
  overall_.add(label, verdict);
}

}  // namespace rapport::evaluation
