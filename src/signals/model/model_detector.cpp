#include "signals/model/model_detector.hpp"

#include <string>

#include "signals/detectors/analysis.hpp"
#include "signals/model/sentence_judge.hpp"
#include "signals/model/shipped.hpp"

namespace rapport::signals {
namespace {

using model::Calibration;
using model::Label;
using model::LabelIndex;
using model::SentenceJudge;

class ModelDetector final : public Detector {
 public:
  ModelDetector(domain::Role role, LabelIndex label, Calibration const& calibration, std::int32_t over, std::int32_t doubt)
      : role_(role), label_(label), calibration_(&calibration), over_(calibration.least_score(over)), sure_(calibration.least_score(doubt)) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<ModelDetector>(*this); }

  /// What the other side said before is the judge's to remember; the reader sees to it that it hears all.
  bool remembers() const override { return false; }
  std::optional<LabelPrompt> prompt() const override { return LabelPrompt{role_, label_, over_}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words || moment.step.role != role_) return;
    SentenceJudge const& judge = moment.analysis.judged(moment.words, moment.step);
    auto const windows = judge.windows();
    for (std::size_t index = 0; index < windows.size();) {
      std::uint16_t const sentence = windows[index].sentence;
      std::size_t best = index;
      for (; index < windows.size() && windows[index].sentence == sentence; ++index) {
        if (judge.scores(index)[label_] > judge.scores(best)[label_]) best = index;
      }
      std::int32_t const score = judge.scores(best)[label_];
      if (score < sure_) emit.doubt(sentence, doubted_confidence);
      if (score >= over_) fire(moment, emit, windows[best], score);
    }
  }

 private:
  static constexpr std::int32_t doubted_confidence = 300;

  void fire(Moment const& moment, Emitter& emit, model::Window const& window, std::int32_t score) const {
    Occurrence& occurrence = emit.fire(moment, window.first_token, window.first_token + window.token_count - 1);
    occurrence.sentence = window.sentence;
    occurrence.confidence = calibration_->confidence(score);
  }

  domain::Role role_;
  LabelIndex label_;
  Calibration const* calibration_;  ///< of the shipped model, which outlives everything
  std::int64_t over_;               ///< score from which it fires
  std::int64_t sure_;               ///< score below which the signal's phrases are doubted
};

std::string label_names() {
  std::string names;
  for (domain::Role const role : {domain::Role::agent, domain::Role::customer}) {
    for (Label const& label : model::shipped_model().labels(role)) names += (names.empty() ? "" : ", ") + label.name;
  }
  return names;
}

}  // namespace

base::Result<std::unique_ptr<Detector>> make_model(Parameters const& parameters, Vocabulary const& /*vocabulary*/) {
  std::string const name = parameters.text("label", "");
  model::SentenceModel const& shipped = model::shipped_model();
  for (domain::Role const role : {domain::Role::agent, domain::Role::customer}) {
    auto const found = shipped.find(role, name);
    if (!found) continue;
    Label const& label = shipped.labels(role)[*found];
    auto const over = parameters.number("over", label.threshold);
    if (!over) return over.error();
    if (*over < 1 || *over > 1'000) return base::Error{"\"over\" is a confidence, from 1 to 1000 thousandths"};
    auto const doubt = parameters.number("doubt", 0);
    if (!doubt) return doubt.error();
    if (*doubt < 0 || *doubt > 1'000) return base::Error{"\"doubt\" is a confidence, from 0 to 1000 thousandths"};
    return std::unique_ptr<Detector>{std::make_unique<ModelDetector>(role, *found, label.calibration,
                                                                     static_cast<std::int32_t>(*over), static_cast<std::int32_t>(*doubt))};
  }
  return base::Error{"\"" + name + "\" for \"label\", expected one of " + label_names()};
}

}  // namespace rapport::signals
