#include "signals/detectors/weighing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/limits.hpp"
#include "signals/detectors/tally.hpp"

namespace rapport::signals {
namespace {

constexpr std::int32_t certain = 1'000;

/// The logistic curve at 0, 0.5, 1, … logits; below even odds it is the mirror image.
constexpr std::int64_t curve_step = 5'000;  ///< half a logit as a margin
constexpr auto curve = std::to_array<std::int32_t>({500, 622, 731, 818, 881, 924, 953, 971, 982, 989, 993, 996, 998});

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// One sign on the scales.
struct Scale {
  SignalId signal = no_signal;
  std::int32_t weight = 0;
};

class Weighs final : public Detector {
 public:
  Weighs(std::vector<Scale> scales, std::int64_t even, std::int64_t over) : scales_(std::move(scales)), even_(even), over_(over) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<Weighs>(*this); }
  Attention attention() const override { return {.tally = true}; }
  bool remembers() const override { return false; }
  void read(Moment const&, Emitter&) override {}

  void finish(Ending const& ending, Emitter& emit) const override {
    std::int64_t margin = -even_ * std::int64_t{certain};
    std::int64_t most = 0;
    detectors::Tally::Heard heaviest;
    for (Scale const& scale : scales_) {
      detectors::Tally::Heard const heard = ending.tally.of(scale.signal);
      std::int64_t const says = std::int64_t{scale.weight} * heard.sum;
      margin += says;
      if (says <= most) continue;
      most = says;
      heaviest = heard;
    }
    std::int32_t const confidence = confidence_of_margin(margin);
    if (confidence < over_) return;
    Occurrence& verdict = emit.fire_at(ending.at_ms, ending.at_ms, heaviest.by, most > 0 ? heaviest.event : ending.last_event);
    verdict.confidence = confidence;
    verdict.participant = heaviest.participant;
    verdict.range = heaviest.range;
    verdict.sentence = heaviest.sentence;
  }

 private:
  std::vector<Scale> scales_;
  std::int64_t even_;
  std::int64_t over_;
};

}  // namespace

base::Result<std::vector<SignWeight>> parse_weights(std::string_view text) {
  std::vector<SignWeight> weights;
  while (!trimmed(text).empty()) {
    std::size_t const comma = std::min(text.find(','), text.size());
    std::string_view const pair = trimmed(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    std::size_t const blank = pair.rfind(' ');
    std::string_view const number = blank == std::string_view::npos ? std::string_view{} : pair.substr(blank + 1);
    SignWeight one;
    auto const [end, failed] = std::from_chars(number.data(), number.data() + number.size(), one.weight);
    bool const read = failed == std::errc{} && end == number.data() + number.size();
    if (!read || one.weight == 0 || one.weight > limits::sign_weight_max || one.weight < -limits::sign_weight_max) {
      return base::Error{fmt::format("\"{}\" is no weight; expected a signal and a whole number from -{} to {}, but not 0: sign_weight_max", pair, limits::sign_weight_max, limits::sign_weight_max)};
    }
    one.signal = trimmed(pair.substr(0, blank));
    weights.push_back(std::move(one));
  }
  if (weights.empty()) return base::Error{"no weights; expected signals, each with a whole number"};
  if (weights.size() > limits::signs_max) return base::Error{fmt::format("{} signs; expected at most {}: signs_max", weights.size(), limits::signs_max)};
  return weights;
}

std::int32_t confidence_of_margin(std::int64_t margin) {
  std::int64_t const away = std::min(margin < 0 ? -margin : margin, static_cast<std::int64_t>(curve.size() - 1) * curve_step);
  auto const step = static_cast<std::size_t>(away / curve_step);
  std::int32_t sure = curve[step];
  if (step + 1 < curve.size()) sure += static_cast<std::int32_t>((curve[step + 1] - sure) * (away % curve_step) / curve_step);
  return margin < 0 ? certain - sure : sure;
}

base::Result<std::unique_ptr<Detector>> make_weighs(Parameters const& parameters, Vocabulary const& vocabulary) {
  auto const weights = parse_weights(parameters.text("signs", ""));
  if (!weights) return weights.error();
  std::vector<Scale> scales;
  for (SignWeight const& one : *weights) {
    auto const signal = vocabulary.find_signal(one.signal);
    if (!signal) return base::Error{fmt::format("\"{}\" in \"signs\" is no signal; expected a signal's name", one.signal)};
    scales.push_back({*signal, static_cast<std::int32_t>(one.weight)});
  }
  auto const even = parameters.number("even", 0);
  if (!even) return even.error();
  auto const over = parameters.number("over", 500);
  if (!over) return over.error();
  if (*over < 1 || *over > certain) return base::Error{fmt::format("\"over\" is {}; expected 1 to 1000", *over)};
  return std::unique_ptr<Detector>{std::make_unique<Weighs>(std::move(scales), *even, *over)};
}

}  // namespace rapport::signals
