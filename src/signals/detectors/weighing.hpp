#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Signs for and against, weighed at the end of a conversation.
namespace rapport::signals {

/// What one sure firing of a sign weighs, in tenths of a logit: at +10 it makes the odds 2.7 times as good.
struct SignWeight {
  std::string signal;
  std::int64_t weight = 0;
};

/// The value of a parameter that holds weights, "SIGNAL 12, SIGNAL -7". Errors: empty, a pair that is
/// none, a weight that is zero or beyond ±limits::sign_weight_max, more than limits::signs_max.
base::Result<std::vector<SignWeight>> parse_weights(std::string_view text);

/// How sure a sum is, in thousandths: the logistic curve of `margin` (thousandths of a tenth of a logit
/// above or below even odds), as straight lines between stored points, so that it is the same in every build.
std::int32_t confidence_of_margin(std::int64_t margin);

/// `weighs {signs: {SIGNAL: 12, SIGNAL: -7}, even: 5, over: 500}`: at the end of the timeline, every
/// sign counts the confidences of its firings in sum (of each event the surest), up to `Tally::heard_max`; times its
/// weight; the sum against `even`, at which yes and no are equally likely. Fires once, at the end, where
/// the confidence of that is `over` thousandths or more, by whoever gave the sign that spoke most for it
/// and on its surest words; by the agent where none did. The weights are learned (tools/fit-weights).
/// Errors: no such signal, weights that are none, `over` not in 1 to 1,000.
base::Result<std::unique_ptr<Detector>> make_weighs(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
