#include "signals/phrase_chain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/limits.hpp"

namespace rapport::signals {
namespace {

using Kind = Expression::Kind;

/// Gaps, anchors, and gap-free expressions one after another.
using Parts = std::vector<Expression const*>;

bool has_gap_or_anchor(Expression const& expression) {
  bool const itself = expression.kind == Kind::gap || expression.kind == Kind::sentence_start || expression.kind == Kind::sentence_end;
  return itself || std::ranges::any_of(expression.parts, has_gap_or_anchor);
}

std::size_t longest(Expression const& expression) {
  switch (expression.kind) {
    case Kind::word:
    case Kind::number:
      return 1;
    case Kind::gap:
    case Kind::sentence_start:
    case Kind::sentence_end:
      return 0;
    case Kind::sequence: {
      std::size_t sum = 0;
      for (Expression const& part : expression.parts) sum += longest(part);
      return sum;
    }
    case Kind::choice: {
      std::size_t most = 0;
      for (Expression const& part : expression.parts) most = std::max(most, longest(part));
      return most;
    }
  }
  return 0;
}

base::Error too_many_readings() {
  return {fmt::format("the phrase's alternatives with gaps make more than {} readings (phrase_readings_max)", limits::phrase_readings_max)};
}

base::Result<std::vector<Parts>> lines_of(Expression const& expression);

base::Result<std::vector<Parts>> lines_of_choice(Expression const& choice) {
  std::vector<Parts> all;
  for (Expression const& part : choice.parts) {
    base::Result<std::vector<Parts>> lines = lines_of(part);
    if (!lines) return lines.error();
    std::ranges::move(*lines, std::back_inserter(all));
    if (all.size() > limits::phrase_readings_max) return too_many_readings();
  }
  return all;
}

base::Result<std::vector<Parts>> lines_of_sequence(Expression const& sequence) {
  std::vector<Parts> all(1);
  for (Expression const& part : sequence.parts) {
    base::Result<std::vector<Parts>> const lines = lines_of(part);
    if (!lines) return lines.error();
    if (all.size() * lines->size() > limits::phrase_readings_max) return too_many_readings();
    std::vector<Parts> longer;
    for (Parts const& before : all) {
      for (Parts const& line : *lines) {
        longer.push_back(before);
        longer.back().insert(longer.back().end(), line.begin(), line.end());
      }
    }
    all = std::move(longer);
  }
  return all;
}

base::Result<std::vector<Parts>> lines_of(Expression const& expression) {
  if (expression.kind == Kind::choice && has_gap_or_anchor(expression)) return lines_of_choice(expression);
  if (expression.kind == Kind::sequence && has_gap_or_anchor(expression)) return lines_of_sequence(expression);
  return std::vector<Parts>{{&expression}};
}

/// Makes the chains of one line: joins neighbours, and leaves out each segment that may be empty.
class ChainMaker {
 public:
  explicit ChainMaker(Parts const& line) : line_(line) {}

  std::optional<base::Error> make(std::vector<Chain>& out) {
    Open start;
    extend(0, start, out);
    return error_;
  }

 private:
  struct Open {
    Chain chain;
    Distance gap{0, Distance::unbounded};  ///< since the last segment
    bool ended = false;                    ///< past the sentence's end
  };

  void fail(std::string message) {
    if (!error_) error_ = base::Error{std::move(message)};
  }

  void extend(std::size_t at, Open open, std::vector<Chain>& out) {
    while (at < line_.size() && !error_) {
      Expression const& part = *line_[at];
      if (part.kind == Kind::sentence_start) {
        start_anchor(open);
        ++at;
      } else if (part.kind == Kind::sentence_end) {
        open.ended = true;
        ++at;
      } else if (part.kind == Kind::gap) {
        widen(open, part);
        ++at;
      } else {
        at = segment(at, open, out);
      }
    }
    if (!error_) close(open, out);
  }

  void start_anchor(Open& open) {
    bool const first = open.chain.steps.empty() && open.gap == Distance{0, Distance::unbounded};
    if (!first) return fail("\"^\" stands after a word, expected it before all words");
    open.gap.high = 0;
  }

  void widen(Open& open, Expression const& gap) {
    open.gap.low = static_cast<std::uint16_t>(open.gap.low + gap.low);
    bool const bounded = open.gap.high != Distance::unbounded;
    if (bounded) open.gap.high = static_cast<std::uint16_t>(open.gap.high + gap.high);
    std::size_t const most = bounded ? open.gap.high : open.gap.low;
    if (most > limits::phrase_gap_max) {
      fail(fmt::format("gaps side by side skip {} words, at most {} (phrase_gap_max)", most, limits::phrase_gap_max));
    }
  }

  /// Takes all gap-free parts from `at` on as one segment; returns the place after them.
  std::size_t segment(std::size_t at, Open& open, std::vector<Chain>& out) {
    Expression joined;
    while (at < line_.size() && !has_gap_or_anchor(*line_[at])) joined.parts.push_back(*line_[at++]);
    if (joined.parts.size() == 1) joined = Expression{joined.parts.front()};
    if (longest(joined) == 0) return at;
    if (open.ended) fail("a word stands after \"$\", expected \"$\" after all words");
    if (may_be_empty(joined)) extend(at, open, out);
    open.chain.steps.push_back({open.gap, std::move(joined)});
    open.gap = {0, 0};
    return at;
  }

  void close(Open const& open, std::vector<Chain>& out) {
    if (open.chain.steps.empty()) return fail("the phrase may match without any word, expected at least one that must be there");
    Chain chain = open.chain;
    chain.after = open.gap;
    if (!open.ended) chain.after.high = Distance::unbounded;
    if (std::ranges::find(out, chain) == out.end()) out.push_back(std::move(chain));
    if (out.size() > limits::phrase_readings_max) error_ = too_many_readings();
  }

  Parts const& line_;
  std::optional<base::Error> error_;
};

}  // namespace

bool may_be_empty(Expression const& expression) {
  switch (expression.kind) {
    case Kind::word:
    case Kind::number:
      return false;
    case Kind::gap:
      return expression.low == 0;
    case Kind::sentence_start:
    case Kind::sentence_end:
      return true;
    case Kind::sequence:
      return std::ranges::all_of(expression.parts, may_be_empty);
    case Kind::choice:
      return std::ranges::any_of(expression.parts, may_be_empty);
  }
  return false;
}

base::Result<std::vector<Chain>> chains_of(Expression const& phrase) {
  if (longest(phrase) > limits::phrase_words_max) {
    return base::Error{fmt::format("the phrase may be {} words long, at most {} (phrase_words_max)", longest(phrase), limits::phrase_words_max)};
  }
  base::Result<std::vector<Parts>> const lines = lines_of(phrase);
  if (!lines) return lines.error();
  std::vector<Chain> chains;
  for (Parts const& line : *lines) {
    if (std::optional<base::Error> error = ChainMaker{line}.make(chains)) return *error;
  }
  return chains;
}

}  // namespace rapport::signals
