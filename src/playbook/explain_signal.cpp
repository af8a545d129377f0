#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "playbook/explain_words.hpp"
#include "playbook/phrase_example.hpp"
#include "playbook/quantity.hpp"
#include "signals/detector.hpp"

namespace rapport::playbook {
namespace {

using signals::Filter;
using signals::Spec;

constexpr std::size_t examples_shown = 3;

std::string speakers(signals::Speakers const& by) {
  std::vector<std::string> who;
  for (domain::Role const role : by) who.push_back(fmt::format("the {}", domain::name(role)));
  return who.empty() ? "anyone" : joined(who, "or");
}

std::string quoted(std::vector<std::string> const& texts) {
  std::vector<std::string> shown;
  for (std::string const& text : texts) shown.push_back(fmt::format("\"{}\"", text));
  return joined(shown, "or");
}

void add_phrases(Spec const& spec, Playbook const& playbook, std::vector<std::string>& sentences) {
  for (signals::PhraseList const& list : spec.phrases) {
    std::string const language = language_name(list.language);
    std::string const examples = quoted(phrase_examples(list.phrases, playbook.classes, examples_shown));
    sentences.push_back(fmt::format("Heard in what {} says or writes in {}, such as {} ({}).", speakers(spec.by), language, examples,
                                    counted(static_cast<std::int64_t>(list.phrases.size()), "phrase")));
    std::string const not_in = quoted(phrase_examples(list.but_not, playbook.classes, examples_shown));
    if (!not_in.empty()) sentences.push_back(fmt::format("Not where it is part of {}.", not_in));
  }
}

std::string described_test(signals::FieldTest const& test) {
  std::string const field = test.group.empty() ? test.field : test.group + "/" + test.field;
  if (test.values.empty()) return fmt::format("{} {} given", field, test.negated ? "is not" : "is");
  return fmt::format("{} {} {}", field, test.negated ? "is not" : "is", joined(test.values, "or"));
}

void add_events(Spec const& spec, std::vector<std::string>& sentences) {
  std::vector<std::string> events;
  for (signals::EventSource const& source : spec.events) {
    std::string event = fmt::format("{} \"{}\"", source.at_end ? "the end of" : "the event", domain::name(source.kind));
    std::vector<std::string> tests;
    for (signals::FieldTest const& test : source.where) tests.push_back(described_test(test));
    if (!tests.empty()) event += fmt::format(" where {}", joined(tests, "and"));
    events.push_back(std::move(event));
  }
  if (!events.empty()) sentences.push_back(fmt::format("Read from {}{}.", joined(events, "or"), spec.by.empty() ? "" : " by " + speakers(spec.by)));
}

void add_detectors(Spec const& spec, std::vector<std::string>& sentences) {
  auto const& kinds = signals::Lexicon::detectors();
  for (signals::DetectorSource const& source : spec.detectors) {
    auto const kind = std::find_if(kinds.begin(), kinds.end(), [&](auto const& one) { return one.name == source.name; });
    if (kind == kinds.end()) continue;
    std::vector<std::string> settings;
    for (auto const& [name, value] : source.parameters) settings.push_back(fmt::format("{} {}", name, value));
    sentences.push_back(fmt::format("Found by the built-in detector \"{}\"{}: {}.", source.name, settings.empty() ? "" : " (" + joined(settings, "and") + ")",
                                    kind->meaning));
  }
}

std::string described_filter(Filter const& filter) {
  std::string const names = joined(filter.signals, "or");
  std::string_view const only = filter.negated ? "Not" : "Only";
  switch (filter.kind) {
    case Filter::Kind::with: {
      std::string_view const where = filter.reach == signals::Reach::sentence ? "sentence" : filter.reach == signals::Reach::turn ? "turn"
                                                                                                                                  : "utterance or message";
      return fmt::format("{} together with {} in the same {}.", only, names, where);
    }
    case Filter::Kind::after: {
      std::string const bound = filter.within_ms ? fmt::format(" within {}", write_millis(*filter.within_ms))
                                : filter.turns   ? fmt::format(" within {} of the speaker", counted(*filter.turns, "turn"))
                                                 : std::string();
      return fmt::format("{} after {}{}.", only, names, bound);
    }
    case Filter::Kind::in_turns:
      return fmt::format("{} in the speaker's first {}.", only, counted(filter.turns.value_or(0), "turn"));
    case Filter::Kind::question:
      return fmt::format("{} in a sentence that asks.", only);
    case Filter::Kind::word_count:
      if (filter.high >= 1'000'000) return fmt::format("Only where at least {} are said or written.", counted(filter.low, "word"));
      if (filter.low == 0) return fmt::format("Only where at most {} are said or written.", counted(filter.high, "word"));
      return fmt::format("Only where {} to {} are said or written.", filter.low, counted(filter.high, "word"));
    case Filter::Kind::channel:
      return fmt::format("{} by {}.", only, names);
    case Filter::Kind::reply_to:
      return fmt::format("{} in reply to {}.", only, names);
  }
  return {};
}

void collect_languages(Spec const& spec, Playbook const& playbook, std::set<std::string>& seen, std::set<std::string>& languages) {
  if (!seen.insert(spec.name).second) return;
  for (signals::PhraseList const& list : spec.phrases) languages.insert(list.language);
  for (signals::DetectorSource const& source : spec.detectors) {
    for (signals::DetectorKind const& kind : signals::detector_kinds()) {
      if (kind.name == source.name) languages.insert(kind.languages.begin(), kind.languages.end());
    }
  }
  for (std::string const& other : spec.any) {
    if (auto const id = playbook.lexicon->find(other)) collect_languages(playbook.lexicon->spec(*id), playbook, seen, languages);
  }
}

}  // namespace

std::string described_signal(Spec const& spec, Playbook const& playbook) {
  std::vector<std::string> sentences;
  add_phrases(spec, playbook, sentences);
  add_events(spec, sentences);
  add_detectors(spec, sentences);
  std::vector<std::string> others;
  for (std::string const& other : spec.any) {
    auto const id = playbook.lexicon->find(other);
    others.push_back(id ? fmt::format("{} ({})", other, playbook.lexicon->spec(*id).meaning) : other);
  }
  if (!others.empty()) sentences.push_back(fmt::format("Holds wherever {} does.", joined(others, "or")));
  for (Filter const& filter : spec.filters) sentences.push_back(described_filter(filter));
  std::string text;
  for (std::string const& sentence : sentences) text += (text.empty() ? "" : " ") + sentence;
  return text;
}

std::vector<std::string> languages_of(Spec const& spec, Playbook const& playbook) {
  std::set<std::string> seen;
  std::set<std::string> languages;
  collect_languages(spec, playbook, seen, languages);
  return {languages.begin(), languages.end()};
}

}  // namespace rapport::playbook
