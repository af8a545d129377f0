#include "signals/phrase_program.hpp"

#include <algorithm>

namespace rapport::signals {
namespace {

constexpr std::uint32_t nowhere = 0xFFFFFFFF;

}  // namespace

void PhraseProgram::find(Words const& words, PhraseScratch& scratch, std::vector<PhraseMatch>& out) const {
  scratch.symbols_.resize(words.tokens.size());
  for (std::size_t index = 0; index < words.tokens.size(); ++index) {
    scratch.symbols_[index] = automaton_.symbol_of(words.tokens[index].word);
  }
  if (scratch.pending_.size() < nodes_.size()) scratch.pending_.resize(nodes_.size());
  scratch.candidates_.clear();
  for (Sentence const& sentence : words.sentences) {
    find_in_sentence({sentence.first_token, sentence.first_token + sentence.token_count}, scratch);
  }
  reduce(scratch, out);
}

void PhraseProgram::find_in_sentence(Span sentence, PhraseScratch& scratch) const {
  ++scratch.sentence_;
  SegmentAutomaton::Symbol const* const symbols = scratch.symbols_.data();
  for (std::uint32_t begin = sentence.begin; begin < sentence.end; ++begin) {
    SegmentAutomaton::State state = automaton_.start(symbols[begin]);
    for (std::uint32_t end = begin + 1; state != SegmentAutomaton::dead; ++end) {
      std::uint32_t const last = nodes_of_state_begin_[state + 1];
      for (std::uint32_t index = nodes_of_state_begin_[state]; index < last; ++index) {
        take(nodes_of_state_[index], {begin, end}, sentence, scratch);
      }
      if (end == sentence.end) break;
      state = automaton_.next(state, symbols[end]);
    }
  }
}

/// A node's segment stands at `segment`: completes phrases and lets others go on.
void PhraseProgram::take(std::uint32_t index, Span segment, Span sentence, PhraseScratch& scratch) const {
  Node const& node = nodes_[index];
  std::uint32_t const start = start_of(node, segment.begin, sentence, scratch);
  if (start == nowhere) return;
  for (std::uint32_t at = node.outputs_begin; at < node.outputs_end; ++at) {
    Output const& output = outputs_[at];
    if (output.after.allows(sentence.end - segment.end)) {
      scratch.candidates_.push_back({output.signal, output.cancels, start, segment.end - 1});
    }
  }
  if (node.has_children) arrive(index, {start, segment.end - 1}, segment.begin, scratch);
}

/// Where the phrase began, of which this node's segment begins at `begin`: the leftmost, if several.
std::uint32_t PhraseProgram::start_of(Node const& node, std::uint32_t begin, Span sentence, PhraseScratch const& scratch) const {
  if (node.parent == no_node) return node.before.allows(begin - sentence.begin) ? begin : nowhere;
  PhraseScratch::Pending const& pending = scratch.pending_[node.parent];
  if (pending.sentence != scratch.sentence_) return nowhere;
  std::uint32_t leftmost = nowhere;
  for (PhraseScratch::Arrival const& arrival : pending.arrivals) {
    bool const apart = arrival.end < begin && node.before.allows(begin - arrival.end - 1);
    if (apart) leftmost = std::min(leftmost, arrival.start);
  }
  return leftmost;
}

/// Remembers an arrival, one for each end, and forgets those that no gap from `begin` on reaches.
void PhraseProgram::arrive(std::uint32_t index, PhraseScratch::Arrival arrival, std::uint32_t begin, PhraseScratch& scratch) const {
  PhraseScratch::Pending& pending = scratch.pending_[index];
  if (pending.sentence != scratch.sentence_) {
    pending.sentence = scratch.sentence_;
    pending.arrivals.clear();
  }
  std::uint32_t const reach = nodes_[index].reach;
  std::erase_if(pending.arrivals, [&](PhraseScratch::Arrival const& old) { return old.end + reach + 1 < begin; });
  auto const same_end = std::ranges::find(pending.arrivals, arrival.end, &PhraseScratch::Arrival::end);
  if (same_end == pending.arrivals.end()) {
    pending.arrivals.push_back(arrival);
  } else {
    same_end->start = std::min(same_end->start, arrival.start);
  }
}

/// From all candidates to the matches that stand (see `find`).
void PhraseProgram::reduce(PhraseScratch& scratch, std::vector<PhraseMatch>& out) {
  using Candidate = PhraseScratch::Candidate;
  auto& all = scratch.candidates_;
  auto const by_end = [](Candidate const& left, Candidate const& right) {
    return std::tie(left.signal, left.last, left.cancels, left.first) < std::tie(right.signal, right.last, right.cancels, right.first);
  };
  auto const same_end = [](Candidate const& left, Candidate const& right) {
    return left.signal == right.signal && left.last == right.last && left.cancels == right.cancels;
  };
  std::ranges::sort(all, by_end);
  all.erase(std::unique(all.begin(), all.end(), same_end), all.end());
  for (auto begin = all.begin(); begin != all.end();) {
    auto const end = std::find_if(begin, all.end(), [&](Candidate const& each) { return each.signal != begin->signal; });
    auto& kept = scratch.kept_;
    kept.clear();
    for (auto each = begin; each != end; ++each) {
      bool const cancelled = !each->cancels && std::any_of(begin, end, [&](Candidate const& other) {
        return other.cancels && other.first <= each->last && each->first <= other.last;
      });
      if (!each->cancels && !cancelled) kept.push_back(*each);
    }
    std::ranges::sort(kept, [](Candidate const& left, Candidate const& right) {
      return std::pair{left.first, right.last} < std::pair{right.first, left.last};
    });
    std::uint32_t free_from = 0;
    for (Candidate const& each : kept) {
      if (each.first < free_from) continue;
      out.push_back({each.signal, each.first, each.last});
      free_from = each.last + 1;
    }
    begin = end;
  }
}

}  // namespace rapport::signals
