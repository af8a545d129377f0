#include "centre/batches.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/limits.hpp"

namespace rapport::centre {
namespace {

constexpr std::size_t most = limits::batch_changes_max;

/// Where the batch ends that begins there. REQUIRES: more than `most` changes are left.
std::size_t end_of_batch(std::vector<std::size_t> const& seams, std::size_t from) {
  auto const beyond = std::ranges::upper_bound(seams, from + most);
  bool const found = beyond != seams.begin() && *std::prev(beyond) > from;
  return found ? *std::prev(beyond) : from + most;
}

}  // namespace

std::vector<records::Batch> batches_of(Step step, std::vector<records::Change> outgoing, base::Instant at) {
  std::vector<records::Batch> batches{{{}, at, true}};
  std::vector<records::Change>& changes = step.changes;
  std::size_t from = 0;
  while (changes.size() - from > most) {
    std::size_t const to = end_of_batch(step.seams, from);
    auto const first = changes.begin() + static_cast<std::ptrdiff_t>(from);
    std::move(first, changes.begin() + static_cast<std::ptrdiff_t>(to), std::back_inserter(batches.back().changes));
    batches.push_back({{}, at, true});
    from = to;
  }
  std::move(changes.begin() + static_cast<std::ptrdiff_t>(from), changes.end(), std::back_inserter(batches.back().changes));
  for (records::Change& change : outgoing) {
    if (batches.back().changes.size() >= most) batches.push_back({{}, at, true});
    batches.back().changes.push_back(std::move(change));
  }
  return batches;
}

}  // namespace rapport::centre
