#include "playbook/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "base/nearest.hpp"
#include "playbook/explain_words.hpp"
#include "playbook/quantity.hpp"
#include "playbook/source.hpp"

namespace rapport::playbook {
namespace {

/// Writes the explanation of one practice, paragraph by paragraph.
class PracticeText {
 public:
  PracticeText(Practice const& practice, Playbook const& playbook) : practice_(practice), playbook_(playbook) {}

  std::string write() {
    text_ = fmt::format("{}\n", practice_.id) + wrapped(practice_.say + ".", 0);
    if (!practice_.why.empty()) text_ += wrapped(practice_.why, 0);
    judged();
    if (!practice_.patterns.empty()) {
      signals();
      verdicts();
    }
    accuracy();
    weight();
    help();
    return text_;
  }

 private:
  void heading(std::string_view title) { text_ += fmt::format("\n{}\n", title); }
  void paragraph(std::string const& text) { text_ += wrapped(text, 2); }

  void judged() {
    heading("What is judged");
    if (!practice_.on) paragraph("This practice is off: it is listed, not judged.");
    if (practice_.patterns.empty()) {
      paragraph(fmt::format("Nothing, by rule: {}. Its verdict is always \"not assessed\".", practice_.not_assessed_why));
      return;
    }
    bool const several = practice_.patterns.size() > 1;
    if (several) paragraph("All of these together; every one that goes wrong counts:");
    std::size_t number = 0;
    for (Pattern const& pattern : practice_.patterns) {
      std::string const frame = described_frame(pattern, playbook_);
      std::string const mark = several ? fmt::format("{}. ", ++number) : std::string();
      paragraph(fmt::format("{}{}{}{}", mark, described_pattern(pattern, playbook_), frame.empty() ? "" : " ", frame));
    }
  }

  /// Every signal that the patterns name, once, in the order of naming.
  std::vector<SignalId> named() const {
    std::vector<SignalId> all;
    auto const add = [&](SignalId signal) {
      bool const known = signal == signals::no_signal || std::find(all.begin(), all.end(), signal) != all.end();
      if (!known) all.push_back(signal);
    };
    for (Pattern const& pattern : practice_.patterns) {
      add(pattern.trigger);
      add(pattern.signal);
      add(pattern.scope.opens);
      add(pattern.scope.closes);
      for (SignalId const signal : pattern.void_if) add(signal);
      for (Condition const& condition : pattern.when) add(condition.signal);
    }
    return all;
  }

  void signals() {
    heading("How it is recognised");
    for (SignalId const signal : named()) {
      signals::Spec const& spec = playbook_.lexicon->spec(signal);
      paragraph(fmt::format("{}: {}.", spec.name, spec.meaning));
      text_ += wrapped(described_signal(spec, playbook_), 4);
    }
  }

  void verdicts() {
    heading("Verdicts");
    paragraph("Met if every occasion went well, missed if any did not; the score takes the share that went well.");
    std::vector<std::string> absences;
    for (Pattern const& pattern : practice_.patterns) {
      std::string absence = described_absence(pattern, playbook_);
      if (std::find(absences.begin(), absences.end(), absence) == absences.end()) absences.push_back(std::move(absence));
    }
    bool const conditions = std::any_of(practice_.patterns.begin(), practice_.patterns.end(), [](Pattern const& one) { return !one.when.empty(); });
    paragraph(fmt::format("Not applicable where {}{}.", joined(absences, "and"), conditions ? ", or its conditions do not hold" : ""));
    sources();
  }

  void sources() {
    domain::SourceSet needs;
    std::set<std::string> languages;
    for (Pattern const& pattern : practice_.patterns) {
      for (SignalId const signal : {pattern.trigger, pattern.signal}) {
        if (signal == signals::no_signal) continue;
        needs.add(playbook_.lexicon->needs(signal));
        for (std::string const& language : languages_of(playbook_.lexicon->spec(signal), playbook_)) languages.insert(language_name(language));
      }
    }
    std::vector<std::string> from;
    for (std::size_t source = 0; source < domain::source_count; ++source) {
      if (needs.has(static_cast<domain::Source>(source))) from.push_back(described(static_cast<domain::Source>(source)));
    }
    if (from.empty()) return;
    std::string const readable = joined({languages.begin(), languages.end()}, "and");
    paragraph(fmt::format("Not assessed where this was not recorded and is needed to tell: {}{}.", joined(from, "or"),
                          readable.empty() ? "" : fmt::format("; or where the words are in another language than {}", readable)));
  }

