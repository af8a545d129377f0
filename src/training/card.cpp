#include "training/card.hpp"

#include <fmt/format.h>

#include <array>

namespace rapport::training {
namespace {

std::string rows_by_source(Data const& data) {
  std::vector<std::array<std::size_t, 2>> counts(data.sources.size());
  for (SentenceRow const& row : data.rows) ++counts[row.source][row.role == domain::Role::agent ? 0 : 1];
  std::string out = "| file | agent's rows | customer's rows |\n|---|---|---|\n";
  for (std::size_t source = 0; source < counts.size(); ++source) {
    std::string_view const folder = source < data.own_sources ? "sentences" : "derived";
    out += fmt::format("| {}/{}.tsv | {} | {} |\n", folder, data.sources[source], counts[source][0], counts[source][1]);
  }
  return out;
}

std::string cells(Counts const& counts) {
  if (counts.positives() == 0) return "– | – | – | 0";
  return fmt::format("{:.2f} | {:.2f} | {:.2f} | {}", counts.precision(), counts.recall(), counts.f1(), counts.positives());
}

std::string summary(std::vector<LabelFigures> const& figures, std::string_view name, Counts LabelFigures::* counts) {
  Overall const all = overall(figures, counts);
  return fmt::format(
      "{}: mean F1 {:.3f} over the {} labels with {} positives or more; all answers together "
      "precision {:.3f}, recall {:.3f}, F1 {:.3f} over {} positives.\n",
      name, all.mean_f1, all.labels, positives_min, all.together.precision(), all.together.recall(),
      all.together.f1(), all.together.positives());
}

}  // namespace

Overall overall(std::vector<LabelFigures> const& figures, Counts LabelFigures::* counts) {
  Overall all;
  for (LabelFigures const& label : figures) {
    Counts const& own = label.*counts;
    all.together.hits += own.hits;
    all.together.extra += own.extra;
    all.together.missed += own.missed;
    if (own.positives() < positives_min) continue;
    all.mean_f1 += own.f1();
    ++all.labels;
  }
  if (all.labels > 0) all.mean_f1 /= static_cast<double>(all.labels);
  return all;
}

std::string figures_in_markdown(Data const& data, Made const& made, std::size_t model_bytes) {
  std::string out = fmt::format(
      "{} rows, of which {} are held back; {} words; {} features of the agent, {} of the "
      "customer; {} bytes.\n\n",
      data.rows.size(), made.rows_held_back, made.model.words.size(),
      made.model.agent.keys.size(), made.model.customer.keys.size(), model_bytes);
  out += rows_by_source(data) + "\n";
  out += summary(made.figures, "Held back", &LabelFigures::held_back) + "\n";
  out += summary(made.figures, "Cross-validated", &LabelFigures::crossed) + "\n";
  out +=
      "| label | by | rows | threshold | held back: precision | recall | F1 | n | cross-validated: precision | recall "
      "| F1 | n |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n";
  for (LabelFigures const& label : made.figures) {
    out += fmt::format("| {} | {} | {} | {} | {} | {} |\n", label.name, domain::name(label.role), label.rows,
                       label.threshold, cells(label.held_back), cells(label.crossed));
  }
  return out;
}

base::Result<std::string> replace_section(std::string_view document, std::string_view name, std::string_view content) {
  std::string const begin = fmt::format("<!-- {}: begin -->\n", name);
  std::string const end = fmt::format("<!-- {}: end -->", name);
  auto const from = document.find(begin);
  auto const to = document.find(end);
  if (from == std::string_view::npos || to == std::string_view::npos || to < from) {
    return base::Error{fmt::format("expected the lines \"<!-- {0}: begin -->\" and \"<!-- {0}: end -->\"", name)};
  }
  std::string out{document.substr(0, from + begin.size())};
  out += content;
  out += document.substr(to);
  return out;
}

}  // namespace rapport::training
