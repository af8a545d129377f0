#include "playbook/source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/limits.hpp"

namespace rapport::playbook {

std::string to_text(Problem const& problem) {
  Place const& place = problem.place;
  if (place.line == 0) return fmt::format("{}: {}", place.file, problem.message);
  return fmt::format("{}:{}:{}: {}", place.file, place.line, place.column, problem.message);
}

std::string to_text(Place const& place) {
  return place.line == 0 ? place.file : fmt::format("{}:{}", place.file, place.line);
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t characters_max = 60;
  std::string shown = "\"";
  std::size_t characters = 0;
  for (char const c : text) {
    bool const continuation = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    if (!continuation && ++characters > characters_max) return shown + "…\"";
    bool const control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;  // an escape may write any
    shown += control ? ' ' : c;
  }
  return shown + '"';
}

void Problems::add(Place place, std::string message) {
  ++count_;
  if (listed_.size() < limits::problems_max) listed_.push_back({std::move(place), std::move(message)});
}

bool Problems::full() const { return count_ >= limits::problems_max; }

std::vector<Problem> Problems::take() {
  std::size_t const unlisted = count_ - listed_.size();
  count_ = 0;
  std::vector<Problem> problems = std::exchange(listed_, {});
  std::sort(problems.begin(), problems.end());
  problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
  if (unlisted > 0) {
    problems.push_back({{"playbook.yaml", 0, 0},
                        fmt::format("{} more problems are not listed (problems_max is {})", unlisted, limits::problems_max)});
  }
  return problems;
}

}  // namespace rapport::playbook
