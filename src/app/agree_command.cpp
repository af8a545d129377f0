#include "app/agree_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <utility>

#include "app/judge.hpp"
#include "app/labels.hpp"
#include "app/standard_output.hpp"
#include "base/nearest.hpp"
#include "evaluation/agreement.hpp"
#include "evaluation/scorecard.hpp"

namespace rapport::app {
namespace {

/// The verdicts of one interaction, and for each practice the words that decided it.
struct Verdicts {
  std::string id;
  std::vector<evaluation::Verdict> verdicts;
  std::vector<std::string> quotes;
};

base::Result<Labels> read_all(std::vector<std::string> const& files) {
  Labels all;
  for (std::string const& file : files) {
    auto labels = read_labels(file);
    if (!labels) return labels.error();
    for (auto& [id, verdicts] : *labels) {
      if (!all.emplace(id, std::move(verdicts)).second) return base::Error{fmt::format("{}: a second label for \"{}\"", file, id)};
    }
  }
  return all;
}

/// A label of a practice that the playbook has not is of no use: rather a misspelt id.
void warn_of_unknown(Labels const& labels, std::vector<std::string> const& ids) {
  std::vector<std::string_view> const known(ids.begin(), ids.end());
  std::map<std::string, std::size_t> unknown;
  for (auto const& [id, verdicts] : labels) {
    for (auto const& [practice, verdict] : verdicts) {
      if (std::ranges::find(ids, practice) == ids.end()) ++unknown[practice];
    }
  }
  for (auto const& [practice, count] : unknown) {
    auto const near = base::nearest(practice, known);
    fmt::print(stderr, "warning: {} {} of \"{}\", which is no practice of the playbook{}\n", count, count == 1 ? "label" : "labels",
               practice, near ? fmt::format("; did you mean \"{}\"?", *near) : std::string{});
  }
}

Verdicts verdicts_of(timeline::Timeline const& timeline, evaluation::Ledger const& ledger, bool with_quotes) {
  Verdicts result{timeline.head().id, {}, {}};
  for (std::size_t practice = 0; practice < ledger.practices.size(); ++practice) {
    result.verdicts.push_back(ledger.practices[practice].verdict);
    if (!with_quotes) continue;
    std::string quotes;
    for (auto const& evidence : evaluation::deciding_evidence(ledger, static_cast<std::uint16_t>(practice))) {
      if (quotes.size() > 200) break;
      quotes += fmt::format(" {} \"{}\"", base::format_clock(evidence.at_ms), evaluation::quote(timeline, evidence).substr(0, 80));
    }
    result.quotes.push_back(std::move(quotes));
  }
  return result;
}

}  // namespace

int agree(AgreeOptions const& options) {
  auto const playbook = load_playbook(options.playbook);
  auto labels = read_all(options.truth);
  if (!playbook || !labels) {
    fmt::print(stderr, "{}\n", playbook ? labels.error().message : playbook.error().message);
    return exit_usage;
  }
  std::map<std::string, std::size_t> positions;
  std::vector<std::string> ids;
  for (playbook::Practice const& practice : (*playbook)->practices) {
    positions.emplace(practice.id, ids.size());
    ids.push_back(practice.id);
  }
  warn_of_unknown(*labels, ids);
  evaluation::Agreement agreement{ids};
  std::string differences;
  std::set<std::string> judged;
  Judge<Verdicts> judge{
      **playbook,
      [&](timeline::Timeline const& timeline, evaluation::Ledger const& ledger) { return verdicts_of(timeline, ledger, options.disagreements); },
      [&](Verdicts const& verdicts) {
        auto const labelled = labels->find(verdicts.id);
        if (labelled == labels->end()) return;
        judged.insert(verdicts.id);
        for (auto const& [practice, label] : labelled->second) {
          auto const position = positions.find(practice);
          if (position == positions.end()) continue;
          evaluation::Verdict const verdict = verdicts.verdicts[position->second];
          agreement.add(position->second, label, verdict);
          if (options.disagreements && label != verdict && label != evaluation::Verdict::not_assessed) {
            differences += fmt::format("{} {}: people say {}, Rapport says {}{}\n", verdicts.id, practice, evaluation::name(label),
                                       evaluation::name(verdict), verdicts.quotes[position->second]);
          }
        }
      }};
  int const status = judge.run(options.paths, options.jobs);
  if (status == exit_usage) return status;
  std::size_t unmatched = 0;
  for (auto const& [id, verdicts] : *labels) unmatched += judged.contains(id) ? 0U : 1U;
  if (unmatched != 0) fmt::print(stderr, "{} labelled interactions are not among those read\n", unmatched);
  if (!differences.empty()) print_out(differences + '\n');
  print_out(options.format == "json" ? evaluation::to_json(agreement) + "\n" : evaluation::to_text(agreement));
  return status;
}

}  // namespace rapport::app
