#include "training/convolver.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/assert.hpp"
#include "base/random.hpp"

namespace rapport::training {
namespace {

using signals::model::dimensions;
using signals::model::run_words;

constexpr std::size_t margin = run_words - 1;
constexpr std::uint32_t nothing = 0;

void add_times(float* to, float const* from, float times, std::size_t count) {
  for (std::size_t at = 0; at < count; ++at) to[at] += times * from[at];
}

/// What a word says to each filter at each place: four dimensions at a time, so that the sums are fetched less often.
void say(float const* vector, float const* taps, float* out, std::size_t stride) {
  std::fill(out, out + stride, 0.0F);
  static_assert(dimensions % 4 == 0);
  for (std::size_t at = 0; at < dimensions; at += 4) {
    float const* const row = taps + at * stride;
    for (std::size_t to = 0; to < stride; ++to) {
      out[to] += (vector[at] * row[to] + vector[at + 1] * row[stride + to]) + (vector[at + 2] * row[2 * stride + to] + vector[at + 3] * row[3 * stride + to]);
    }
  }
}

/// Adam for one run of numbers.
struct Moments {
  std::vector<float> mean;
  std::vector<float> square;

  explicit Moments(std::size_t count) : mean(count, 0.0F), square(count, 0.0F) {}
};

void adam(float* values, float* mean, float* square, float* gradient, std::size_t count, float rate, float evening) {
  for (std::size_t at = 0; at < count; ++at) {
    mean[at] = 0.9F * mean[at] + 0.1F * gradient[at];
    square[at] = 0.999F * square[at] + 0.001F * gradient[at] * gradient[at];
    values[at] -= rate * mean[at] / (std::sqrt(square[at] * evening) + 1e-8F);
    gradient[at] = 0;
  }
}

std::vector<float> unpacked(WordVectors const& vectors) {
  std::vector<float> rows(dimensions, 0.0F);
  for (std::int8_t const value : vectors.rows) rows.push_back(static_cast<float>(value) * vector_unit);
  return rows;
}

/// Windows one after the other, with nothing between them and at the ends.
std::vector<std::uint32_t> padded(std::span<std::vector<std::uint32_t> const> runs) {
  std::vector<std::uint32_t> words(margin, nothing);
  for (auto const& run : runs) {
    words.insert(words.end(), run.begin(), run.end());
    words.insert(words.end(), margin, nothing);
  }
  return words;
}

/// What the filters find in a run of words, and where. `row_of` gives what a word says.
struct Found {
  std::vector<float> values;
  std::vector<std::uint32_t> places;
};

void take_best(float const* one, float const* two, float const* three, std::uint32_t place, float* values, std::uint32_t* places, std::size_t filters) {
  for (std::size_t filter = 0; filter < filters; ++filter) {
    float const sum = one[filter] + two[filter] + three[filter];
    bool const better = sum > values[filter];
    values[filter] = better ? sum : values[filter];
    places[filter] = better ? place : places[filter];
  }
}

template <typename RowOf>
void find_best(std::span<std::uint32_t const> words, std::vector<float> const& biases, RowOf row_of, Found& found) {
  std::size_t const filters = biases.size();
  found.values.assign(filters, -1e30F);
  found.places.assign(filters, 0);
  for (std::uint32_t place = 0; place + margin < words.size(); ++place) {
    take_best(row_of(words[place]), row_of(words[place + 1]) + filters, row_of(words[place + 2]) + 2 * filters, place, found.values.data(), found.places.data(), filters);
  }
  for (std::size_t filter = 0; filter < filters; ++filter) found.values[filter] = std::max(0.0F, found.values[filter] + biases[filter]);
}

class FilterRun {
 public:
  FilterRun(WordVectors const& vectors, std::span<HeardCorpus const> roles, std::span<std::vector<std::uint32_t> const> examples, ConvolutionSettings const& settings)
      : roles_(roles), settings_(settings), random_(settings.seed), vectors_(unpacked(vectors)), stride_(run_words * settings.filters), said_at_(vectors_.size() / dimensions, 0) {
    learned_.filters = settings.filters;
    for (std::size_t role = 0; role < roles.size(); ++role) {
      first_labels_.push_back(learned_.labels);
      learned_.labels += roles[role].corpus->label_count;
      for (std::uint32_t const index : examples[role]) order_.push_back({role, index});
    }
    begin();
    weigh_labels();
  }

