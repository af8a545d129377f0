#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "domain/words.hpp"
#include "signals/model/features.hpp"
#include "signals/model/word_list.hpp"
#include "training/sentences.hpp"

namespace rapport::training {

using signals::model::FeatureKey;
using FeatureIndex = std::uint32_t;

/// A feature of a window and how often it is there.
struct Counted {
  FeatureIndex feature = 0;
  std::uint16_t times = 0;
};

enum class Truth : std::uint8_t { no,
                                  yes,
                                  unjudged };

/// A row as the learner takes it. A label holds of a row if it holds of one of its windows, as the
/// product judges windows and not whole utterances.
struct Example {
  std::vector<Truth> truths;                      ///< by label
  std::vector<std::vector<Counted>> windows;      ///< each with the features of what was said before
  std::vector<std::vector<std::uint64_t>> words;  ///< of each window, WordCode::word
  std::vector<std::uint64_t> previous_words;      ///< the other side's last `previous_tokens`
  std::uint32_t cluster = 0;                      ///< near-duplicates share one
  SourceIndex source = 0;
  std::uint32_t row = 0;  ///< index into the rows
};

/// The rows of one role as features.
struct Corpus {
  domain::Role role = domain::Role::agent;
  std::size_t label_count = 0;
  std::vector<FeatureKey> keys;           ///< by FeatureIndex
  std::vector<std::uint32_t> row_counts;  ///< rows that have the feature
  std::vector<Example> examples;
};

/// Which kinds of features to look at; a bit each (1 << kind).
using KindSet = std::uint32_t;
inline constexpr KindSet all_kinds = 0xFFFFFFFF;

/// Makes the features of all rows of the role. `clusters` is parallel to the rows.
Corpus make_corpus(std::vector<SentenceRow> const& rows, std::span<std::uint32_t const> clusters, domain::Role role,
                   std::size_t label_count, signals::model::WordList const& words, KindSet kinds = all_kinds);

/// Numbers clusters of near-duplicates: rows of a role whose word sets overlap (intersection over
/// union of their stems) by seven tenths or more share a cluster, transitively. Parallel to the rows.
std::vector<std::uint32_t> cluster_near_duplicates(std::vector<SentenceRow> const& rows,
                                                   signals::model::WordList const& words);

/// A number from 0 to `parts` - 1 for every cluster, from a hash of the smallest text in it, so that
/// it stays the same when other rows come or go. By cluster.
std::vector<std::uint32_t> split_clusters(std::vector<SentenceRow> const& rows, std::span<std::uint32_t const> clusters,
                                          std::uint32_t parts);

}  // namespace rapport::training
