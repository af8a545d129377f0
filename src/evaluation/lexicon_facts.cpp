#include <utility>
#include <vector>

#include "evaluation/plan.hpp"

namespace rapport::evaluation {
namespace {

class LexiconFacts final : public SignalFacts {
 public:
  explicit LexiconFacts(std::shared_ptr<signals::Lexicon const> lexicon) : lexicon_(std::move(lexicon)) {
    for (std::size_t signal = 0; signal < lexicon_->size(); ++signal) {
      unsigned mask = 0;
      for (domain::Role const role : lexicon_->spec(static_cast<signals::SignalId>(signal)).by) mask |= 1U << static_cast<unsigned>(role);
      speakers_.push_back(mask == 0 ? any_speaker : mask);
    }
  }

  std::size_t size() const override { return lexicon_->size(); }
  domain::SourceSet needs(signals::SignalId signal) const override { return lexicon_->needs(signal); }
  unsigned speakers(signals::SignalId signal) const override { return speakers_[signal]; }
  bool readable_in(signals::SignalId signal, std::string_view language) const override {
    return lexicon_->readable_in(signal, language);
  }

 private:
  std::shared_ptr<signals::Lexicon const> lexicon_;
  std::vector<unsigned> speakers_;  ///< by signal, as bits
};

}  // namespace

std::shared_ptr<SignalFacts const> facts_of(std::shared_ptr<signals::Lexicon const> lexicon) {
  return std::make_shared<LexiconFacts>(std::move(lexicon));
}

}  // namespace rapport::evaluation
