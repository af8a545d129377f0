#include <algorithm>
#include <map>
#include <optional>
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
    case Kind::word:
      out += std::to_string(expression.word) + ' ';
      return;
    case Kind::number:
      out += "# ";
      return;
    case Kind::choice:
      out += "( ";
      break;
    default:
      out += "{ ";
      break;
  }
  for (Expression const& part : expression.parts) write_key(part, out);
  out += ") ";
}

/// The number of tokens that the segment always has, or nothing if it varies.
std::optional<std::uint16_t> fixed_length(Expression const& expression) {
  if (expression.kind == Kind::word) return 1;
  if (expression.kind == Kind::number) return std::nullopt;
  std::optional<std::uint16_t> length;
  for (Expression const& part : expression.parts) {
    std::optional<std::uint16_t> const of_part = fixed_length(part);
    if (!of_part) return std::nullopt;
    if (expression.kind == Kind::sequence) {
      length = static_cast<std::uint16_t>(length.value_or(0) + *of_part);
    } else if (length.value_or(*of_part) != *of_part) {
      return std::nullopt;
    } else {
      length = of_part;
    }
  }
  return length.value_or(0);
}

}  // namespace

/// Numbers the segments, grows the tree of nodes, and ties the automaton's rows to nodes.
class PhraseProgramBuilder {
 public:
  void add(PhraseRule const& rule) {
    std::uint32_t at = PhraseProgram::none;
    for (Chain::Step const& step : rule.chain->steps) at = node(at, step);
    outputs_[at].insert({rule.signal, rule.cancels, rule.chain->after.low, rule.chain->after.high});
  }

  base::Result<PhraseProgram> build(WordTable const& words) {
    base::Result<SegmentAutomaton> automaton = SegmentAutomaton::build(segments_, words);
    if (!automaton) return automaton.error();
    program_.automaton_ = std::move(*automaton);
    write_outputs();
    find_plain_nodes();
    tie_rows();
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
    segment_of_node_.push_back(number);
    if (parent != PhraseProgram::none && program_.nodes_[parent].trail == PhraseProgram::none) {
      program_.nodes_[parent].trail = program_.trail_count_++;
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

  /// A first segment of fixed length that may stand anywhere and completes nothing by itself.
  void find_plain_nodes() {
    for (std::size_t index = 0; index < program_.nodes_.size(); ++index) {
      Node& node = program_.nodes_[index];
      bool const anywhere = node.parent == PhraseProgram::none && node.before == Distance{0, Distance::unbounded};
      if (anywhere && outputs_[index].empty()) node.plain_length = fixed_length(segments_[segment_of_node_[index]]).value_or(0);
    }
  }

  void tie_rows() {
    auto& rows = program_.rows_;
    rows.clear();
    for (std::uint32_t row = 0; row < program_.automaton_.row_count(); ++row) {
      rows.push_back(next_row());
      for (std::uint32_t const segment : program_.automaton_.accepted(row)) {
        for (std::uint32_t const node : nodes_of_segment_[segment]) tie(node);
      }
    }
    rows.push_back(next_row());
  }

  PhraseProgram::Row next_row() const {
    return {static_cast<std::uint32_t>(program_.row_trails_.size()), static_cast<std::uint32_t>(program_.row_links_.size()),
            static_cast<std::uint32_t>(program_.row_nodes_.size())};
  }

  void tie(std::uint32_t index) {
    Node const& node = program_.nodes_[index];
    if (node.parent != PhraseProgram::none) {
      std::uint32_t const window = (2U << (node.before.high - node.before.low)) - 1;
      program_.row_links_.push_back({program_.nodes_[node.parent].trail, index, window, node.before.high});
    } else if (node.plain_length != 0) {
      program_.row_trails_.push_back(node.trail);
    } else {
      program_.row_nodes_.push_back(index);
    }
  }

  PhraseProgram program_;
  std::vector<Expression> segments_;
  std::map<std::string, std::uint32_t> segment_numbers_;
  std::vector<std::vector<std::uint32_t>> nodes_of_segment_;
  std::vector<std::uint32_t> segment_of_node_;
  std::map<std::tuple<std::uint32_t, std::uint16_t, std::uint16_t, std::uint32_t>, std::uint32_t> node_numbers_;
  std::vector<std::set<std::tuple<SignalId, bool, std::uint16_t, std::uint16_t>>> outputs_;  ///< by node
};

base::Result<PhraseProgram> PhraseProgram::compile(std::span<PhraseRule const> rules, WordTable const& words) {
  PhraseProgramBuilder builder;
  for (PhraseRule const& rule : rules) builder.add(rule);
  return builder.build(words);
}

}  // namespace rapport::signals
