#include "signals/phrase_program.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "base/limits.hpp"

namespace rapport::signals {
namespace {

constexpr std::uint32_t nowhere = 0xFFFFFFFF;
// Between sentences the count of tokens leaps so far that no gap or segment reaches across.
constexpr std::uint64_t sentence_distance = 64;
static_assert(limits::phrase_gap_max + limits::phrase_words_max < sentence_distance);

}  // namespace

void PhraseProgram::find(Words const& words, PhraseScratch& scratch, std::vector<PhraseMatch>& out) const {
  if (scratch.trails_.size() < trail_count_) scratch.trails_.resize(trail_count_);
  if (scratch.arrivals_.size() < arrivals_count_) scratch.arrivals_.resize(arrivals_count_);
  scratch.candidates_.clear();
  for (Sentence const& sentence : words.sentences) {
    scratch.symbols_.clear();
    Token const* const tokens = words.tokens.data() + sentence.first_token;
    for (std::uint32_t index = 0; index < sentence.token_count; ++index) {
      scratch.symbols_.push_back(automaton_.symbol_of(tokens[index].word));
    }
    scratch.symbols_.push_back(SegmentAutomaton::no_symbol);
    scratch.origin_ += sentence_distance;
    find_in_sentence({sentence.first_token, sentence.first_token + sentence.token_count}, scratch);
  }
  scratch.origin_ += words.tokens.size();
  reduce(scratch, out);
}

/// From every token on: most walks die with the second, which one test tells.
void PhraseProgram::find_in_sentence(Span sentence, PhraseScratch& scratch) const {
  ++scratch.sentence_;
  std::uint32_t const count = sentence.end - sentence.begin;
  for (std::uint32_t begin = 0; begin < count; ++begin) {
    SegmentAutomaton::Symbol const* symbol = scratch.symbols_.data() + begin;
    SegmentAutomaton::State const first = automaton_.start(*symbol);
    SegmentAutomaton::State state = automaton_.next(first, *++symbol);
    if (state == SegmentAutomaton::dead && !SegmentAutomaton::accepts(first)) continue;
    Span segment{sentence.begin + begin, sentence.begin + begin + 1};
    if (SegmentAutomaton::accepts(first)) take_all(first, segment, sentence, scratch);
    while (state != SegmentAutomaton::dead) {
      ++segment.end;
      if (SegmentAutomaton::accepts(state)) take_all(state, segment, sentence, scratch);
      state = automaton_.next(state, *++symbol);
    }
  }
}

/// Segments end here: extends their trails, and looks at the nodes that ask for more.
void PhraseProgram::take_all(SegmentAutomaton::State state, Span segment, Span sentence, PhraseScratch& scratch) const {
  Row const* const row = rows_.data() + SegmentAutomaton::row_of(state);
  std::uint64_t const end = scratch.origin_ + segment.end;
  for (std::uint32_t index = row[0].trails_begin; index < row[1].trails_begin; ++index) {
    PhraseScratch::Trail& trail = scratch.trails_[row_trails_[index]];
    std::uint64_t const passed = end - trail.last;
    trail.ends = passed < 64 ? trail.ends << passed | 1U : 1U;
    trail.last = end;
  }
  for (std::uint32_t index = row[0].nodes_begin; index < row[1].nodes_begin; ++index) {
    take(nodes_[row_nodes_[index]], segment, sentence, scratch);
  }
}

/// A node's segment stands at `segment`: completes phrases and lets others go on.
void PhraseProgram::take(Node const& node, Span segment, Span sentence, PhraseScratch& scratch) const {
  std::uint32_t const start = start_of(node, segment.begin, sentence, scratch);
  if (start == nowhere) return;
  for (std::uint32_t at = node.outputs_begin; at < node.outputs_end; ++at) {
    Output const& output = outputs_[at];
    if (output.after.allows(sentence.end - segment.end)) {
      scratch.candidates_.push_back({output.signal, output.cancels, start, segment.end - 1});
    }
  }
  if (node.arrivals != none) arrive(node, {start, segment.end - 1}, segment.begin, scratch);
}

/// Where the phrase began, of which this node's segment begins at `begin`: the leftmost, if several.
std::uint32_t PhraseProgram::start_of(Node const& node, std::uint32_t begin, Span sentence, PhraseScratch const& scratch) const {
  if (node.parent == none) return node.before.allows(begin - sentence.begin) ? begin : nowhere;
  Node const& parent = nodes_[node.parent];
  if (parent.trail != none) return start_by_trail(node, begin, scratch);
  PhraseScratch::Arrivals const& arrivals = scratch.arrivals_[parent.arrivals];
  if (arrivals.sentence != scratch.sentence_) return nowhere;
  std::uint32_t leftmost = nowhere;
  for (PhraseScratch::Arrival const& arrival : arrivals.all) {
    bool const apart = arrival.end < begin && node.before.allows(begin - arrival.end - 1);
    if (apart) leftmost = std::min(leftmost, arrival.start);
  }
  return leftmost;
}

/// The parent's ends that are neither too near nor too far lie side by side in its trail.
std::uint32_t PhraseProgram::start_by_trail(Node const& node, std::uint32_t begin, PhraseScratch const& scratch) const {
  Node const& parent = nodes_[node.parent];
  PhraseScratch::Trail const& trail = scratch.trails_[parent.trail];
  // Ends are counted one past the segment, so that an end at `begin` has no word between.
  std::uint64_t const here = scratch.origin_ + begin;
  std::uint64_t const farthest = here - node.before.high;
  if (trail.last < farthest) return nowhere;
  std::uint64_t const ahead = trail.last > here ? trail.last - here : 0;  // ends beyond `begin`
  std::uint64_t const behind = here > trail.last ? here - trail.last : 0;
  std::uint64_t ends = trail.ends >> ahead;                               // bit k: k + behind words between
  std::uint64_t const low = node.before.low > behind ? node.before.low - behind : 0;
  ends &= ~std::uint64_t{0} << low;
  ends &= (std::uint64_t{2} << (node.before.high - behind)) - 1;
  if (ends == 0) return nowhere;
  auto const between = static_cast<std::uint32_t>(63 - std::countl_zero(ends)) + static_cast<std::uint32_t>(behind);
  return begin - between - parent.length;
}

/// Remembers an arrival, one for each end, and forgets those that no gap from `begin` on reaches.
void PhraseProgram::arrive(Node const& node, PhraseScratch::Arrival arrival, std::uint32_t begin, PhraseScratch& scratch) const {
  PhraseScratch::Arrivals& arrivals = scratch.arrivals_[node.arrivals];
  if (arrivals.sentence != scratch.sentence_) {
    arrivals.sentence = scratch.sentence_;
    arrivals.all.clear();
  }
  std::erase_if(arrivals.all, [&](PhraseScratch::Arrival const& old) { return old.end + node.reach + 1 < begin; });
  auto const same_end = std::ranges::find(arrivals.all, arrival.end, &PhraseScratch::Arrival::end);
  if (same_end == arrivals.all.end()) {
    arrivals.all.push_back(arrival);
  } else {
    same_end->start = std::min(same_end->start, arrival.start);
  }
}

/// From all candidates to the matches that stand (see `find`).
void PhraseProgram::reduce(PhraseScratch& scratch, std::vector<PhraseMatch>& out) {
  using Candidate = PhraseScratch::Candidate;
  auto& all = scratch.candidates_;
  if (all.size() == 1 && !all.front().cancels) {
    out.push_back({all.front().signal, all.front().first, all.front().last});
    return;
  }
  auto const by_end = [](Candidate const& left, Candidate const& right) {
    return std::tie(left.signal, left.last, left.cancels, left.first) < std::tie(right.signal, right.last, right.cancels, right.first);
  };
  auto const same_end = [](Candidate const& left, Candidate const& right) {
    return left.signal == right.signal && left.last == right.last && left.cancels == right.cancels;
  };
  std::sort(all.begin(), all.end(), by_end);
  all.erase(std::unique(all.begin(), all.end(), same_end), all.end());
  for (auto begin = all.begin(); begin != all.end();) {
    auto const end = std::find_if(begin, all.end(), [&](Candidate const& each) { return each.signal != begin->signal; });
    reduce_signal({begin, end}, scratch, out);
    begin = end;
  }
}

void PhraseProgram::reduce_signal(std::span<PhraseScratch::Candidate> candidates, PhraseScratch& scratch, std::vector<PhraseMatch>& out) {
  using Candidate = PhraseScratch::Candidate;
  auto& kept = scratch.kept_;
  kept.clear();
  bool const any_cancels = std::ranges::any_of(candidates, &Candidate::cancels);
  for (Candidate const& each : candidates) {
    bool const cancelled = any_cancels && std::ranges::any_of(candidates, [&](Candidate const& other) {
      return other.cancels && other.first <= each.last && each.first <= other.last;
    });
    if (!cancelled) kept.push_back(each);  // a cancelling match overlaps itself
  }
  std::sort(kept.begin(), kept.end(), [](Candidate const& left, Candidate const& right) {
    return std::pair{left.first, right.last} < std::pair{right.first, left.last};
  });
  std::uint32_t free_from = 0;
  for (Candidate const& each : kept) {
    if (each.first < free_from) continue;
    out.push_back({each.signal, each.first, each.last});
    free_from = each.last + 1;
  }
}

}  // namespace rapport::signals
