#include "training/comparison.hpp"

#include <fmt/format.h>

#include <vector>

#include "training/card.hpp"
#include "training/making.hpp"

namespace rapport::training {
namespace {

using domain::Role;
using signals::model::FeatureKind;

constexpr KindSet bit(FeatureKind kind) { return KindSet{1} << static_cast<unsigned>(kind); }

constexpr KindSet without(std::initializer_list<FeatureKind> kinds) {
  KindSet set = all_kinds;
  for (FeatureKind const kind : kinds) set &= ~bit(kind);
  return set;
}

struct Way {
  std::string name;
  Settings settings;
  KindSet kinds = all_kinds;
};

Settings changed(void (*change)(Settings&)) {
  Settings settings;
  change(settings);
  return settings;
}

std::vector<Way> ways() {
  using enum FeatureKind;
  std::vector<Way> all{
      {"as shipped", {}, all_kinds},
      {"single words only", {}, bit(word) | bit(stem) | bit(asks) | bit(length)},
      {"without groups of words", {}, without({group, group_pair, group_bag, previous_group})},
      {"without groups that stand anywhere in pairs", {}, without({group_bag})},
      {"without pairs of neighbours", {}, without({pair, group_pair, skip_pair, triple})},
      {"without triples and pairs with a gap", {}, without({triple, skip_pair})},
      {"without stems", {}, without({stem})},
      {"without the other side's last words", {}, without({previous_stem, previous_pair, previous_group, previous_asks})},
      {"without the sentence's ends", {}, without({first, first_pair, last, asks_first})},
  };
  all.push_back({"a label taught by its best window", changed([](Settings& s) { s.best_window = true; })});
  all.push_back({"features of a single row too", changed([](Settings& s) { s.rows_min = 1; })});
  all.push_back({"no features left out while learning", changed([](Settings& s) { s.dropout = 0; })});
  all.push_back({"one round", changed([](Settings& s) { s.rounds = 1; })});
  all.push_back({"16 shared dimensions", changed([](Settings& s) { s.rank = 16, s.rate = 0.1F; })});
  all.push_back({"32 shared dimensions", changed([](Settings& s) { s.rank = 32, s.rate = 0.1F; })});
  all.push_back({"64 shared dimensions", changed([](Settings& s) { s.rank = 64, s.rate = 0.1F; })});
  return all;
}

}  // namespace

Outcome cross_validate(Data const& data, Settings const& settings, KindSet kinds) {
  std::vector<LabelFigures> figures;
  for (Role const role : {Role::agent, Role::customer}) {
    auto const& names = data.labels.names(role);
    Corpus const corpus = make_corpus(data.rows, data.clusters, role, names.size(), data.words, kinds);
    auto const scored = cross_scores(corpus, cross_parts_of(data, corpus), cross_parts, settings);
    for (std::size_t label = 0; label < names.size(); ++label) {
      figures.push_back({role, names[label], 0, counts_at(scored[label], best_threshold(scored[label])), {}, 0});
    }
  }
  Overall const all = overall(figures, &LabelFigures::crossed);
  return {all.mean_f1, all.together.f1()};
}

std::string comparison_in_markdown(Data const& data) {
  std::string out = "| way | mean F1 over labels | F1 of all answers together |\n|---|---|---|\n";
  for (Way const& way : ways()) {
    Outcome const outcome = cross_validate(data, way.settings, way.kinds);
    out += fmt::format("| {} | {:.3f} | {:.3f} |\n", way.name, outcome.mean_f1, outcome.together_f1);
  }
  return out;
}

}  // namespace rapport::training
