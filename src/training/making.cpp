#include "training/making.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <utility>

#include "training/export.hpp"

namespace rapport::training {
namespace {

using domain::Role;
using signals::model::RoleModel;

std::vector<Tuning> tune(std::vector<std::vector<Scored>> const& scored) {
  std::vector<Tuning> tunings;
  for (auto const& label : scored) tunings.push_back({best_threshold(label), fit_curve(label)});
  return tunings;
}

/// The rows of a role, and what filters say of them.
struct RoleRows {
  Role role = Role::agent;
  Corpus corpus;
  std::vector<int> parts;
  std::size_t first_label = 0;            ///< among those of both roles
  std::vector<std::vector<float>> heard;  ///< by example, with their share, of filters that did not see it
};

/// Filters, as learned and as they ship.
struct Filters {
  Convolver learned;
  RoundedFilters rounded;

  FilterShare share(RoleRows const& rows, Settings const& settings) const {
    if (learned.filters == 0) return {};
    return {&learned, &rounded.units, rows.first_label, settings.filters.share};
  }
};

/// The indexes of the examples whose part `takes`.
template <typename Takes>
std::vector<std::uint32_t> examples_of(RoleRows const& rows, Takes takes) {
  std::vector<std::uint32_t> indexes;
  for (std::uint32_t index = 0; index < rows.parts.size(); ++index) {
    if (takes(rows.parts[index])) indexes.push_back(index);
  }
  return indexes;
}

/// Words of the rows that are frequent enough to have a vector of their own where none was published.
std::vector<std::uint64_t> frequent_words(std::span<RoleRows const> roles) {
  constexpr std::uint32_t enough = 10;
  std::map<std::uint64_t, std::uint32_t> counts;
  for (RoleRows const& rows : roles) {
    for (Example const& example : rows.corpus.examples) {
      for (auto const& window : example.words) {
        for (std::uint64_t const word : window) ++counts[word];
      }
    }
  }
  std::vector<std::uint64_t> words;
  for (auto const& [word, count] : counts) {
    if (count >= enough) words.push_back(word);
  }
  return words;
}

/// Learns filters for both roles, and what those say of rows that they did not see.
class FilterMaker {
 public:
  FilterMaker(Data const& data, std::span<RoleRows> roles, Settings const& settings) : roles_(roles), settings_(settings), vectors_(data.vectors) {
    if (vectors_.empty()) return;
    add_missing(frequent_words(roles), vectors_);
    for (RoleRows const& rows : roles) heard_.push_back(make_heard(rows.corpus, vectors_));
  }

  void cross() {
    if (vectors_.empty()) return;
    for (RoleRows& rows : roles_) rows.heard.resize(rows.parts.size());
    for (int part = 0; part < cross_parts; ++part) {
      Convolver const learned = learn([&](int other) { return other >= 0 && other != part; });
      auto const said = word_rows(learned, vectors_);
      for (std::size_t role = 0; role < roles_.size(); ++role) hear(learned, said, role, part);
    }
  }

  template <typename Takes>
  Filters make(Takes takes) const {
    if (vectors_.empty()) return {};
    Filters made{learn(takes), {}};
    made.rounded = round_filters(made.learned, vectors_);
    return made;
  }

 private:
  template <typename Takes>
  Convolver learn(Takes takes) const {
    std::vector<std::vector<std::uint32_t>> examples;
    for (RoleRows const& rows : roles_) examples.push_back(examples_of(rows, takes));
    return learn_filters(vectors_, heard_, examples, settings_.filters);
  }

  void hear(Convolver const& learned, std::vector<std::vector<float>> const& said, std::size_t role, int part) {
    RoleRows& rows = roles_[role];
    for (std::uint32_t const index : examples_of(rows, [&](int own) { return own == part; })) {
      auto& scores = rows.heard[index];
      scores = scores_of(learned, said, heard_[role].rows[index], rows.first_label, rows.corpus.label_count);
      for (float& score : scores) score *= settings_.filters.share;
    }
  }

