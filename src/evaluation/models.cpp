#include "base/hash.hpp"
#include "evaluation/scorecard.hpp"
#include "signals/lexicon.hpp"
#include "signals/model/shipped.hpp"

namespace rapport::evaluation {
namespace {

constexpr std::size_t hash_digits = 12;

bool uses_the_sentence_model(signals::Lexicon const& lexicon) {
  for (std::size_t id = 0; id < lexicon.size(); ++id) {
    for (signals::DetectorSource const& detector : lexicon.spec(static_cast<signals::SignalId>(id)).detectors) {
      if (detector.name == "model") return true;
    }
  }
  return false;
}

}  // namespace

std::vector<ModelName> models_of(playbook::Playbook const& playbook) {
  if (playbook.lexicon == nullptr || !uses_the_sentence_model(*playbook.lexicon)) return {};
  return {{"sentences", base::sha256_hex(signals::model::shipped_model_bytes()).substr(0, hash_digits)}};
}

}  // namespace rapport::evaluation
