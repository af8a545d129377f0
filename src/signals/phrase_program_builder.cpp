#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "signals/phrase_program.hpp"

namespace rapport::signals {
namespace {

using Kind = Expression::Kind;

/// A text that is equal for expressions that are written alike.
void write_key(Expression const& expression, std::string& out) {
  switch (expression.kind) {
    case Kind::word: out += std::to_string(expression.word) + ' '; return;
    case Kind::number: out += "# "; return;
    case Kind::choice: out += "( "; break;
    default: out += "{ "; break;
  }
  for (Expression const& part : expression.parts) write_key(part, out);
  out += ") ";
}

}  // namespace

/// Numbers the segments, grows the tree of nodes, and ties the automaton's states to nodes.
class PhraseProgramBuilder {
 public:
  void add(PhraseRule const& rule) {
    std::uint32_t at = PhraseProgram::no_node;
    for (Chain::Step const& step : rule.chain->steps) at = node(at, step);
    outputs_[at].insert({rule.signal, rule.cancels, rule.chain->after.low, rule.chain->after.high});
  }

  base::Result<PhraseProgram> build(WordTable const& words) {
    base::Result<SegmentAutomaton> automaton = SegmentAutomaton::build(segments_, words);
    if (!automaton) return automaton.error();
    program_.automaton_ = std::move(*automaton);
    write_outputs();
    tie_states();
    return std::move(program_);
  }

 private:
  using Node = PhraseProgram::Node;

  std::uint32_t segment(Expression const& expression) {
    std::string key;
    write_key(expression, key);
    auto const [found, inserted] = segment_numbers_.try_emplace(key, static_cast<std::uint32_t>(segments_.size()));
    if (inserted) {
      segments_.push_back(expression);
      nodes_of_segment_.emplace_back();
    }
    return found->second;
  }

  std::uint32_t node(std::uint32_t parent, Chain::Step const& step) {
    std::uint32_t const number = segment(step.segment);
    auto const key = std::tuple{parent, step.before.low, step.before.high, number};
    auto const [found, inserted] = node_numbers_.try_emplace(key, static_cast<std::uint32_t>(program_.nodes_.size()));
    if (!inserted) return found->second;
    Node added;
    added.parent = parent;
    added.before = step.before;
    program_.nodes_.push_back(added);
    outputs_.emplace_back();
    nodes_of_segment_[number].push_back(found->second);
    if (parent != PhraseProgram::no_node) {
      Node& before = program_.nodes_[parent];
      before.has_children = true;
      before.reach = std::max(before.reach, step.before.high);
    }
    return found->second;
  }

  void write_outputs() {
    for (std::size_t index = 0; index < program_.nodes_.size(); ++index) {
      program_.nodes_[index].outputs_begin = static_cast<std::uint32_t>(program_.outputs_.size());
      for (auto const& [signal, cancels, low, high] : outputs_[index]) {
        program_.outputs_.push_back({signal, cancels, {low, high}});
      }
      program_.nodes_[index].outputs_end = static_cast<std::uint32_t>(program_.outputs_.size());
    }
  }

  void tie_states() {
    auto& begins = program_.nodes_of_state_begin_;
    for (std::uint32_t state = 0; state < program_.automaton_.state_count(); ++state) {
      begins.push_back(static_cast<std::uint32_t>(program_.nodes_of_state_.size()));
      for (std::uint32_t const number : program_.automaton_.accepted(state)) {
        std::vector<std::uint32_t> const& nodes = nodes_of_segment_[number];
        program_.nodes_of_state_.insert(program_.nodes_of_state_.end(), nodes.begin(), nodes.end());
      }
    }
    begins.push_back(static_cast<std::uint32_t>(program_.nodes_of_state_.size()));
  }

  PhraseProgram program_;
  std::vector<Expression> segments_;
  std::map<std::string, std::uint32_t> segment_numbers_;
  std::vector<std::vector<std::uint32_t>> nodes_of_segment_;
  std::map<std::tuple<std::uint32_t, std::uint16_t, std::uint16_t, std::uint32_t>, std::uint32_t> node_numbers_;
  std::vector<std::set<std::tuple<SignalId, bool, std::uint16_t, std::uint16_t>>> outputs_;   ///< by node
};

base::Result<PhraseProgram> PhraseProgram::compile(std::span<PhraseRule const> rules, WordTable const& words) {
  PhraseProgramBuilder builder;
  for (PhraseRule const& rule : rules) builder.add(rule);
  return builder.build(words);
}

}  // namespace rapport::signals