  void weight() {
    heading("Weight");
    std::vector<std::string> channels;
    for (auto const& [channel, weight] : practice_.channel_weight) channels.push_back(fmt::format("{} by {}", weight, domain::name(channel)));
    std::string_view const seen = practice_.visibility == Visibility::agent  ? "the agent alone"
                                  : practice_.visibility == Visibility::team ? "the agent and the team's leads"
                                                                             : "everyone";
    std::string_view const transfer = practice_.on_transfer == OnTransfer::drop      ? "what is still open is dropped"
                                      : practice_.on_transfer == OnTransfer::inherit ? "the next agent takes over what is still open"
                                                                                     : "what is still open stays with the first agent";
    paragraph(fmt::format("{}{}{}. Shown to {}. After a transfer {}.", practice_.weight, channels.empty() ? "" : "; " + joined(channels, "and"),
                          practice_.critical ? "; critical" : "", seen, transfer));
  }

  void accuracy() {
    if (practice_.accuracy.empty()) return;
    heading("How sure");
    paragraph(practice_.accuracy);
  }

  void help() {
    if (!practice_.cue && practice_.coach.empty() && practice_.seeds.empty()) return;
    heading("Help");
    if (practice_.cue) {
      std::string const at = practice_.cue->at_ms ? write_millis(*practice_.cue->at_ms) + " after the occasion opened" : "while the occasion is open";
      paragraph(fmt::format("Cue, {}: \"{}\"", at, practice_.cue->text));
    }
    if (!practice_.coach.empty()) paragraph(fmt::format("Coaching tip: {}", practice_.coach));
    if (!practice_.seeds.empty()) {
      std::vector<std::string> numbers;
      for (int const seed : practice_.seeds) numbers.push_back(std::to_string(seed));
      paragraph(fmt::format("From {} {}.", numbers.size() == 1 ? "source" : "sources", joined(numbers, "and")));
    }
  }

  Practice const& practice_;
  Playbook const& playbook_;
  std::string text_;
};

std::string explain_signal(signals::Spec const& spec, Playbook const& playbook) {
  std::string text = fmt::format("{}\n", spec.name) + wrapped(capitalised(spec.meaning) + ".", 0);
  text += "\nHow it is recognised\n" + wrapped(described_signal(spec, playbook), 2);
  std::vector<std::string> used;
  auto const id = playbook.lexicon->find(spec.name);
  for (Practice const& practice : playbook.practices) {
    bool const uses = std::any_of(practice.patterns.begin(), practice.patterns.end(), [&](Pattern const& one) { return one.signal == id || one.trigger == id; });
    if (uses) used.push_back(practice.id);
  }
  text += "\nUsed by\n" + wrapped(used.empty() ? "No practice directly." : joined(used, "and") + ".", 2);
  return text;
}

}  // namespace

base::Result<std::string> explain(Playbook const& playbook, std::string_view id) {
  auto const practice = std::find_if(playbook.practices.begin(), playbook.practices.end(), [&](Practice const& one) { return one.id == id; });
  if (practice != playbook.practices.end()) return PracticeText(*practice, playbook).write();
  if (auto const signal = playbook.lexicon->find(id)) return explain_signal(playbook.lexicon->spec(*signal), playbook);
  std::vector<std::string_view> names;
  for (Practice const& one : playbook.practices) names.push_back(one.id);
  for (SignalId signal = 0; signal < playbook.lexicon->size(); ++signal) names.push_back(playbook.lexicon->spec(signal).name);
  auto const near = base::nearest(id, names);
  return base::Error{fmt::format("{} is neither a practice nor a signal of the playbook \"{}\"{}", in_quotes(id), playbook.name,
                                 near ? fmt::format("; did you mean \"{}\"?", *near) : "")};
}

}  // namespace rapport::playbook
