#include "signals/detectors/script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "base/hash.hpp"
#include "signals/language.hpp"

namespace rapport::signals {
namespace {

using domain::Role;

/// A line of the playbook, tokenised.
struct Line {
  ScriptLine source;
  std::vector<std::uint64_t> words;
  std::uint64_t item = 0;

  bool applies(domain::Interaction const& head) const {
    auto const among = [](std::vector<std::string> const& names, std::string const& name) {
      return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
    };
    return base_language(source.language) == base_language(head.language) && among(source.queues, head.queue) &&
           among(source.brands, head.brand);
  }
};

using Lines = std::shared_ptr<std::vector<Line> const>;

Lines lines_of(Vocabulary const& vocabulary, ScriptLine::Kind kind) {
  auto lines = std::make_shared<std::vector<Line>>();
  for (ScriptLine const& source : vocabulary.lines()) {
    if (source.kind != kind) continue;
    Line line{source, {}, base::fnv1a(source.id)};
    Words words;
    vocabulary.tokenise(source.text, words);
    for (Token const& token : words.tokens) line.words.push_back(token.hash);
    if (!line.words.empty()) lines->push_back(std::move(line));
  }
  return lines;
}

base::Result<ScriptLine::Kind> kind_parameter(Parameters const& parameters) {
  std::string const kind = parameters.text("kind", "required");
  if (kind == "required") return ScriptLine::Kind::required;
  if (kind == "forbidden") return ScriptLine::Kind::forbidden;
  return base::Error{fmt::format("\"{}\" in \"kind\"; expected required or forbidden", kind)};
}

class ScriptDue final : public Detector {
 public:
  explicit ScriptDue(Lines lines) : lines_(std::move(lines)) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<ScriptDue>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    if (told_) return;
    told_ = true;
    for (Line const& line : *lines_) {
      if (!line.applies(moment.head)) continue;
      Occurrence& occurrence = emit.fire(moment);
      occurrence.by = Role::agent;
      occurrence.item = line.item;
    }
  }

 private:
  Lines lines_;
  bool told_ = false;
};

/// How far each line has been said in the agent's current turn.
class SaidLines final : public Detector {
 public:
  SaidLines(Lines lines, bool in_a_row) : lines_(std::move(lines)), in_a_row_(in_a_row) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<SaidLines>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::agent})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words || moment.step.backchannel || moment.step.role != Role::agent || lines_->empty()) return;
    if (moment.step.turn_started) turn_.clear();
    std::size_t const old = turn_.size();
    for (Token const& token : moment.words.tokens) turn_.push_back(token.hash);
    for (Line const& line : *lines_) {
      if (line.applies(moment.head) && said(line, turn_) && !said(line, std::span{turn_}.first(old))) {
        emit.fire(moment).item = line.item;
      }
    }
  }

 private:
  bool said(Line const& line, std::span<std::uint64_t const> turn) const {
    if (in_a_row_) return std::search(turn.begin(), turn.end(), line.words.begin(), line.words.end()) != turn.end();
    return longest_common(line.words, turn) + line.words.size() / 8 >= line.words.size();
  }

  /// Length of the longest common subsequence.
  static std::size_t longest_common(std::span<std::uint64_t const> line, std::span<std::uint64_t const> turn) {
    std::vector<std::size_t> best(line.size() + 1, 0);
    for (std::uint64_t const word : turn) {
      std::size_t diagonal = 0;
      for (std::size_t at = 1; at <= line.size(); ++at) {
        std::size_t const above = best[at];
        best[at] = word == line[at - 1] ? diagonal + 1 : std::max(best[at], best[at - 1]);
        diagonal = above;
      }
    }
    return best.back();
  }

  Lines lines_;
  bool in_a_row_;
  std::vector<std::uint64_t> turn_;
};

class ScriptOverlap final : public Detector {
 public:
  ScriptOverlap(Lines lines, std::size_t run) : lines_(std::move(lines)), run_(run) {
    auto runs = std::make_shared<Runs>();
    for (std::size_t line = 0; line < lines_->size(); ++line) {
      std::span<std::uint64_t const> const words{(*lines_)[line].words};
      for (std::size_t at = 0; at + run_ <= words.size(); ++at) (*runs)[hash_run(words.subspan(at, run_))].push_back(line);
    }
    runs_ = std::move(runs);
  }
  std::unique_ptr<Detector> clone() const override { return std::make_unique<ScriptOverlap>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::agent})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words || moment.step.role != Role::agent || runs_->empty()) return;
    if (applies_.empty()) {
      for (Line const& line : *lines_) applies_.push_back(line.applies(moment.head));
    }
    if (std::find(applies_.begin(), applies_.end(), true) == applies_.end()) return;
    std::vector<std::uint64_t> words;
    for (Token const& token : moment.words.tokens) words.push_back(token.hash);
    std::size_t covered_to = 0;
    for (std::size_t at = 0; at + run_ <= words.size(); ++at) {
      if (!in_a_line(std::span{words}.subspan(at, run_))) continue;
      read_words_ += static_cast<std::int64_t>(at + run_ - std::max(at, covered_to));
      covered_to = at + run_;
    }
    all_words_ += static_cast<std::int64_t>(words.size());
    if (all_words_ > 0) emit.fire(moment).value = read_words_ * 1'000 / all_words_;
  }

 private:
  using Runs = std::unordered_map<std::uint64_t, std::vector<std::size_t>>;  ///< lines by the hash of a run in them

  static std::uint64_t hash_run(std::span<std::uint64_t const> words) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (std::uint64_t const word : words) hash = (hash ^ word) * 0x100000001b3ULL;
    return hash;
  }

  /// Whether a line that applies has these words in a row.
  bool in_a_line(std::span<std::uint64_t const> words) const {
    auto const found = runs_->find(hash_run(words));
    return found != runs_->end() && std::any_of(found->second.begin(), found->second.end(), [this](std::size_t line) { return applies_[line]; });
  }

  Lines lines_;
  std::size_t run_;
  std::shared_ptr<Runs const> runs_;
  std::vector<bool> applies_;  ///< by line; empty before the first words
  std::int64_t read_words_ = 0;
  std::int64_t all_words_ = 0;
};

}  // namespace

base::Result<std::unique_ptr<Detector>> make_script_due(Parameters const& parameters, Vocabulary const& vocabulary) {
  auto const kind = kind_parameter(parameters);
  if (!kind) return kind.error();
  return std::unique_ptr<Detector>{std::make_unique<ScriptDue>(lines_of(vocabulary, *kind))};
}

base::Result<std::unique_ptr<Detector>> make_script_line(Parameters const& parameters, Vocabulary const& vocabulary) {
  auto const kind = kind_parameter(parameters);
  if (!kind) return kind.error();
  bool const in_a_row = *kind == ScriptLine::Kind::forbidden;
  return std::unique_ptr<Detector>{std::make_unique<SaidLines>(lines_of(vocabulary, *kind), in_a_row)};
}

base::Result<std::unique_ptr<Detector>> make_script_overlap(Parameters const& parameters,
                                                            Vocabulary const& vocabulary) {
  auto const run = parameters.number("run", 6);
  if (!run) return run.error();
  if (*run < 2 || *run > 100) return base::Error{fmt::format("\"run\" is {}; expected 2 to 100 words", *run)};
  auto lines = lines_of(vocabulary, ScriptLine::Kind::own_words);
  return std::unique_ptr<Detector>{std::make_unique<ScriptOverlap>(std::move(lines), static_cast<std::size_t>(*run))};
}

}  // namespace rapport::signals
