#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "evaluation/agreement.hpp"
#include "timeline/formats/json_write.hpp"

namespace rapport::evaluation {
namespace {

using timeline::formats::append_json_list;
using timeline::formats::ObjectWriter;

/// A measure of a comparison, under its names in JSON and in the table.
struct Measure {
  std::string_view field;
  std::string_view title;
  Estimate (Comparison::*value)() const;
};

constexpr std::array<Measure, 10> measures = {{
    {"coverage", "cover", &Comparison::coverage},
    {"prevalence", "preval", &Comparison::prevalence},
    {"accuracy", "accur", &Comparison::accuracy},
    {"precision_missed", "prec", &Comparison::precision},
    {"recall_missed", "recall", &Comparison::recall},
    {"applies_f1", "applF1", &Comparison::applies_f1},
    {"kappa", "kappa", &Comparison::kappa},
    {"kappa_three", "kappa3", &Comparison::kappa_of_three},
    {"ac1", "AC1", &Comparison::ac1},
    {"ac1_three", "AC1-3", &Comparison::ac1_of_three},
}};

constexpr std::string_view legend =
    "n: labels that the engine assessed; cover: n of all labels. preval: missed of what people say applied. accur: of\n"
    "met, missed, not applicable. prec, recall: of missed. applF1: F1 of applying at all. kappa, AC1: met against\n"
    "missed where both say it applied; kappa3, AC1-3: all three. 95 % intervals in brackets: proportions by Wilson\n"
    "(1927), F1 from that of both among either, kappa by Fleiss, Cohen and Everitt (1969), AC1 by Gwet (2008). A dash: undefined.\n";

std::string decimals(double value, int places) {
  std::string text = fmt::format("{:.{}f}", value, places);
  return text.find_first_not_of("-0.") == std::string::npos && text.front() == '-' ? text.substr(1) : text;
}

void append_estimate(std::string& out, Estimate const& estimate) {
  auto const number = [](bool known, double value) { return known ? decimals(value, 6) : std::string("null"); };
  bool const bounded = estimate.interval.has_value();
  ObjectWriter object(out);
  object.name("value") += number(estimate.value.has_value(), estimate.value.value_or(0));
  object.name("low") += number(bounded, bounded ? estimate.interval->low : 0);
  object.name("high") += number(bounded, bounded ? estimate.interval->high : 0);
  object.close();
}

void append_comparison(std::string& out, Comparison const& comparison) {
  ObjectWriter object(out);
  object.text("id", comparison.name());
  object.whole("labelled", comparison.labelled());
  object.whole("n", comparison.assessed());
  for (Verdict const verdict : {Verdict::met, Verdict::missed, Verdict::not_applicable}) {
    object.whole(fmt::format("labelled_{}", name(verdict)), comparison.labelled_as(verdict));
  }
  for (Measure const& measure : measures) append_estimate(object.name(measure.field), (comparison.*measure.value)());
  object.close();
}

/// "0.91 [0.84,0.95]", or a dash.
std::string cell(Estimate const& estimate) {
  if (!estimate.value) return "-";
  std::string text = decimals(*estimate.value, 2);
  if (estimate.interval) text += fmt::format(" [{},{}]", decimals(estimate.interval->low, 2), decimals(estimate.interval->high, 2));
  return text;
}

std::string line(Comparison const& comparison, std::size_t name_width) {
  std::string text = fmt::format("{:<{}} {:>6}", comparison.name(), name_width, comparison.assessed());
  for (Measure const& measure : measures) text += fmt::format("  {:<17}", cell((comparison.*measure.value)()));
  text.erase(text.find_last_not_of(' ') + 1);
  return text + '\n';
}

}  // namespace

std::string to_text(Agreement const& agreement) {
  std::size_t name_width = agreement.overall().name().size();
  for (Comparison const& practice : agreement.practices()) name_width = std::max(name_width, practice.name().size());
  std::string text = fmt::format("{:<{}} {:>6}", "practice", name_width, "n");
  for (Measure const& measure : measures) text += fmt::format("  {:<17}", measure.title);
  text.erase(text.find_last_not_of(' ') + 1);
  text += '\n';
  for (Comparison const& practice : agreement.practices()) {
    if (practice.labelled() > 0) text += line(practice, name_width);
  }
  text += line(agreement.overall(), name_width);
  return text + '\n' + std::string(legend);
}

std::string to_json(Agreement const& agreement) {
  std::string out;
  ObjectWriter object(out);
  append_comparison(object.name("overall"), agreement.overall());
  append_json_list(object.name("practices"), agreement.practices(),
                   [&](Comparison const& practice) { append_comparison(out, practice); });
  object.close();
  return out;
}

}  // namespace rapport::evaluation
