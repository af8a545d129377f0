#include "signals/detectors/analysis.hpp"

#include <algorithm>
#include <array>

#include "signals/model/shipped.hpp"

namespace rapport::signals::detectors {
namespace {

/// The stem of the word of this hash, so written but for capitals: of words that were met before, from
/// memory. The memory of a pure function, one for each thread: it changes no answer.
Stem remembered_stem(std::uint64_t hash, std::string_view written) {
  struct Met {
    std::uint64_t hash = 0;
    Stem stem = 0;
  };
  static thread_local std::array<Met, 4'096> met;
  Met& place = met[hash % met.size()];
  if (place.hash != hash) {
    std::string spelling{written};
    for (char& c : spelling) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    place = {hash, stem_of(spelling)};
  }
  return place.stem;
}

constexpr std::size_t inflected_bytes_max = 32;

/// The same eight bytes, ASCII capitals as small letters.
constexpr std::uint64_t lower_case(std::uint64_t bytes) {
  constexpr std::uint64_t each = 0x0101010101010101ULL;
  std::uint64_t const plain = bytes & 0x7F * each;
  std::uint64_t const from_a = plain + (0x80 - 'A') * each;
  std::uint64_t const beyond_z = plain + (0x7F - 'Z') * each;
  std::uint64_t const capitals = from_a & ~beyond_z & ~bytes & 0x80 * each;
  return bytes | capitals >> 2U;
}

/// The hash of a word of a text that ends at `end`, in small letters.
std::uint64_t lower_case_hash(std::string_view written, char const* end) {
  std::uint64_t state = hashing::seed;
  char const* at = written.data();
  for (std::size_t left = written.size(); left > 0;) {
    std::size_t const bytes = std::min<std::size_t>(left, 8);
    state = hashing::mix(state, lower_case(hashing::first_bytes(hashing::chunk_at(at, end), bytes)));
    at += bytes;
    left -= bytes;
  }
  return state;
}

/// The stem of the token's own spelling; where the tokeniser respelt it, the word it made of it.
/// Words longer than any that is inflected (addresses, codes) are their own stems.
Stem stem_of_token(TokenView view, std::size_t at) {
  std::string_view const written = view.written(at);
  std::string_view const text = view.words().text;
  bool const as_written = written.size() <= inflected_bytes_max && lower_case_hash(written, text.data() + text.size()) == view.hash(at);
  return as_written ? remembered_stem(view.hash(at), written) : view.hash(at);
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
