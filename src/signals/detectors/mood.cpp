#include "signals/detectors/mood.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "signals/detectors/analysis.hpp"

namespace rapport::signals {
namespace {

using domain::Role;

constexpr std::array<std::string_view, 6> class_names{"negative", "very-negative", "positive",
                                                      "very-positive", "intensifier", "negation"};
constexpr std::int64_t strong = 2'000;
constexpr std::int64_t some = 1'000;

/// Scores one utterance; immutable, shared by clones.
class Scorer {
 public:
  static base::Result<Scorer> make(Vocabulary const& vocabulary) {
    Scorer scorer;
    scorer.vocabulary_ = &vocabulary;
    for (std::size_t index = 0; index < class_names.size(); ++index) {
      auto const found = vocabulary.find_class(class_names[index]);
      if (!found) return base::Error{fmt::format("needs the word class \"{}\", which the playbook lacks", class_names[index])};
      scorer.classes_[index] = *found;
    }
    return scorer;
  }

  /// The score in thousandths; below zero is negative. Worked out once an event.
  std::int64_t score(Moment const& moment) const {
    return moment.analysis.mood(moment.words, [this](Words const& words) { return score(words); });
  }

 private:
  std::int64_t score(Words const& words) const {
    std::int64_t total = 0;
    for (std::size_t at = 0; at < words.tokens.size(); ++at) total += weigh(words, at);
    if (total == 0) return 0;
    std::int64_t const side = total < 0 ? -1 : 1;
    if (words.text.find('!') != std::string_view::npos) total += side * 300;
    if (shouts(words.text)) total += side * 500;
    return total;
  }

  enum Class : std::uint8_t { negative,
                              very_negative,
                              positive,
                              very_positive,
                              intensifier,
                              negation };

  bool is(Token const& token, Class which) const { return vocabulary_->in_class(token, classes_[which]); }

  bool before(Words const& words, std::size_t at, std::size_t reach, Class which) const {
    for (std::size_t back = 1; back <= reach && back <= at; ++back) {
      Token const& token = words.tokens[at - back];
      if (token.sentence != words.tokens[at].sentence) return false;
      if (is(token, which)) return true;
    }
    return false;
  }

  std::int64_t weigh(Words const& words, std::size_t at) const {
    Token const& token = words.tokens[at];
    if (token.word == unknown_word) return 0;
    bool const bad = is(token, very_negative) || is(token, negative);
    bool const good = is(token, very_positive) || is(token, positive);
    if (bad == good) return 0;
    std::int64_t weight = is(token, very_negative) || is(token, very_positive) ? 2'000 : 1'000;
    if (before(words, at, 2, intensifier)) weight += weight / 2;
    bool const negated = before(words, at, 3, negation);
    if (bad) return negated ? 0 : -weight;
    return negated ? -weight : weight;
  }

  /// At least eight letters, none of them small.
  static bool shouts(std::string_view text) {
    std::size_t capitals = 0;
    for (char const c : text) {
      if (std::islower(static_cast<unsigned char>(c)) != 0) return false;
      if (std::isupper(static_cast<unsigned char>(c)) != 0) ++capitals;
    }
    return capitals >= 8;
  }

  Vocabulary const* vocabulary_ = nullptr;
  std::array<std::uint32_t, class_names.size()> classes_{};
};

bool customer_words(Moment const& moment) { return moment.step.words && moment.step.role == Role::customer; }

class Sentiment final : public Detector {
 public:
  Sentiment(Scorer const& scorer, bool negative, std::int64_t threshold)
      : scorer_(scorer), negative_(negative), threshold_(threshold) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<Sentiment>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::customer})}; }
  bool remembers() const override { return false; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!customer_words(moment)) return;
    std::int64_t const score = scorer_.score(moment);
    if ((negative_ ? -score : score) >= threshold_) emit.fire(moment).value = score;
  }

 private:
  Scorer scorer_;
  bool negative_;
  std::int64_t threshold_;
};

class Calmer final : public Detector {
 public:
  explicit Calmer(Scorer const& scorer) : scorer_(scorer) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<Calmer>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::customer})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!customer_words(moment)) return;
    std::int64_t const score = scorer_.score(moment);
    if (upset_ && score > 0) emit.fire(moment).value = score;
    if (score <= -strong) upset_ = true;
  }

 private:
  Scorer scorer_;
  bool upset_ = false;
};

}  // namespace

base::Result<std::unique_ptr<Detector>> make_sentiment(Parameters const& parameters, Vocabulary const& vocabulary) {
  std::string const sign = parameters.text("sign", "negative");
  std::string const level = parameters.text("level", "any");
  if (sign != "negative" && sign != "positive") {
    return base::Error{fmt::format("\"{}\" in \"sign\"; expected negative or positive", sign)};
  }
  if (level != "strong" && level != "any") {
    return base::Error{fmt::format("\"{}\" in \"level\"; expected strong or any", level)};
  }
  auto const scorer = Scorer::make(vocabulary);
  if (!scorer) return scorer.error();
  return std::unique_ptr<Detector>{
      std::make_unique<Sentiment>(*scorer, sign == "negative", level == "strong" ? strong : some)};
}

base::Result<std::unique_ptr<Detector>> make_calmer(Parameters const&, Vocabulary const& vocabulary) {
  auto const scorer = Scorer::make(vocabulary);
  if (!scorer) return scorer.error();
  return std::unique_ptr<Detector>{std::make_unique<Calmer>(*scorer)};
}

}  // namespace rapport::signals