  std::span<RoleRows> roles_;
  Settings const& settings_;
  WordVectors vectors_;
  std::vector<HeardCorpus> heard_;
};

/// Answers of the model, as it ships, on the held-back rows.
void measure_held_back(RoleModel const& model, Filters const& filters, RoleRows const& rows, Data const& data,
                       std::vector<LabelFigures>& figures) {
  signals::model::Convolution const convolution{filters.rounded.data, {}};
  for (std::size_t index = 0; index < rows.corpus.examples.size(); ++index) {
    Example const& example = rows.corpus.examples[index];
    if (rows.parts[index] != -1 || example.source >= data.own_sources) continue;
    auto const confidences = shipped_confidences(model, convolution, rows.corpus, example);
    for (std::size_t label = 0; label < confidences.size(); ++label) {
      if (example.truths[label] == Truth::unjudged) continue;
      bool const said = confidences[label] >= model.labels[label].threshold;
      figures[label].held_back.count(said, example.truths[label] == Truth::yes);
    }
  }
}

std::vector<LabelFigures> begin_figures(Data const& data, Corpus const& corpus) {
  std::vector<LabelFigures> figures;
  for (std::string const& name : data.labels.names(corpus.role)) figures.push_back({corpus.role, name, 0, {}, {}, 0});
  for (Example const& example : corpus.examples) {
    if (example.source >= data.own_sources) continue;
    for (std::size_t label = 0; label < figures.size(); ++label) {
      figures[label].rows += example.truths[label] == Truth::yes ? 1U : 0U;
    }
  }
  return figures;
}

bool not_held_back(int part) { return part != -1; }

RoleModel make_role(Data const& data, RoleRows const& rows, Filters const& seen, Filters const& all, Settings const& settings, Made& made) {
  auto const& names = data.labels.names(rows.role);
  auto const scored = cross_scores(rows.corpus, rows.parts, cross_parts, settings, rows.heard);
  std::vector<Tuning> const tunings = tune(scored);

  auto figures = begin_figures(data, rows.corpus);
  LinearModel const without = learn(rows.corpus, examples_of(rows, not_held_back), settings);
  RoleModel const measured = quantise(rows.corpus, without, names, tunings, seen.share(rows, settings));
  measure_held_back(measured, seen, rows, data, figures);

  LinearModel const learned = learn(rows.corpus, examples_of(rows, [](int) { return true; }), settings);
  RoleModel shipped = quantise(rows.corpus, learned, names, tunings, all.share(rows, settings));
  for (std::size_t label = 0; label < names.size(); ++label) {
    figures[label].crossed = counts_at(scored[label], tunings[label].threshold);
    figures[label].threshold = shipped.labels[label].threshold;
  }
  std::ranges::move(figures, std::back_inserter(made.figures));
  return shipped;
}

}  // namespace

std::vector<int> cross_parts_of(Data const& data, Corpus const& corpus) {
  std::vector<int> parts;
  for (Example const& example : corpus.examples) {
    std::uint32_t const twentieth = data.twentieths[example.row];
    bool const own = example.source < data.own_sources;
    if (twentieth < held_back_twentieths) {
      parts.push_back(-1);
    } else {
      parts.push_back(own ? static_cast<int>(twentieth) % cross_parts : always);
    }
  }
  return parts;
}

Made make_model(Data const& data, Settings const& settings) {
  std::array<RoleRows, 2> roles;
  std::size_t first_label = 0;
  for (std::size_t index = 0; index < roles.size(); ++index) {
    RoleRows& rows = roles[index];
    rows.role = index == 0 ? Role::agent : Role::customer;
    std::size_t const labels = data.labels.names(rows.role).size();
    rows.corpus = make_corpus(data.rows, data.clusters, rows.role, labels, data.words);
    rows.parts = cross_parts_of(data, rows.corpus);
    rows.first_label = std::exchange(first_label, first_label + labels);
  }
  FilterMaker maker{data, roles, settings};
  maker.cross();
  Filters const seen = maker.make(not_held_back);
  Filters const all = maker.make([](int) { return true; });

  Made made;
  made.model.words = data.words.sorted();
  made.model.reading = signals::model::reading_mark(data.words);
  made.model.convolution = all.rounded.data;
  made.model.agent = make_role(data, roles[0], seen, all, settings, made);
  made.model.customer = make_role(data, roles[1], seen, all, settings, made);
  for (std::size_t row = 0; row < data.rows.size(); ++row) {
    bool const own = data.rows[row].source < data.own_sources;
    made.rows_held_back += own && data.twentieths[row] < held_back_twentieths ? 1U : 0U;
  }
  return made;
}

}  // namespace rapport::training
