#include "signals/model/features.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/assert.hpp"

namespace rapport::signals::model {
namespace {

/// What a word counts as in runs of several: its group where it has one, so that "refund" and
/// "replace" are learned together.
std::uint64_t class_of(WordCode const& code) { return code.groups[0] != 0 ? code.groups[0] : code.stem; }

bool grouped(WordCode const& a, WordCode const& b) { return a.groups[0] != 0 || b.groups[0] != 0; }

std::uint64_t length_class(std::uint32_t tokens) {
  constexpr std::array<std::uint32_t, 6> bounds{1, 2, 4, 8, 14, 24};
  return static_cast<std::uint64_t>(std::ranges::lower_bound(bounds, tokens) - bounds.begin());
}

/// Collects the features of a window, no more than `features_max`, and appends them to the keys when it goes.
class Collector {
 public:
  explicit Collector(std::vector<FeatureKey>& keys) : keys_(keys) {}
  Collector(Collector const&) = delete;
  Collector& operator=(Collector const&) = delete;
  ~Collector() { keys_.insert(keys_.end(), made_.begin(), made_.begin() + static_cast<std::ptrdiff_t>(count_)); }

  void add(FeatureKind kind, std::uint64_t a, std::uint64_t b = 0, std::uint64_t c = 0) {
    RAPPORT_ASSERT(count_ < features_max);
    made_[count_++] = feature_key(kind, a, b, c);
  }

  void one_word(WordCode const& code) {
    add(FeatureKind::word, code.word);
    add(FeatureKind::stem, code.stem);
    for (GroupId const group : code.groups) {
      if (group != 0) add(FeatureKind::group, group);
    }
  }

  void runs_ending_at(std::span<WordCode const> codes, std::size_t at) {
    WordCode const& last = codes[at];
    if (at >= 1) {
      WordCode const& before = codes[at - 1];
      add(FeatureKind::pair, before.stem, last.stem);
      if (grouped(before, last)) add(FeatureKind::group_pair, class_of(before), class_of(last));
    }
    if (at >= 2) {
      add(FeatureKind::skip_pair, class_of(codes[at - 2]), class_of(last));
      add(FeatureKind::triple, codes[at - 2].stem, codes[at - 1].stem, last.stem);
    }
  }

  /// Every two groups of the window, in whatever order and distance: what is felt, and by whom.
  void bag_of_groups(std::span<WordCode const> codes) {
    std::array<std::uint64_t, 4> met{};  // a bit for each group
    std::size_t count = 0;
    for (WordCode const& code : codes) {
      GroupId const group = code.groups[0];
      std::uint64_t& some = met[group / 64];
      bool const is_new = group != 0 && count < bagged_max && (some >> group % 64 & 1U) == 0;
      some |= std::uint64_t{is_new} << group % 64;
      count += is_new ? 1U : 0U;
    }
    std::array<GroupId, bagged_max> found;  // rising
    count = 0;
    for (std::size_t at = 0; at < met.size(); ++at) {
      for (std::uint64_t left = met[at]; left != 0; left &= left - 1) found[count++] = static_cast<GroupId>(at * 64 + static_cast<std::size_t>(std::countr_zero(left)));
    }
    for (std::size_t a = 0; a < count; ++a) {
      for (std::size_t b = a + 1; b < count; ++b) add(FeatureKind::group_bag, found[a], found[b]);
    }
  }

  void whole(Words const& words, std::span<WordCode const> own, Window const& window) {
    if (own.empty()) return;
    bag_of_groups(own);
    bool const asks = words.sentences[window.sentence].asks;
    if (window.begins) {
      add(FeatureKind::first, class_of(own[0]));
      if (own.size() > 1) add(FeatureKind::first_pair, own[0].stem, own[1].stem);
      if (asks) add(FeatureKind::asks_first, own[0].stem);
    }
    if (window.ends) add(FeatureKind::last, class_of(own.back()));
    if (asks) add(FeatureKind::asks, 1);
    add(FeatureKind::length, length_class(window.token_count));
  }

  void one_previous_word(WordCode const& code) {
    add(FeatureKind::previous_stem, code.stem);
    if (code.groups[0] != 0) add(FeatureKind::previous_group, code.groups[0]);
  }

  void previous_run(WordCode const& before, WordCode const& last) {
    add(FeatureKind::previous_pair, class_of(before), class_of(last));
  }

 private:
  static constexpr std::size_t bagged_max = 8;   ///< groups of a window that are paired
  static constexpr std::size_t of_a_token = 8;   ///< features at most, by itself and with those before it
  static constexpr std::size_t of_a_window = 7;  ///< besides
  static_assert(window_tokens * of_a_token + bagged_max * (bagged_max - 1) / 2 + of_a_window <= features_max);

  std::vector<FeatureKey>& keys_;
  std::array<FeatureKey, features_max> made_;
  std::size_t count_ = 0;
};

}  // namespace

void cut_windows(Words const& words, std::vector<Window>& windows) {
  for (std::size_t index = 0; index < words.sentences.size(); ++index) {
    Sentence const& sentence = words.sentences[index];
    auto const number = static_cast<std::uint16_t>(index);
    std::uint32_t const count = sentence.token_count;
    if (count <= window_tokens) {
      windows.push_back({sentence.first_token, count, number, true, true});
      continue;
    }
    for (std::uint32_t from = 0;; from += window_tokens / 2) {
      std::uint32_t const size = std::min(window_tokens, count - from);
      bool const ends = from + size == count;
      windows.push_back({sentence.first_token + from, size, number, from == 0, ends});
      if (ends) break;
    }
  }
}

void window_features(Words const& words, std::span<WordCode const> codes, Window const& window,
                     std::vector<FeatureKey>& keys) {
  std::span<WordCode const> const own = codes.subspan(window.first_token, window.token_count);
  Collector collect{keys};
  for (std::size_t at = 0; at < own.size(); ++at) {
    collect.one_word(own[at]);
    collect.runs_ending_at(own, at);
  }
  collect.whole(words, own, window);
}

void word_features(WordCode const& code, std::vector<FeatureKey>& keys) { Collector{keys}.one_word(code); }

void context_features(Words const& words, std::span<WordCode const> codes, Window const& window,
                      std::vector<FeatureKey>& keys) {
  std::span<WordCode const> const own = codes.subspan(window.first_token, window.token_count);
  Collector collect{keys};
  for (std::size_t at = 0; at < own.size(); ++at) collect.runs_ending_at(own, at);
  collect.whole(words, own, window);
}

void previous_features(std::span<WordCode const> codes, bool asks, std::vector<FeatureKey>& keys) {
  std::span<WordCode const> const own = codes.last(std::min<std::size_t>(codes.size(), previous_tokens));
  Collector collect{keys};
  for (std::size_t at = 0; at < own.size(); ++at) {
    collect.one_previous_word(own[at]);
    if (at >= 1) collect.previous_run(own[at - 1], own[at]);
  }
  if (asks && !own.empty()) collect.add(FeatureKind::previous_asks, 1);
}

void previous_word_features(WordCode const& code, std::vector<FeatureKey>& keys) { Collector{keys}.one_previous_word(code); }

void previous_context_features(std::span<WordCode const> codes, bool asks, std::vector<FeatureKey>& keys) {
  Collector collect{keys};
  for (std::size_t at = 1; at < codes.size(); ++at) collect.previous_run(codes[at - 1], codes[at]);
  if (asks && !codes.empty()) collect.add(FeatureKind::previous_asks, 1);
}

}  // namespace rapport::signals::model
