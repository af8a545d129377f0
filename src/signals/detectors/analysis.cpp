#include "signals/detectors/analysis.hpp"

#include <string>

#include "signals/model/shipped.hpp"

namespace rapport::signals::detectors {
namespace {

/// The stem of the token's own spelling; where the tokeniser respelt it, the word it made of it.
Stem stem_of_token(TokenView view, std::size_t at) {
  std::string_view const written = view.written(at);
  std::string lower;
  lower.reserve(written.size());
  for (char const c : written) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  bool const as_written = word_hash(lower) == view.hash(at);
  return as_written ? stem_of(lower) : view.hash(at);
}

}  // namespace

TokenView Analysis::view(Words const& words) {
  if (!ready_.traits) {
    ready_.traits = true;
    traits_.clear();
    for (Token const& token : words.tokens) traits_.push_back(traits_of(token.hash));
  }
  return {words, traits_};
}

std::span<Stem const> Analysis::stems(Words const& words) {
  TokenView const seen = view(words);
  if (!ready_.stems) {
    ready_.stems = true;
    stems_.clear();
    for (std::size_t at = 0; at < seen.size(); ++at) {
      bool const content = !seen.has(at, Trait::stop) && !seen.has(at, Trait::courtesy);
      stems_.push_back(content ? stem_of_token(seen, at) : Stem{0});
    }
  }
  return stems_;
}

std::span<Question const> Analysis::questions(Words const& words) {
  TokenView const seen = view(words);
  if (!ready_.questions) {
    ready_.questions = true;
    questions_.clear();
    find_questions(seen, questions_);
  }
  return questions_;
}

std::vector<NumberReading> const& Analysis::numbers(Words const& words) {
  TokenView const seen = view(words);
  if (!ready_.numbers) {
    ready_.numbers = true;
    numbers_.clear();
    find_numbers(seen, numbers_);
  }
  return numbers_;
}

std::span<TimeFrame const> Analysis::time_frames(Words const& words, bool month_first) {
  TokenView const seen = view(words);
  if (!ready_.time_frames) {
    ready_.time_frames = true;
    time_frames_.clear();
    find_time_frames(seen, numbers(words), month_first, time_frames_);
  }
  return time_frames_;
}

model::SentenceJudge const& Analysis::judged(Words const& words, timeline::Step const& step) {
  if (!judge_) judge_.emplace(model::shipped_model());
  if (!ready_.judged) {
    ready_.judged = true;
    judge_->read(words, step.role, step.backchannel);
  }
  return *judge_;
}

}  // namespace rapport::signals::detectors
