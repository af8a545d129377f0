#include "playbook/difference.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "base/limits.hpp"

namespace rapport::playbook {
namespace {

using Lines = std::vector<std::string_view>;
using Kind = LineDifference::Kind;

constexpr int edits_max = 1'000;
constexpr std::size_t context = 3;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    std::size_t const end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

/// The kinds of the steps that lead from one list of lines to the other; empty: too many differ.
class Script {
 public:
  Script(std::span<std::string_view const> before, std::span<std::string_view const> after) : before_(before), after_(after) {}

  std::vector<Kind> steps() {
    int const most = std::min(edits_max, static_cast<int>(before_.size() + after_.size()));
    int const width = 2 * most + 2;
    std::vector<int> furthest(static_cast<std::size_t>(width) + 1, 0);  // of each diagonal k, at k + most
    for (int edits = 0; edits <= most; ++edits) {
      rounds_.push_back(furthest);
      for (int k = -edits; k <= edits; k += 2) {
        if (reaches_end(furthest, most, edits, k)) return walk_back(edits, most);
      }
    }
    return {};
  }

 private:
  static bool goes_down(std::vector<int> const& furthest, int most, int edits, int k) {
    auto const at = [&](int diagonal) { return furthest[static_cast<std::size_t>(diagonal + most)]; };
    return k == -edits || (k != edits && at(k - 1) < at(k + 1));
  }

  bool reaches_end(std::vector<int>& furthest, int most, int edits, int k) const {
    auto const at = [&](int diagonal) -> int& { return furthest[static_cast<std::size_t>(diagonal + most)]; };
    int x = goes_down(furthest, most, edits, k) ? (k == most ? 0 : at(k + 1)) : at(k - 1) + 1;
    int y = x - k;
    while (x < static_cast<int>(before_.size()) && y < static_cast<int>(after_.size()) && y >= 0 &&
           before_[static_cast<std::size_t>(x)] == after_[static_cast<std::size_t>(y)]) {
      ++x;
      ++y;
    }
    at(k) = x;
    return x >= static_cast<int>(before_.size()) && y >= static_cast<int>(after_.size());
  }

  std::vector<Kind> walk_back(int edits, int most) const {
    std::vector<Kind> steps;
    int x = static_cast<int>(before_.size());
    int y = static_cast<int>(after_.size());
    for (int round = edits; round >= 0; --round) {
      std::vector<int> const& furthest = rounds_[static_cast<std::size_t>(round)];
      int const k = x - y;
      bool const down = goes_down(furthest, most, round, k);
      int const from_k = down ? k + 1 : k - 1;
      int const from_x = round == 0 ? 0 : furthest[static_cast<std::size_t>(from_k + most)];
      int const from_y = round == 0 ? 0 : from_x - from_k;
      int const begin_x = round == 0 ? 0 : (down ? from_x : from_x + 1);
      for (; x > begin_x; --x, --y) steps.push_back(Kind::same);
      if (round > 0) steps.push_back(down ? Kind::added : Kind::removed);
      x = from_x;
      y = from_y;
    }
    std::ranges::reverse(steps);
    return steps;
  }

  std::span<std::string_view const> before_;
  std::span<std::string_view const> after_;
  std::vector<std::vector<int>> rounds_;  ///< furthest before each number of edits
};

std::vector<Kind> steps_between(std::span<std::string_view const> before, std::span<std::string_view const> after) {
  std::vector<Kind> steps;
  if (before.size() + after.size() <= limits::difference_lines_max) steps = Script{before, after}.steps();
  if (!steps.empty() || (before.empty() && after.empty())) return steps;
  steps.assign(before.size(), Kind::removed);
  steps.insert(steps.end(), after.size(), Kind::added);
  return steps;
}

/// Leaves out what is same and further than `context` from a difference.
std::vector<LineDifference> near_differences(std::vector<LineDifference> const& all) {
  std::vector<bool> kept(all.size(), false);
  for (std::size_t place = 0; place < all.size(); ++place) {
    if (all[place].kind == Kind::same) continue;
    for (std::size_t near = place - std::min(place, context); near < std::min(all.size(), place + context + 1); ++near) kept[near] = true;
  }
  std::vector<LineDifference> made;
  for (std::size_t place = 0; place < all.size(); ++place) {
    if (kept[place]) made.push_back(all[place]);
  }
  return made;
}

std::vector<LineDifference> lines_between(std::string_view before_text, std::string_view after_text) {
  Lines const before = lines_of(before_text);
  Lines const after = lines_of(after_text);
  auto const first = static_cast<std::size_t>(std::ranges::mismatch(before, after).in1 - before.begin());
  std::size_t last = 0;  // lines that are the same at the end
  while (last < std::min(before.size(), after.size()) - first && before[before.size() - 1 - last] == after[after.size() - 1 - last]) ++last;
  std::vector<Kind> steps(first, Kind::same);
  auto const inner = steps_between(std::span{before}.subspan(first, before.size() - first - last), std::span{after}.subspan(first, after.size() - first - last));
  steps.insert(steps.end(), inner.begin(), inner.end());
  steps.insert(steps.end(), last, Kind::same);
  std::vector<LineDifference> made;
  std::size_t x = 0;
  std::size_t y = 0;
  for (Kind const kind : steps) {
    LineDifference line{kind, 0, 0, std::string{kind == Kind::added ? after[y] : before[x]}};
    if (kind != Kind::added) line.before = static_cast<int>(++x);
    if (kind != Kind::removed) line.after = static_cast<int>(++y);
    made.push_back(std::move(line));
  }
  return near_differences(made);
}

}  // namespace

std::vector<FileDifference> difference(std::span<SourceFile const> before, std::span<SourceFile const> after) {
  struct Both {
    SourceFile const* before = nullptr;
    SourceFile const* after = nullptr;
  };
  std::map<std::string_view, Both> paths;
  for (SourceFile const& file : before) paths[file.path].before = &file;
  for (SourceFile const& file : after) paths[file.path].after = &file;
  std::vector<FileDifference> made;
  for (auto const& [path, both] : paths) {
    if (both.before != nullptr && both.after != nullptr && both.before->text == both.after->text) continue;
    using Change = FileDifference::Change;
    Change const change = both.before == nullptr ? Change::added : both.after == nullptr ? Change::removed
                                                                                         : Change::changed;
    std::string_view const old_text = both.before == nullptr ? std::string_view{} : both.before->text;
    std::string_view const new_text = both.after == nullptr ? std::string_view{} : both.after->text;
    made.push_back({std::string{path}, change, lines_between(old_text, new_text)});
  }
  return made;
}

}  // namespace rapport::playbook
