#include "base/nearest.hpp"

#include <algorithm>
#include <vector>

#include "base/limits.hpp"

namespace rapport::base {
namespace {

/// Optimal string alignment distance in O(n·m) time with three rows.
std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> before(right.size() + 1);
  std::vector<std::size_t> last(right.size() + 1);
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      std::size_t const change = left[i - 1] == right[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      bool const swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[right.size()];
}

std::string_view after_first_dot(std::string_view name) {
  std::size_t const dot = name.find('.');
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view word, std::span<std::string_view const> candidates) {
  if (word.size() > limits::name_bytes_max) return std::nullopt;
  std::string_view const tail = after_first_dot(word);
  std::size_t best = std::max<std::size_t>(1, tail.size() / 3) + 1;
  std::optional<std::string_view> found;
  for (std::string_view const candidate : candidates) {
    std::size_t const longest = std::max(word.size(), candidate.size());
    std::size_t const shortest = std::min(word.size(), candidate.size());
    if (longest - shortest >= best) continue;  // the lengths alone are further apart
    std::size_t const apart = distance(word, candidate);
    if (apart < best) {
      best = apart;
      found = candidate;
    }
  }
  if (best > 1) {
    auto const same_tail = std::find_if(candidates.begin(), candidates.end(), [&](std::string_view candidate) {
      return after_first_dot(candidate) == tail;
    });
    if (same_tail != candidates.end()) return *same_tail;
  }
  if (found || tail.size() < 3) return found;
  auto const longer = std::find_if(candidates.begin(), candidates.end(), [&](std::string_view candidate) { return candidate.starts_with(word); });
  return longer == candidates.end() ? std::nullopt : std::optional(*longer);
}

}  // namespace rapport::base
