#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "evaluation/ledger.hpp"
#include "evaluation/statistics.hpp"

namespace rapport::evaluation {

/// People's labels against the engine's verdicts, of one practice or of all together.
class Comparison {
 public:
  explicit Comparison(std::string name) : name_(std::move(name)) {}

  /// Counts one labelled practice of one interaction. A label of not_assessed says nothing and is
  /// ignored; a verdict of not_assessed counts against the coverage alone.
  void add(Verdict label, Verdict verdict);

  std::string const& name() const { return name_; }
  /// Labels that say something.
  std::int64_t labelled() const { return labelled_; }
  /// Those of them that the engine assessed: what everything below rests on.
  std::int64_t assessed() const { return table_.total(); }
  Estimate coverage() const { return proportion(assessed(), labelled_); }
  /// Labelled met, missed or not applicable, of the assessed.
  std::int64_t labelled_as(Verdict label) const { return table_.row(index_of(label)); }
  /// Of those that people say applied, the share that they say was missed.
  Estimate prevalence() const;
  /// Of all three verdicts.
  Estimate accuracy() const;
  /// Of `missed`.
  Estimate precision() const;
  Estimate recall() const;
  /// Harmonic mean of precision and recall of "it applies at all" (met or missed); its
  /// interval is that of the share J of both among either, F1 = 2J/(1 + J).
  Estimate applies_f1() const;
  /// met against missed, where both say that it applied.
  Estimate kappa() const { return cohen_kappa(judged()); }
  Estimate ac1() const { return gwet_ac1(judged()); }
  /// met, missed and not applicable.
  Estimate kappa_of_three() const { return cohen_kappa(table_); }
  Estimate ac1_of_three() const { return gwet_ac1(table_); }

 private:
  static std::size_t index_of(Verdict verdict) { return static_cast<std::size_t>(verdict); }
  std::int64_t cell(Verdict label, Verdict verdict) const { return table_.at(index_of(label), index_of(verdict)); }
  Table judged() const;

  std::string name_;
  std::int64_t labelled_ = 0;
  Table table_{3};  ///< rows: people's; columns: the engine's
};

/// The agreement over many interactions.
class Agreement {
 public:
  /// `practices`: ids in the playbook's order.
  explicit Agreement(std::vector<std::string> const& practices);

  /// Counts one practice of one interaction. REQUIRES: practice is a position in the list.
  void add(std::size_t practice, Verdict label, Verdict verdict);

  std::vector<Comparison> const& practices() const { return practices_; }
  Comparison const& overall() const { return overall_; }

 private:
  std::vector<Comparison> practices_;
  Comparison overall_{"overall"};
};

/// A table for a terminal, a practice a line (those with labels), then all together, then how each
/// column is defined. Ends with a newline.
std::string to_text(Agreement const& agreement);

/// One JSON object without the newline: `{"overall": {…}, "practices": [{…}]}`; an estimate is
/// `{"value", "low", "high"}` with what is undefined null. Rounded to six decimals.
std::string to_json(Agreement const& agreement);

}  // namespace rapport::evaluation
