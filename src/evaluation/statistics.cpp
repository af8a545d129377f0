#include "evaluation/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace rapport::evaluation {
namespace {

constexpr double z95 = 1.959963984540054;  // 97.5 % quantile of the normal distribution
constexpr double nearly_one = 1.0 - 1e-12;

/// A table as shares, with both raters' marginals.
struct Shares {
  explicit Shares(Table const& table) : classes(table.classes()), n(static_cast<double>(table.total())) {
    for (std::size_t i = 0; i < classes; ++i) {
      rows.push_back(static_cast<double>(table.row(i)) / n);
      columns.push_back(static_cast<double>(table.column(i)) / n);
      for (std::size_t j = 0; j < classes; ++j) cells.push_back(static_cast<double>(table.at(i, j)) / n);
      agreed += at(i, i);
    }
  }
  double at(std::size_t row, std::size_t column) const { return cells[row * classes + column]; }

  std::size_t classes;
  double n;
  std::vector<double> rows;
  std::vector<double> columns;
  std::vector<double> cells;
  double agreed = 0;
};

Estimate with_error(double value, double variance) {
  double const error = z95 * std::sqrt(std::max(variance, 0.0));
  return {value, Interval{std::max(value - error, -1.0), std::min(value + error, 1.0)}};
}

double square(double x) { return x * x; }

}  // namespace

Estimate proportion(std::int64_t hits, std::int64_t of) {
  if (of == 0) return {};
  double const n = static_cast<double>(of);
  double const p = static_cast<double>(hits) / n;
  double const z2 = square(z95);
  double const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  double const half = z95 / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  return {p, Interval{std::max(centre - half, 0.0), std::min(centre + half, 1.0)}};
}

std::int64_t Table::row(std::size_t row) const {
  std::int64_t sum = 0;
  for (std::size_t column = 0; column < classes_; ++column) sum += at(row, column);
  return sum;
}

std::int64_t Table::column(std::size_t column) const {
  std::int64_t sum = 0;
  for (std::size_t row = 0; row < classes_; ++row) sum += at(row, column);
  return sum;
}

Estimate cohen_kappa(Table const& table) {
  if (table.total() == 0) return {};
  Shares const p(table);
  double chance = 0;
  for (std::size_t i = 0; i < p.classes; ++i) chance += p.rows[i] * p.columns[i];
  if (chance > nearly_one) return {};
  double const kappa = (p.agreed - chance) / (1 - chance);
  double same = 0;
  double different = 0;
  for (std::size_t i = 0; i < p.classes; ++i) {
    same += p.at(i, i) * square(1 - (p.rows[i] + p.columns[i]) * (1 - kappa));
    for (std::size_t j = 0; j < p.classes; ++j) {
      if (i != j) different += p.at(i, j) * square(p.columns[i] + p.rows[j]);
    }
  }
  double const variance = (same + square(1 - kappa) * different - square(kappa - chance * (1 - kappa))) /
                          (square(1 - chance) * p.n);
  return with_error(kappa, variance);
}

Estimate gwet_ac1(Table const& table) {
  if (table.total() == 0) return {};
  Shares const p(table);
  double const others = static_cast<double>(p.classes - 1);
  std::vector<double> mean;
  double chance = 0;
  for (std::size_t i = 0; i < p.classes; ++i) {
    mean.push_back((p.rows[i] + p.columns[i]) / 2);
    chance += mean[i] * (1 - mean[i]) / others;
  }
  double const ac1 = (p.agreed - chance) / (1 - chance);
  double same = 0;
  double all = 0;
  for (std::size_t i = 0; i < p.classes; ++i) {
    same += p.at(i, i) * (1 - mean[i]) / others;
    for (std::size_t j = 0; j < p.classes; ++j) {
      all += p.at(i, j) * square(1 - (mean[i] + mean[j]) / 2) / square(others);
    }
  }
  double const variance = (p.agreed * (1 - p.agreed) - 4 * (1 - ac1) * (same - p.agreed * chance) +
                           4 * square(1 - ac1) * (all - square(chance))) /
                          (p.n * square(1 - chance));
  return with_error(ac1, variance);
}

}  // namespace rapport::evaluation