  Convolver run() {
    std::size_t const batches = (order_.size() + settings_.batch - 1) / settings_.batch;
    std::size_t const steps = batches * settings_.epochs;
    for (std::uint32_t epoch = 0; epoch < settings_.epochs; ++epoch) {
      random_.shuffle(order_);
      for (std::size_t batch = 0; batch < batches; ++batch, ++step_) {
        float const done = static_cast<float>(step_) / static_cast<float>(steps);
        auto const first = batch * settings_.batch;
        see(std::span{order_}.subspan(first, std::min<std::size_t>(settings_.batch, order_.size() - first)), settings_.rate * std::max(0.05F, 1 - done));
      }
    }
    return std::move(learned_);
  }

 private:
  struct Place {
    std::size_t role = 0;
    std::uint32_t index = 0;
  };

  void begin() {
    auto const spread = [&](std::vector<float>& values, std::size_t count, float reach) {
      values.resize(count);
      for (float& value : values) value = (2 * random_.unit() - 1) * reach;
    };
    spread(learned_.taps, dimensions * stride_, 1 / std::sqrt(static_cast<float>(dimensions * run_words)));
    spread(learned_.biases, settings_.filters, 1 / std::sqrt(static_cast<float>(dimensions * run_words)));
    spread(learned_.weights, 2 * settings_.filters * learned_.labels, 1 / std::sqrt(2 * static_cast<float>(settings_.filters)));
    learned_.odds.resize(learned_.labels);
    tap_slopes_.resize(learned_.taps.size());
    word_slopes_.resize(dimensions * stride_);
    bias_slopes_.resize(settings_.filters);
    weight_slopes_.resize(learned_.weights.size());
    odds_slopes_.resize(learned_.labels);
    for (auto const* values : {&learned_.taps, &learned_.biases, &learned_.weights, &learned_.odds}) moments_.emplace_back(values->size());
  }

  /// What is known of labels before anything is heard, and what their positives weigh.
  void weigh_labels() {
    std::vector<float> yes(learned_.labels, 1.0F);
    std::vector<float> no(learned_.labels, 1.0F);
    for (Place const& place : order_) {
      auto const& truths = example(place).truths;
      for (std::size_t label = 0; label < truths.size(); ++label) {
        yes[first_labels_[place.role] + label] += truths[label] == Truth::yes ? 1.0F : 0.0F;
        no[first_labels_[place.role] + label] += truths[label] == Truth::no ? 1.0F : 0.0F;
      }
    }
    for (std::size_t label = 0; label < learned_.labels; ++label) {
      learned_.odds[label] = std::log(yes[label] / no[label]);
      positive_.push_back(std::pow(std::max(1.0F, no[label] / yes[label]), settings_.positive_power));
    }
  }

  Example const& example(Place const& place) const { return roles_[place.role].corpus->examples[place.index]; }

  /// One step: the slopes of all rows of the batch, then Adam.
  void see(std::span<Place const> batch, float rate) {
    ++batch_number_;
    said_.clear();
    float const share = 1.0F / static_cast<float>(batch.size());
    for (Place const& place : batch) {
      Heard const& heard = roles_[place.role].rows[place.index];
      hear(padded(heard.windows), own_words_, own_);
      hear(padded(std::span{&heard.previous, 1}), previous_words_, previous_);
      learn_row(place, share);
    }
    std::size_t const stride = stride_;
    for (std::size_t to = 0; to < stride; ++to) {
      for (std::size_t at = 0; at < dimensions; ++at) tap_slopes_[at * stride + to] = word_slopes_[to * dimensions + at];
    }
    std::ranges::fill(word_slopes_, 0.0F);
    step(learned_.taps, tap_slopes_, moments_[0], rate);
    step(learned_.biases, bias_slopes_, moments_[1], rate);
    step(learned_.weights, weight_slopes_, moments_[2], rate);
    step(learned_.odds, odds_slopes_, moments_[3], rate);
  }

