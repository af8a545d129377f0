#include "training/corpus.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>

#include "base/hash.hpp"
#include "signals/tokeniser.hpp"
#include "signals/word_table.hpp"

namespace rapport::training {
namespace {

namespace model = signals::model;

/// Tokenises and codes texts; keeps its buffers.
class TextReader {
 public:
  explicit TextReader(model::WordList const& list) : list_(list), tokeniser_(table_) {}

  void read(std::string_view text) {
    tokeniser_.tokenise(text, words);
    list_.codes(words, codes);
  }

  signals::Words words;
  std::vector<model::WordCode> codes;

 private:
  model::WordList const& list_;
  signals::WordTable table_;
  signals::Tokeniser tokeniser_;
};

class Builder {
 public:
  Builder(Corpus& corpus, model::WordList const& list, KindSet kinds) : corpus_(corpus), reader_(list), kinds_(kinds) {}

  Example example(SentenceRow const& row) {
    std::vector<FeatureKey> before;
    reader_.read(row.previous);
    bool const asked = !reader_.words.sentences.empty() && reader_.words.sentences.back().asks;
    model::previous_features(reader_.codes, asked, before);
    Example made;
    made.previous_words = spelled(std::span{reader_.codes}.last(std::min<std::size_t>(reader_.codes.size(), model::previous_tokens)));
    reader_.read(row.text);
    std::vector<model::Window> windows;
    model::cut_windows(reader_.words, windows);
    for (model::Window const& window : windows) {
      std::vector<FeatureKey> keys = before;
      model::window_features(reader_.words, reader_.codes, window, keys);
      made.windows.push_back(counted(keys));
      made.words.push_back(spelled(std::span{reader_.codes}.subspan(window.first_token, window.token_count)));
    }
    count_rows(made);
    made.truths.assign(corpus_.label_count, row.judged.empty() ? Truth::no : Truth::unjudged);
    for (std::uint16_t const label : row.judged) made.truths[label] = Truth::no;
    for (std::uint16_t const label : row.labels) made.truths[label] = Truth::yes;
    made.source = row.source;
    return made;
  }

 private:
  static std::vector<std::uint64_t> spelled(std::span<model::WordCode const> codes) {
    std::vector<std::uint64_t> words;
    for (model::WordCode const& code : codes) words.push_back(code.word);
    return words;
  }

  std::vector<Counted> counted(std::vector<FeatureKey> const& keys) {
    std::vector<FeatureIndex> indexes;
    for (FeatureKey const key : keys) {
      if ((kinds_ >> static_cast<unsigned>(model::kind_of(key)) & 1U) == 0) continue;
      auto const [at, fresh] = index_.try_emplace(key, static_cast<FeatureIndex>(corpus_.keys.size()));
      if (fresh) {
        corpus_.keys.push_back(key);
        corpus_.row_counts.push_back(0);
      }
      indexes.push_back(at->second);
    }
    std::ranges::sort(indexes);
    std::vector<Counted> counts;
    for (FeatureIndex const index : indexes) {
      if (counts.empty() || counts.back().feature != index) counts.push_back({index, 0});
      ++counts.back().times;
    }
    return counts;
  }

  void count_rows(Example const& example) {
    std::vector<FeatureIndex> seen;
    for (auto const& window : example.windows) {
      for (Counted const& counted : window) seen.push_back(counted.feature);
    }
    std::ranges::sort(seen);
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    for (FeatureIndex const index : seen) ++corpus_.row_counts[index];
  }

  Corpus& corpus_;
  TextReader reader_;
  KindSet kinds_;
  std::unordered_map<FeatureKey, FeatureIndex> index_;  // looked up only, never walked
};

std::uint32_t root(std::vector<std::uint32_t>& parents, std::uint32_t at) {
  while (parents[at] != at) at = parents[at] = parents[parents[at]];
  return at;
}

bool near(std::vector<std::uint64_t> const& a, std::vector<std::uint64_t> const& b) {
  std::size_t const small = std::min(a.size(), b.size());
  std::size_t const large = std::max(a.size(), b.size());
  if (small * 10 < large * 7) return false;
  std::size_t common = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j])
      ++common, ++i, ++j;
    else if (a[i] < b[j])
      ++i;
    else
      ++j;
  }
  return common * 10 >= (a.size() + b.size() - common) * 7;
}

}  // namespace

Corpus make_corpus(std::vector<SentenceRow> const& rows, std::span<std::uint32_t const> clusters, domain::Role role,
                   std::size_t label_count, model::WordList const& words, KindSet kinds) {
  Corpus corpus;
  corpus.role = role;
  corpus.label_count = label_count;
  Builder builder{corpus, words, kinds};
  for (std::uint32_t index = 0; index < rows.size(); ++index) {
    if (rows[index].role != role) continue;
    Example example = builder.example(rows[index]);
    if (example.windows.empty()) continue;
    example.cluster = clusters[index];
    example.row = index;
    corpus.examples.push_back(std::move(example));
  }
  return corpus;
}

std::vector<std::uint32_t> cluster_near_duplicates(std::vector<SentenceRow> const& rows, model::WordList const& words) {
  std::vector<std::vector<std::uint64_t>> sets(rows.size());
  TextReader reader{words};
  for (std::size_t index = 0; index < rows.size(); ++index) {
    reader.read(rows[index].text);
    for (model::WordCode const& code : reader.codes) sets[index].push_back(code.stem);
    std::ranges::sort(sets[index]);
    sets[index].erase(std::unique(sets[index].begin(), sets[index].end()), sets[index].end());
  }
  std::vector<std::uint32_t> parents(rows.size());
  std::iota(parents.begin(), parents.end(), 0U);
  for (std::uint32_t a = 0; a < rows.size(); ++a) {
    for (std::uint32_t b = a + 1; b < rows.size(); ++b) {
      if (rows[a].role == rows[b].role && near(sets[a], sets[b])) parents[root(parents, b)] = root(parents, a);
    }
  }
  std::vector<std::uint32_t> clusters(rows.size());
  for (std::uint32_t index = 0; index < rows.size(); ++index) clusters[index] = root(parents, index);
  return clusters;
}

std::vector<std::uint32_t> split_clusters(std::vector<SentenceRow> const& rows, std::span<std::uint32_t const> clusters,
                                          std::uint32_t parts) {
  std::vector<std::string const*> smallest(rows.size(), nullptr);
  for (std::size_t index = 0; index < rows.size(); ++index) {
    std::string const*& text = smallest[clusters[index]];
    if (text == nullptr || rows[index].text < *text) text = &rows[index].text;
  }
  std::vector<std::uint32_t> part_of(rows.size(), 0);
  for (std::size_t cluster = 0; cluster < rows.size(); ++cluster) {
    if (smallest[cluster] == nullptr) continue;
    part_of[cluster] = static_cast<std::uint32_t>(base::fnv1a(*smallest[cluster]) % 1'000'003 % parts);
  }
  return part_of;
}

}  // namespace rapport::training
