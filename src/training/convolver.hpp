#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "training/corpus.hpp"
#include "training/vectors.hpp"

namespace rapport::training {

/// How to learn the filters. The defaults are those of the shipped model.
struct ConvolutionSettings {
  std::size_t filters = 128;
  std::uint32_t epochs = 15;
  std::uint32_t batch = 64;
  float rate = 0.002F;           ///< Adam's at the beginning; falls in a line to a twentieth
  float word_dropout = 0.1F;     ///< share of words that are not seen
  float pooled_dropout = 0.5F;   ///< share of what filters found that is not seen
  float positive_power = 0.25F;  ///< as in `Settings`
  float share = 2.0F;            ///< how much their score counts beside that of the features, which counts once
  std::uint64_t seed = 1;
};

/// What a step of a vector's byte is to the learner, for whom they have about unit spread.
inline constexpr float vector_unit = 1.0F / 26;

/// A row as the filters take it: numbers of vectors, 0 for words without one.
struct Heard {
  std::vector<std::vector<std::uint32_t>> windows;
  std::vector<std::uint32_t> previous;
};

/// The rows of a role for the filters, parallel to the corpus' examples.
struct HeardCorpus {
  Corpus const* corpus = nullptr;
  std::vector<Heard> rows;
};
HeardCorpus make_heard(Corpus const& corpus, WordVectors const& vectors);

/// Filters over words' vectors and the weights of what they find, by label of the agent's, then the customer's.
struct Convolver {
  std::size_t filters = 0;
  std::size_t labels = 0;
  std::vector<float> taps;     ///< dimensions rows of run_words times filters
  std::vector<float> biases;   ///< by filter
  std::vector<float> weights;  ///< 2 × filters rows of labels: of the window, of the other side's last words
  std::vector<float> odds;     ///< by label, where nothing is found
};

/// Learns from these examples of each role. One thread; the same arguments give the same bits. Logistic loss, Adam (Kingma,
/// Ba, 2015), the best place of each filter (Kim, 2014).
Convolver learn_filters(WordVectors const& vectors, std::span<HeardCorpus const> roles, std::span<std::vector<std::uint32_t> const> examples,
                        ConvolutionSettings const& settings);

/// What every word says to each filter at each place, by number.
std::vector<std::vector<float>> word_rows(Convolver const& learned, WordVectors const& vectors);

/// Scores of an example of a role: windows rows of the role's labels, `first_label` being the first of them among all. `rows`
/// are the words'.
std::vector<float> scores_of(Convolver const& learned, std::vector<std::vector<float>> const& rows, Heard const& heard, std::size_t first_label,
                             std::size_t labels);

}  // namespace rapport::training