  void step(std::vector<float>& values, std::vector<float>& slopes, Moments& moments, float rate) const {
    auto const number = static_cast<float>(step_ + 1);
    float const first = 1 - std::pow(0.9F, number);
    float const second = 1 - std::pow(0.999F, number);
    adam(values.data(), moments.mean.data(), moments.square.data(), slopes.data(), values.size(), rate / first, 1 / second);
  }

  /// The words but for some, and what the filters find there but for some.
  void hear(std::vector<std::uint32_t> words, std::vector<std::uint32_t>& kept, Found& found) {
    for (std::uint32_t& word : words) {
      if (word != nothing && random_.unit() < settings_.word_dropout) word = nothing;
    }
    kept = std::move(words);
    for (std::uint32_t const word : kept) make_row(word);
    find_best(kept, learned_.biases, [&](std::uint32_t word) { return said_.data() + said_place_[word] * stride_; }, found);
    float const scale = 1 / (1 - settings_.pooled_dropout);
    for (float& value : found.values) value = random_.unit() < settings_.pooled_dropout ? 0.0F : value * scale;
  }

  /// What the word says with the filters as they are in this batch.
  void make_row(std::uint32_t word) {
    if (said_at_[word] == batch_number_) return;
    said_at_[word] = batch_number_;
    said_place_.resize(said_at_.size());
    said_place_[word] = said_.size() / stride_;
    said_.resize(said_.size() + stride_);
    say(vectors_.data() + word * dimensions, learned_.taps.data(), said_.data() + said_place_[word] * stride_, stride_);
  }

  void learn_row(Place const& place, float share) {
    std::size_t const labels = learned_.labels;
    std::size_t const first = first_labels_[place.role];
    auto const& truths = example(place).truths;
    scores_.assign(learned_.odds.begin() + static_cast<std::ptrdiff_t>(first), learned_.odds.begin() + static_cast<std::ptrdiff_t>(first + truths.size()));
    auto const add = [&](Found const& found, std::size_t row) {
      for (float const value : found.values) {
        if (value != 0) add_times(scores_.data(), learned_.weights.data() + row * labels + first, value, truths.size());
        ++row;
      }
    };
    add(own_, 0);
    add(previous_, learned_.filters);
    for (std::size_t label = 0; label < truths.size(); ++label) {
      float& score = scores_[label];
      bool const yes = truths[label] == Truth::yes;
      float const error = 1 / (1 + std::exp(-score)) - (yes ? 1.0F : 0.0F);
      score = truths[label] == Truth::unjudged ? 0.0F : error * (yes ? positive_[first + label] : 1.0F) * share;
      odds_slopes_[first + label] += score;
    }
    teach(own_, own_words_, 0, first, truths.size());
    teach(previous_, previous_words_, learned_.filters, first, truths.size());
  }

  /// Slopes of what was found, from those of the scores.
  void teach(Found const& found, std::vector<std::uint32_t> const& words, std::size_t row, std::size_t first, std::size_t count) {
    float const scale = 1 / (1 - settings_.pooled_dropout);
    for (std::size_t filter = 0; filter < learned_.filters; ++filter, ++row) {
      if (found.values[filter] == 0) continue;
      std::size_t const at = row * learned_.labels + first;
      float slope = 0;
      for (std::size_t label = 0; label < count; ++label) slope += scores_[label] * learned_.weights[at + label];
      add_times(weight_slopes_.data() + at, scores_.data(), found.values[filter], count);
      slope *= scale;
      bias_slopes_[filter] += slope;
      for (std::size_t place = 0; place < run_words; ++place) {
        std::uint32_t const word = words[found.places[filter] + place];
        if (word == nothing) continue;
        add_times(word_slopes_.data() + (place * learned_.filters + filter) * dimensions, vectors_.data() + word * dimensions, slope, dimensions);
      }
    }
  }

