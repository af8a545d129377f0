#include "training/learner.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/random.hpp"

namespace rapport::training {
namespace {

float logistic(float z) { return 1.0F / (1.0F + std::exp(-z)); }

/// Weights of the positives against the negatives of each label.
std::vector<float> positive_weights(Corpus const& corpus, std::span<std::uint32_t const> examples, float power) {
  std::vector<float> weights(corpus.label_count, 1.0F);
  for (std::size_t label = 0; label < corpus.label_count; ++label) {
    float yes = 1;
    float no = 1;
    for (std::uint32_t const index : examples) {
      Truth const truth = corpus.examples[index].truths[label];
      yes += truth == Truth::yes ? 1.0F : 0.0F;
      no += truth == Truth::no ? 1.0F : 0.0F;
    }
    weights[label] = std::pow(std::max(1.0F, no / yes), power);
  }
  return weights;
}

/// Log-odds of each label over all rows, to begin from.
std::vector<float> prior_odds(Corpus const& corpus, std::span<std::uint32_t const> examples) {
  std::vector<float> odds(corpus.label_count);
  for (std::size_t label = 0; label < corpus.label_count; ++label) {
    float yes = 1;
    float no = 1;
    for (std::uint32_t const index : examples) {
      Truth const truth = corpus.examples[index].truths[label];
      yes += truth == Truth::yes ? 1.0F : 0.0F;
      no += truth == Truth::no ? 1.0F : 0.0F;
    }
    odds[label] = std::log(yes / no);
  }
  return odds;
}

/// Features that a learner may use: those of enough rows.
std::vector<bool> admitted(Corpus const& corpus, std::span<std::uint32_t const> examples, std::uint32_t rows_min) {
  std::vector<std::uint32_t> counts(corpus.keys.size(), 0);
  std::vector<std::uint32_t> last(corpus.keys.size(), std::numeric_limits<std::uint32_t>::max());
  for (std::uint32_t const index : examples) {
    for (auto const& window : corpus.examples[index].windows) {
      for (Counted const& counted : window) {
        if (last[counted.feature] == index) continue;
        last[counted.feature] = index;
        ++counts[counted.feature];
      }
    }
  }
  std::vector<bool> admitted(corpus.keys.size());
  for (std::size_t feature = 0; feature < counts.size(); ++feature) admitted[feature] = counts[feature] >= rows_min;
  return admitted;
}

/// A weight for each feature and label.
class DirectWeights {
 public:
  DirectWeights(std::size_t features, std::size_t labels)
      : labels_(labels), weights_(features * labels, 0.0F), squares_(features * labels, 1e-6F) {}

  void scores(std::span<Counted const> window, std::span<float> out) const {
    for (Counted const& counted : window) {
      float const* const row = weights_.data() + counted.feature * labels_;
      auto const times = static_cast<float>(counted.times);
      for (std::size_t label = 0; label < labels_; ++label) out[label] += times * row[label];
    }
  }

  void update(std::span<Counted const> window, std::size_t label, float gradient, Settings const& settings) {
    for (Counted const& counted : window) {
      std::size_t const at = counted.feature * labels_ + label;
      float const slope = gradient * static_cast<float>(counted.times) + settings.l2 * weights_[at];
      squares_[at] += slope * slope;
      weights_[at] -= settings.rate * slope / std::sqrt(squares_[at]);
    }
  }

  std::vector<float> take() { return std::move(weights_); }

 private:
  std::size_t labels_;
  std::vector<float> weights_;
  std::vector<float> squares_;
};

/// Weights through a few dimensions that all labels share, as fastText has them (Joulin, Grave,
/// Bojanowski, Mikolov, 2017): feature by dimension, dimension by label.
class EmbeddedWeights {
 public:
  EmbeddedWeights(std::size_t features, std::size_t labels, std::size_t rank, base::Random& random)
      : labels_(labels), rank_(rank), in_(features * rank), out_(rank * labels, 0.0F), in_squares_(features * rank, 1e-4F), out_squares_(rank * labels, 1e-4F), hidden_(rank), back_(rank) {
    for (float& weight : in_) weight = (random.unit() - 0.5F) * 0.5F;
  }

  void scores(std::span<Counted const> window, std::span<float> out) {
    sum(window);
    for (std::size_t at = 0; at < rank_; ++at) {
      for (std::size_t label = 0; label < labels_; ++label) out[label] += hidden_[at] * out_[at * labels_ + label];
    }
  }

  void update(std::span<Counted const> window, std::size_t label, float gradient, Settings const& settings) {
    sum(window);
    for (std::size_t at = 0; at < rank_; ++at) {
      std::size_t const to = at * labels_ + label;
      back_[at] = gradient * out_[to];
      step(out_[to], out_squares_[to], gradient * hidden_[at], settings);
    }
    for (Counted const& counted : window) {
      for (std::size_t at = 0; at < rank_; ++at) {
        std::size_t const from = counted.feature * rank_ + at;
        step(in_[from], in_squares_[from], back_[at] * static_cast<float>(counted.times), settings);
      }
    }
  }

  std::vector<float> take() {
    std::size_t const features = in_.size() / rank_;
    std::vector<float> weights(features * labels_, 0.0F);
    for (std::size_t feature = 0; feature < features; ++feature) {
      for (std::size_t at = 0; at < rank_; ++at) {
        float const value = in_[feature * rank_ + at];
        for (std::size_t label = 0; label < labels_; ++label) {
          weights[feature * labels_ + label] += value * out_[at * labels_ + label];
        }
      }
    }
    return weights;
  }

