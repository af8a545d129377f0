#include "training/making.hpp"

#include <algorithm>
#include <numeric>

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

/// Answers of the model, as it ships, on the held-back rows.
void measure_held_back(RoleModel const& model, Corpus const& corpus, std::vector<int> const& parts, Data const& data,
                       std::vector<LabelFigures>& figures) {
  for (std::size_t index = 0; index < corpus.examples.size(); ++index) {
    Example const& example = corpus.examples[index];
    if (parts[index] != -1 || example.source >= data.own_sources) continue;
    auto const confidences = shipped_confidences(model, corpus, example);
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

RoleModel make_role(Data const& data, Role role, Settings const& settings, Made& made) {
  auto const& names = data.labels.names(role);
  Corpus const corpus = make_corpus(data.rows, data.clusters, role, names.size(), data.words);
  std::vector<int> const parts = cross_parts_of(data, corpus);
  auto const scored = cross_scores(corpus, parts, cross_parts, settings);
  std::vector<Tuning> const tunings = tune(scored);

  std::vector<std::uint32_t> all(corpus.examples.size());
  std::iota(all.begin(), all.end(), 0U);
  std::vector<std::uint32_t> seen = all;
  std::erase_if(seen, [&](std::uint32_t index) { return parts[index] == -1; });
  auto figures = begin_figures(data, corpus);
  RoleModel const measured = quantise(corpus, learn(corpus, seen, settings), names, tunings);
  measure_held_back(measured, corpus, parts, data, figures);

  RoleModel const shipped = quantise(corpus, learn(corpus, all, settings), names, tunings);
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
  Made made;
  made.model.words = data.words.sorted();
  made.model.reading = signals::model::reading_mark(data.words);
  made.model.agent = make_role(data, Role::agent, settings, made);
  made.model.customer = make_role(data, Role::customer, settings, made);
  for (std::size_t row = 0; row < data.rows.size(); ++row) {
    bool const own = data.rows[row].source < data.own_sources;
    made.rows_held_back += own && data.twentieths[row] < held_back_twentieths ? 1U : 0U;
  }
  return made;
}

}  // namespace rapport::training