  std::span<HeardCorpus const> roles_;
  ConvolutionSettings const& settings_;
  base::Random random_;
  std::vector<float> vectors_;  ///< row 0: nothing
  std::size_t stride_;
  std::vector<std::uint32_t> said_at_;  ///< by word: the batch in which its row was made
  std::vector<std::size_t> said_place_;
  std::vector<float> said_;
  std::uint32_t batch_number_ = 0;
  std::vector<std::size_t> first_labels_;
  std::vector<Place> order_;
  std::vector<float> positive_;
  Convolver learned_;
  std::vector<float> tap_slopes_;
  std::vector<float> word_slopes_;  ///< of the taps, by place and filter, then dimension
  std::vector<float> bias_slopes_;
  std::vector<float> weight_slopes_;
  std::vector<float> odds_slopes_;
  std::vector<Moments> moments_;
  std::size_t step_ = 0;
  std::vector<std::uint32_t> own_words_;
  std::vector<std::uint32_t> previous_words_;
  Found own_;
  Found previous_;
  std::vector<float> scores_;
};

}  // namespace

HeardCorpus make_heard(Corpus const& corpus, WordVectors const& vectors) {
  std::unordered_map<std::uint64_t, std::uint32_t> number;  // looked up only, never walked
  for (std::size_t index = 0; index < vectors.words.size(); ++index) number[vectors.words[index]] = static_cast<std::uint32_t>(index + 1);
  auto const numbers = [&](std::vector<std::uint64_t> const& words) {
    std::vector<std::uint32_t> found;
    for (std::uint64_t const word : words) {
      auto const at = number.find(word);
      found.push_back(at == number.end() ? nothing : at->second);
    }
    return found;
  };
  HeardCorpus heard{&corpus, {}};
  for (Example const& example : corpus.examples) {
    Heard row;
    for (auto const& window : example.words) row.windows.push_back(numbers(window));
    row.previous = numbers(example.previous_words);
    heard.rows.push_back(std::move(row));
  }
  return heard;
}

Convolver learn_filters(WordVectors const& vectors, std::span<HeardCorpus const> roles, std::span<std::vector<std::uint32_t> const> examples,
                        ConvolutionSettings const& settings) {
  RAPPORT_ASSERT(roles.size() == examples.size());
  return FilterRun{vectors, roles, examples, settings}.run();
}

std::vector<std::vector<float>> word_rows(Convolver const& learned, WordVectors const& vectors) {
  std::vector<float> const all = unpacked(vectors);
  std::vector<std::vector<float>> rows;
  for (std::size_t word = 0; word * dimensions < all.size(); ++word) {
    rows.emplace_back(run_words * learned.filters);
    say(all.data() + word * dimensions, learned.taps.data(), rows.back().data(), rows.back().size());
  }
  return rows;
}

std::vector<float> scores_of(Convolver const& learned, std::vector<std::vector<float>> const& rows, Heard const& heard, std::size_t first_label, std::size_t labels) {
  std::vector<float> base(learned.odds.begin() + static_cast<std::ptrdiff_t>(first_label), learned.odds.begin() + static_cast<std::ptrdiff_t>(first_label + labels));
  Found found;
  auto const add = [&](std::vector<std::uint32_t> const& words, std::size_t row, float* to) {
    find_best(padded(std::span{&words, 1}), learned.biases, [&](std::uint32_t word) { return rows[word].data(); }, found);
    for (float const value : found.values) {
      if (value != 0) add_times(to, learned.weights.data() + row * learned.labels + first_label, value, labels);
      ++row;
    }
  };
  add(heard.previous, learned.filters, base.data());
  std::vector<float> scores;
  for (auto const& window : heard.windows) {
    scores.insert(scores.end(), base.begin(), base.end());
    add(window, 0, scores.data() + scores.size() - labels);
  }
  return scores;
}

}  // namespace rapport::training