 private:
  static void step(float& weight, float& squares, float slope, Settings const& settings) {
    slope += settings.l2 * weight;
    squares += slope * slope;
    weight -= settings.rate * slope / std::sqrt(squares);
  }
  void sum(std::span<Counted const> window) {
    std::ranges::fill(hidden_, 0.0F);
    for (Counted const& counted : window) {
      for (std::size_t at = 0; at < rank_; ++at) {
        hidden_[at] += static_cast<float>(counted.times) * in_[counted.feature * rank_ + at];
      }
    }
  }

  std::size_t labels_;
  std::size_t rank_;
  std::vector<float> in_;
  std::vector<float> out_;
  std::vector<float> in_squares_;
  std::vector<float> out_squares_;
  std::vector<float> hidden_;
  std::vector<float> back_;
};

/// One run of learning with weights of either kind.
template <typename Weights>
class Run {
 public:
  Run(Corpus const& corpus, std::span<std::uint32_t const> examples, Settings const& settings, base::Random random, Weights weights)
      : corpus_(corpus), settings_(settings), order_(examples.begin(), examples.end()), random_(random), admitted_(admitted(corpus, examples, settings.rows_min)), positive_(positive_weights(corpus, examples, settings.positive_power)), weights_(std::move(weights)), biases_(prior_odds(corpus, examples)) {}

  LinearModel run() {
    for (std::uint32_t epoch = 0; epoch < settings_.epochs; ++epoch) {
      random_.shuffle(order_);
      for (std::uint32_t const index : order_) see(corpus_.examples[index]);
    }
    return {corpus_.label_count, weights_.take(), std::move(biases_)};
  }

 private:
  void see(Example const& example) {
    std::size_t const labels = corpus_.label_count;
    thin(example);
    scores_.assign(windows_.size() * labels, 0.0F);
    for (std::size_t window = 0; window < windows_.size(); ++window) {
      std::span<float> const own{scores_.data() + window * labels, labels};
      std::ranges::copy(biases_, own.begin());
      weights_.scores(windows_[window], own);
    }
    for (std::size_t label = 0; label < labels; ++label) {
      if (example.truths[label] == Truth::unjudged) continue;
      std::size_t best = 0;
      for (std::size_t window = 1; window < windows_.size(); ++window) {
        if (scores_[window * labels + label] > scores_[best * labels + label]) best = window;
      }
      bool const yes = example.truths[label] == Truth::yes;
      float const error = logistic(scores_[best * labels + label]) - (yes ? 1.0F : 0.0F);
      if (std::abs(error) < settings_.ignore) continue;
      float const gradient = error * (yes ? positive_[label] : 1.0F);
      weights_.update(windows_[best], label, gradient, settings_);
      biases_[label] -= 0.02F * gradient;
    }
  }

  /// The example's windows without the features that are not admitted or dropped this time.
  void thin(Example const& example) {
    windows_.resize(settings_.best_window ? example.windows.size() : 1);
    for (auto& window : windows_) window.clear();
    for (std::size_t index = 0; index < example.windows.size(); ++index) {
      auto& own = windows_[settings_.best_window ? index : 0];
      for (Counted const& counted : example.windows[index]) {
        if (admitted_[counted.feature] && random_.unit() >= settings_.dropout) own.push_back(counted);
      }
    }
  }

  Corpus const& corpus_;
  Settings const& settings_;
  std::vector<std::uint32_t> order_;
  base::Random random_;
  std::vector<bool> admitted_;
  std::vector<float> positive_;
  Weights weights_;
  std::vector<float> biases_;
  std::vector<std::vector<Counted>> windows_;
  std::vector<float> scores_;
};

LinearModel learn_once(Corpus const& corpus, std::span<std::uint32_t const> examples, Settings const& settings,
                       std::uint64_t seed) {
  base::Random random{seed};
  if (settings.rank == 0) {
    DirectWeights weights{corpus.keys.size(), corpus.label_count};
    return Run{corpus, examples, settings, random, std::move(weights)}.run();
  }
  EmbeddedWeights weights{corpus.keys.size(), corpus.label_count, settings.rank, random};
  return Run{corpus, examples, settings, random, std::move(weights)}.run();
}

}  // namespace

float LinearModel::score(Example const& example, std::size_t label, std::span<float const> heard) const {
  float best = std::numeric_limits<float>::lowest();
  for (std::size_t window = 0; window < example.windows.size(); ++window) {
    float sum = biases[label] + (heard.empty() ? 0.0F : heard[window * label_count + label]);
    for (Counted const& counted : example.windows[window]) {
      sum += static_cast<float>(counted.times) * weights[counted.feature * label_count + label];
    }
    best = std::max(best, sum);
  }
  return best;
}

LinearModel learn(Corpus const& corpus, std::span<std::uint32_t const> examples, Settings const& settings) {
  LinearModel mean{corpus.label_count, std::vector<float>(corpus.keys.size() * corpus.label_count, 0.0F),
                   std::vector<float>(corpus.label_count, 0.0F)};
  float const share = 1.0F / static_cast<float>(settings.rounds);
  for (std::uint32_t round = 0; round < settings.rounds; ++round) {
    LinearModel const one = learn_once(corpus, examples, settings, settings.seed + round);
    for (std::size_t at = 0; at < mean.weights.size(); ++at) mean.weights[at] += share * one.weights[at];
    for (std::size_t at = 0; at < mean.biases.size(); ++at) mean.biases[at] += share * one.biases[at];
  }
  return mean;
}

}  // namespace rapport::training
