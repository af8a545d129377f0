#include "signals/detectors/analysis.hpp"

#include <algorithm>
#include <array>

#include "signals/model/shipped.hpp"

namespace rapport::signals::detectors {
namespace {

/// The stem of the word of this hash, spelt so: of words that were met before, from memory. The
/// memory of a pure function, one for each thread: it changes no answer.
Stem remembered_stem(std::uint64_t hash, std::string_view spelling) {
  struct Met {
    std::uint64_t hash = 0;
    Stem stem = 0;
  };
  static thread_local std::array<Met, 4'096> met;
  Met& place = met[hash % met.size()];
  if (place.hash != hash) place = {hash, stem_of(spelling)};
  return place.stem;
}

/// The stem of the token's own spelling; where the tokeniser respelt it, the word it made of it.
/// Words longer than any that is inflected (addresses, codes) are their own stems.
Stem stem_of_token(TokenView view, std::size_t at) {
  constexpr std::size_t common_bytes = 32;
  std::string_view const written = view.written(at);
  std::array<char, common_bytes> lower;
  if (written.size() > lower.size()) return view.hash(at);
  std::ranges::transform(written, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  std::string_view const spelling{lower.data(), written.size()};
  bool const as_written = word_hash(spelling) == view.hash(at);
  return as_written ? remembered_stem(view.hash(at), spelling) : view.hash(at);
}

}  // namespace

void Analysis::take_firings(std::vector<Occurrence> const& fired) {
  for (; fired_taken_ < fired.size(); ++fired_taken_) {
    Occurrence const& firing = fired[fired_taken_];
    if (firing.signal >= surest_.size()) surest_.resize(firing.signal + std::size_t{1});
    std::uint32_t& place = surest_[firing.signal];
    if (place == 0) fired_signals_.push_back(firing.signal);
    if (place == 0 || firing.confidence > fired[place - 1].confidence) place = static_cast<std::uint32_t>(fired_taken_ + 1);
  }
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

std::optional<SpokenName> Analysis::own_name(Words const& words, bool introducing) {
  TokenView const seen = view(words);
  bool& ready = introducing ? ready_.introduced_name : ready_.own_name;
  std::optional<SpokenName>& name = introducing ? introduced_name_ : own_name_;
  if (!ready) {
    ready = true;
    name = detectors::own_name(seen, introducing);
  }
  return name;
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
