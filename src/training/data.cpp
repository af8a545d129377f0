#include "training/data.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "training/corpus.hpp"
#include "training/word_groups.hpp"

namespace rapport::training {
namespace {

namespace fs = std::filesystem;

base::Result<std::string> read_file(fs::path const& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) return base::Error{"cannot read " + path.string()};
  return std::string{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

std::vector<fs::path> tables_below(fs::path const& folder) {
  std::vector<fs::path> files;
  std::error_code none;
  for (auto const& entry : fs::directory_iterator{folder, none}) {
    if (entry.path().extension() == ".tsv") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

base::Result<void> read_tables(fs::path const& folder, Data& data) {
  for (fs::path const& path : tables_below(folder)) {
    auto const text = read_file(path);
    if (!text) return text.error();
    auto const source = static_cast<SourceIndex>(data.sources.size());
    auto rows = parse_sentences(*text, path.filename().string(), source, data.labels);
    if (!rows) return rows.error();
    data.sources.push_back(path.stem().string());
    std::ranges::move(*rows, std::back_inserter(data.rows));
  }
  return {};
}

base::Result<void> read_word_vectors(fs::path const& root, Data& data) {
  if (!fs::exists(root / "vectors.txt")) return {};
  auto const spellings = read_file(root / "vectors.txt");
  if (!spellings) return spellings.error();
  auto const rows = read_file(root / "vectors.bin");
  if (!rows) return rows.error();
  auto vectors = read_vectors(*spellings, *rows, data.words);
  if (!vectors) return base::Error{"vectors.bin: " + vectors.error().message};
  data.vectors = *std::move(vectors);
  return {};
}

}  // namespace

base::Result<Data> load_data(std::string const& folder) {
  Data data;
  fs::path const root{folder};
  auto const label_text = read_file(root / "labels.tsv");
  if (!label_text) return label_text.error();
  auto labels = LabelSet::parse(*label_text, "labels.tsv");
  if (!labels) return labels.error();
  data.labels = *labels;
  auto const groups = read_file(root / "word-groups.txt");
  if (!groups) return groups.error();
  if (auto const added = add_word_groups(*groups, "word-groups.txt", data.words); !added) return added.error();
  if (auto const read = read_tables(root / "sentences", data); !read) return read.error();
  data.own_sources = data.sources.size();
  if (auto const read = read_tables(root / "derived", data); !read) return read.error();
  add_words(data.rows, data.words);
  if (auto const read = read_word_vectors(root, data); !read) return read.error();
  data.clusters = cluster_near_duplicates(data.rows, data.words);
  data.twentieths.resize(data.rows.size());
  auto const parts = split_clusters(data.rows, data.clusters, 20);
  for (std::size_t index = 0; index < data.rows.size(); ++index) data.twentieths[index] = parts[data.clusters[index]];
  return data;
}

}  // namespace rapport::training
