#include "training/vectors.hpp"

#include <algorithm>
#include <map>
#include <span>

#include "base/random.hpp"
#include "signals/tokeniser.hpp"
#include "signals/word_table.hpp"

namespace rapport::training {
namespace {

using signals::model::dimensions;

/// About as large as those that were read.
std::vector<std::int8_t> own_vector(std::uint64_t word) {
  base::Random random{word};
  std::vector<std::int8_t> row;
  for (std::size_t at = 0; at < dimensions; ++at) row.push_back(static_cast<std::int8_t>(random.between(-45, 45)));
  return row;
}

}  // namespace

base::Result<WordVectors> read_vectors(std::string_view spellings, std::string_view rows, signals::model::WordList const& list) {
  std::map<std::uint64_t, std::size_t> row_of;
  signals::WordTable const table;
  signals::Tokeniser const tokeniser{table};
  signals::Words words;
  std::vector<signals::model::WordCode> codes;
  std::size_t count = 0;
  for (; !spellings.empty(); ++count) {
    auto const end = std::min(spellings.find('\n'), spellings.size());
    tokeniser.tokenise(spellings.substr(0, end), words);
    list.codes(words, codes);
    if (codes.size() == 1) row_of.try_emplace(codes[0].word, count);
    spellings.remove_prefix(std::min(end + 1, spellings.size()));
  }
  if (rows.size() != count * dimensions) {
    return base::Error{"expected " + std::to_string(count) + " vectors of " + std::to_string(dimensions) + " bytes, found " +
                       std::to_string(rows.size()) + " bytes"};
  }
  WordVectors vectors;
  for (auto const& [word, row] : row_of) {
    vectors.words.push_back(word);
    for (char const value : rows.substr(row * dimensions, dimensions)) vectors.rows.push_back(static_cast<std::int8_t>(value));
  }
  return vectors;
}

void add_missing(std::vector<std::uint64_t> const& words, WordVectors& vectors) {
  std::map<std::uint64_t, std::vector<std::int8_t>> all;
  for (std::size_t index = 0; index < vectors.words.size(); ++index) {
    auto const row = std::span{vectors.rows}.subspan(index * dimensions, dimensions);
    all[vectors.words[index]].assign(row.begin(), row.end());
  }
  for (std::uint64_t const word : words) all.try_emplace(word, own_vector(word));
  vectors = {};
  for (auto const& [word, row] : all) {
    vectors.words.push_back(word);
    vectors.rows.insert(vectors.rows.end(), row.begin(), row.end());
  }
}

}  // namespace rapport::training
