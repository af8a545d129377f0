#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/words.hpp"
#include "signals/model/convolution.hpp"
#include "signals/model/feature_table.hpp"
#include "signals/model/features.hpp"
#include "signals/model/row_sums.hpp"
#include "signals/model/word_list.hpp"

namespace rapport::signals::model {

/// Position of a label among its role's.
using LabelIndex = std::uint16_t;

/// From an integer score to a confidence: a rising polyline. Below the first and beyond the last
/// knot it is level.
struct Calibration {
  struct Knot {
    std::int32_t score = 0;
    std::int32_t thousandths = 0;

    bool operator==(Knot const&) const = default;
  };
  std::vector<Knot> knots;  ///< scores strictly rising, thousandths never falling; at least one

  std::int32_t confidence(std::int32_t score) const;
  /// The least score with at least that confidence; beyond every score where there is none.
  std::int64_t least_score(std::int32_t thousandths) const;
  bool operator==(Calibration const&) const = default;
};

/// One thing that a sentence may be ("apology").
struct Label {
  std::string name;
  std::int32_t threshold = 0;  ///< thousandths of confidence from which it is said to hold
  std::int32_t bias = 0;
  Calibration calibration;

  bool operator==(Label const&) const = default;
};

/// The labels of one role and what each feature says for (positive) or against each of them.
/// A label's score is its bias, plus the weights of all features there are, plus what the filters found times its weights.
/// Rows are the features' embeddings, with the labels for dimensions, so that one addition serves all labels.
struct RoleModel {
  std::vector<Label> labels;
  std::vector<FeatureKey> keys;      ///< rising
  std::vector<std::int8_t> weights;  ///< keys.size() rows of labels.size()
  /// Twice as many rows of labels.size() as there are filters, in parts of a unit (`pooled_shift`): of what they find in the
  /// window, then of what in the other side's last words.
  std::vector<std::int16_t> pooled_weights;

  bool operator==(RoleModel const&) const = default;
};

/// A model as it stands in a file (docs/models.md has the format).
struct ModelData {
  std::vector<WordCode> words;  ///< by rising `word`
  ConvolutionData convolution;  ///< one for both roles
  RoleModel agent;
  RoleModel customer;
  std::uint64_t reading = 0;  ///< `reading_mark()` when it was trained

  bool operator==(ModelData const&) const = default;
};

std::string write_model(ModelData const& data);
/// Error: not a model, of another version, cut short, or with sizes or orders that cannot be.
base::Result<ModelData> read_model(std::string_view bytes);

/// A hash of the features that a fixed text has under the words of a model. It changes when the
/// tokeniser, the stemmer or the features do: then the model must be trained again.
std::uint64_t reading_mark(WordList const& words);

/// Judges sentences. Any number of threads may share it.
/// Integers only, so that its answers are the same in every build.
class SentenceModel {
 public:
  explicit SentenceModel(ModelData const& data);

  WordList const& words() const { return words_; }
  std::uint64_t reading() const { return reading_; }
  /// The labels of the role; none for roles other than agent and customer.
  std::span<Label const> labels(domain::Role role) const;
  std::optional<LabelIndex> find(domain::Role role, std::string_view name) const;

  /// Has what the words' own sums and filters will read fetched into the caches meanwhile. Changes no answer.
  void expect(domain::Role role, std::span<WordCode const> codes) const;

  /// Looks up features, whose weights `add` then adds to `scores`, which has labels(role).size() places. What is done between
  /// the two costs less than it seems: memory is waited for meanwhile. REQUIRES: no more than `features_max` features.
  void look_up(domain::Role role, std::span<FeatureKey const> features, FeatureTable::Found& found) const;
  void add(domain::Role role, FeatureTable::Found const& found, std::span<std::int32_t> scores) const;

  /// The same for what words are by themselves (`word_features`, of the other side's last words
  /// `previous_word_features`): of listed words from sums made beforehand; the features of others are
  /// appended to `features`, to be added with those. REQUIRES: the codes are from `words()`, no more than `window_tokens`.
  void add_words(domain::Role role, bool previous, std::span<WordCode const> codes, std::vector<FeatureKey>& features,
                 std::span<std::int32_t> scores) const;

  /// Adds what the filters say of these words: a window's, or the other side's last ones. Nothing where the model has no
  /// filters. REQUIRES: the codes are from `words()`, no more than `window_tokens`.
  void add_filters(domain::Role role, bool previous, std::span<WordCode const> codes, std::span<std::int32_t> scores) const;

 private:
  /// What listed words say by themselves, summed up: most of them say the same as others, and many nothing.
  struct WordRows {
    std::vector<std::uint32_t> row_of;  ///< by the word's number
    Rows rows;                          ///< of 16 bits for each label; the first is of those that say nothing
  };
  struct Table {
    std::vector<Label> labels;
    FeatureTable features;
    WordRows own_words;
    WordRows previous_words;  ///< as one of the other side's
    PooledWeights own_filters;
    PooledWeights previous_filters;

    WordRows word_rows(WordList const& words, void (*features)(WordCode const&, std::vector<FeatureKey>&)) const;
  };
  static Table make_table(RoleModel const& role, WordList const& words);
  Table const* table(domain::Role role) const;

  WordList words_;
  std::uint64_t reading_;
  Table agent_;
  Table customer_;
  std::unique_ptr<Convolution const> convolution_;
};

}  // namespace rapport::signals::model
