#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

/// How well two raters agree: proportions and chance-corrected coefficients with 95 % intervals.
/// For reports alone; no verdict rests on these numbers.
namespace rapport::evaluation {

struct Interval {
  double low = 0;
  double high = 0;
};

/// A number with its 95 % interval; nothing where it is undefined (of nothing, 0/0).
struct Estimate {
  std::optional<double> value;
  std::optional<Interval> interval;
};

/// hits/of with the score interval of Wilson (1927), "Probable Inference, the Law of Succession,
/// and Statistical Inference", JASA 22:209.
Estimate proportion(std::int64_t hits, std::int64_t of);

/// How often rater one said the row and rater two the column.
class Table {
 public:
  explicit Table(std::size_t classes) : classes_(classes), counts_(classes * classes, 0) {}

  void add(std::size_t row, std::size_t column) {
    ++counts_[row * classes_ + column];
    ++total_;
  }
  void add(std::size_t row, std::size_t column, std::int64_t times) {
    counts_[row * classes_ + column] += times;
    total_ += times;
  }
  std::int64_t at(std::size_t row, std::size_t column) const { return counts_[row * classes_ + column]; }
  std::int64_t row(std::size_t row) const;
  std::int64_t column(std::size_t column) const;
  std::int64_t total() const { return total_; }
  std::size_t classes() const { return classes_; }

 private:
  std::size_t classes_;
  std::vector<std::int64_t> counts_;
  std::int64_t total_ = 0;
};

/// Cohen's kappa, (po − pe)/(1 − pe), with the large-sample standard error of Fleiss, Cohen and
/// Everitt (1969), "Large sample standard errors of kappa and weighted kappa", Psychological
/// Bulletin 72:323. Undefined where chance alone would agree always.
Estimate cohen_kappa(Table const& table);

/// Gwet's AC1, the same with pe = Σ π(1 − π)/(classes − 1), π the mean of both raters' shares, and
/// its variance for an infinite population: Gwet (2008), "Computing inter-rater reliability and its
/// variance in the presence of high agreement", British Journal of Mathematical and Statistical
/// Psychology 61:29.
Estimate gwet_ac1(Table const& table);

}  // namespace rapport::evaluation
