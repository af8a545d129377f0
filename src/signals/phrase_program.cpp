#include "signals/phrase_program.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "base/limits.hpp"

namespace rapport::signals {
namespace {

// A trail's bits: ends up to a gap before the token at hand, and up to a segment after it. When the
// token at hand has come beyond `last_bit`, the trails are moved so that it is at the first.
constexpr std::uint32_t trail_bits = 64;
constexpr std::int64_t first_bit = limits::phrase_gap_max;
constexpr std::int64_t last_bit = trail_bits - 1 - std::int64_t{limits::phrase_words_max};
static_assert(first_bit < last_bit);

}  // namespace

void PhraseProgram::find(Words const& words, PhraseScratch& scratch, std::vector<PhraseMatch>& out) const {
  if (scratch.trails_.size() < trail_count_) {
    scratch.trails_.resize(trail_count_);
    scratch.starts_.resize(trail_count_ * trail_bits);
  }
  scratch.candidates_.clear();
  for (Sentence const& sentence : words.sentences) {
    begin_sentence(words, sentence, scratch);
    find_in_sentence({sentence.first_token, sentence.first_token + sentence.token_count}, scratch);
  }
  reduce(scratch, out);
}

void PhraseProgram::begin_sentence(Words const& words, Sentence const& sentence, PhraseScratch& scratch) const {
  scratch.symbols_.resize(sentence.token_count + std::size_t{1});
  Token const* const tokens = words.tokens.data() + sentence.first_token;
  for (std::uint32_t index = 0; index < sentence.token_count; ++index) {
    scratch.symbols_[index] = automaton_.symbol_of(tokens[index].word);
  }
  scratch.symbols_[sentence.token_count] = SegmentAutomaton::no_symbol;
  for (std::uint32_t const trail : scratch.touched_) scratch.trails_[trail] = 0;
  scratch.touched_.clear();
  scratch.origin_ = std::int64_t{sentence.first_token} - first_bit;
}

/// From every token on: most walks die with the second, which one test tells.
void PhraseProgram::find_in_sentence(Span sentence, PhraseScratch& scratch) const {
  SegmentAutomaton::Symbol const* from = scratch.symbols_.data();
  for (std::uint32_t begin = sentence.begin; begin < sentence.end; ++begin) {
    SegmentAutomaton::Symbol const* symbol = from++;
    SegmentAutomaton::State const first = automaton_.start(*symbol);
    SegmentAutomaton::State state = automaton_.next(first, *++symbol);
    if (state == SegmentAutomaton::dead && !SegmentAutomaton::accepts(first)) continue;
    if (begin - scratch.origin_ > last_bit) move_trails(begin, scratch);
    Span segment{begin, begin + 1};
    if (SegmentAutomaton::accepts(first)) take_all(first, segment, sentence, scratch);
    while (state != SegmentAutomaton::dead && segment.end - begin < limits::phrase_words_max) {
      ++segment.end;
      if (SegmentAutomaton::accepts(state)) take_all(state, segment, sentence, scratch);
      state = automaton_.next(state, *++symbol);
    }
  }
}

/// Brings the token to the trails' first bit, so that there is room ahead of it.
void PhraseProgram::move_trails(std::uint32_t token, PhraseScratch& scratch) {
  std::int64_t const shift = token - scratch.origin_ - first_bit;
  auto const all_gone = [&](std::uint32_t index) {
    PhraseScratch::Trail& trail = scratch.trails_[index];
    trail = shift < std::int64_t{trail_bits} ? trail >> shift : 0;
    return trail == 0;
  };
  std::erase_if(scratch.touched_, all_gone);
  scratch.origin_ += shift;
}

/// Segments end here: extends their trails, follows links that have an end in their window, and
/// takes the phrases that begin with them.
void PhraseProgram::take_all(SegmentAutomaton::State state, Span segment, Span sentence, PhraseScratch& scratch) const {
  Row const* const row = rows_.data() + SegmentAutomaton::row_of(state);
  std::uint64_t const end = std::uint64_t{1} << (segment.end - scratch.origin_);
  for (std::uint32_t index = row[0].trails; index < row[1].trails; ++index) scratch.mark(row_trails_[index], end);
  std::int64_t const here = segment.begin - scratch.origin_;
  for (std::uint32_t index = row[0].links; index < row[1].links; ++index) {
    Link const& link = row_links_[index];
    PhraseScratch::Trail const ends = scratch.trails_[link.trail] & std::uint64_t{link.window} << (here - link.high);
    if (ends != 0) take(nodes_[link.node], leftmost_start(link, ends, scratch), segment, sentence, scratch);
  }
  for (std::uint32_t index = row[0].nodes; index < row[1].nodes; ++index) {
    Node const& node = nodes_[row_nodes_[index]];
    if (node.before.allows(segment.begin - sentence.begin)) take(node, segment.begin, segment, sentence, scratch);
  }
}

/// A node's segment stands at `segment`, of a phrase that began at `start`: completes phrases and
/// lets others go on.
void PhraseProgram::take(Node const& node, std::uint32_t start, Span segment, Span sentence, PhraseScratch& scratch) const {
  for (std::uint32_t at = node.outputs_begin; at < node.outputs_end; ++at) {
    Output const& output = outputs_[at];
    if (output.after.allows(sentence.end - segment.end)) {
      scratch.candidates_.push_back({output.signal, output.cancels, start, segment.end - 1});
    }
  }
  if (node.trail == none) return;
  PhraseScratch::Trail const end = std::uint64_t{1} << (segment.end - scratch.origin_);
  std::uint32_t& leftmost = scratch.starts_[node.trail * trail_bits + segment.end % trail_bits];
  leftmost = (scratch.trails_[node.trail] & end) != 0 ? std::min(leftmost, start) : start;
  scratch.mark(node.trail, end);
}

/// Where the phrases began that reached the link's parent at these ends.
std::uint32_t PhraseProgram::leftmost_start(Link const& link, PhraseScratch::Trail ends, PhraseScratch const& scratch) const {
  std::uint32_t leftmost = none;
  std::uint16_t const length = nodes_[nodes_[link.node].parent].plain_length;
  for (; ends != 0; ends &= ends - 1) {
    auto const end = static_cast<std::uint32_t>(scratch.origin_ + std::countr_zero(ends));
    if (length != 0) return end - length;  // the first end has the first start
    leftmost = std::min(leftmost, scratch.starts_[link.trail * trail_bits + end % trail_bits]);
  }
  return leftmost;
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
  if (candidates.size() == 1) {  // as of most signals
    Candidate const& only = candidates.front();
    if (!only.cancels) out.push_back({only.signal, only.first, only.last});
    return;
  }
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
