#include "signals/detectors/analysis.hpp"

#include <string>

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
  if (!traits_ready_) {
    traits_ready_ = true;
    traits_.clear();
    for (Token const& token : words.tokens) traits_.push_back(traits_of(token.hash));
  }
  return {words, traits_};
}

std::span<Stem const> Analysis::stems(Words const& words) {
  TokenView const seen = view(words);
  if (!stems_ready_) {
    stems_ready_ = true;
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
  if (!questions_ready_) {
    questions_ready_ = true;
    questions_.clear();
    find_questions(seen, questions_);
  }
  return questions_;
}

}  // namespace rapport::signals::detectors
