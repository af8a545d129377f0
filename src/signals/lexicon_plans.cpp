#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

#include "base/assert.hpp"
#include "signals/language.hpp"
#include "signals/lexicon_builder.hpp"
#include "signals/model/shipped.hpp"
#include "signals/signal_order.hpp"
#include "signals/word_classes.hpp"

/// The later steps of building a lexicon: what is derived once all names are resolved.
namespace rapport::signals {
namespace {

void add(RankSet& set, std::uint32_t rank) { set[rank / 64] |= std::uint64_t{1} << rank % 64; }

void sort_and_unite(std::vector<std::string>& names) {
  std::ranges::sort(names);
  auto const repeats = std::ranges::unique(names);
  names.erase(repeats.begin(), repeats.end());
}

}  // namespace

void LexiconBuilder::order() {
  std::vector<bool> has_detector;
  for (Spec const& spec : impl_->specs.signals) has_detector.push_back(!spec.detectors.empty());
  SignalOrder order = order_signals(depends_on_, has_detector);
  for (std::vector<SignalId> const& cycle : order.cycles) {
    std::string path;
    for (SignalId const signal : cycle) path += fmt::format("\"{}\" → ", impl_->specs.signals[signal].name);
    std::string const& first = impl_->specs.signals[cycle.front()].name;
    tell(cycle.front(), fmt::format("\"{}\" rests on itself: {}\"{}\"", first, path, first));
  }
  impl_->by_rank = std::move(order.order);
  for (std::uint32_t rank = 0; rank < impl_->by_rank.size(); ++rank) impl_->signals[impl_->by_rank[rank]].rank = rank;
}

/// What all sources need, and what the signals need that a filter wants to have fired.
void LexiconBuilder::derive_needs() {
  for (SignalId const signal : impl_->by_rank) {
    Spec const& spec = impl_->specs.signals[signal];
    domain::SourceSet needs;
    if (!spec.phrases.empty()) needs.add(domain::Source::words);
    for (EventSource const& source : spec.events) needs.add(domain::source_of(source.kind));
    for (DetectorSource const& source : spec.detectors) needs.add(kind_named(source.name)->needs);
    for (std::string const& member : spec.any) needs.add(impl_->signals[impl_->ids.at(member)].needs);
    for (FilterRule const& filter : impl_->signals[signal].filters) {
      for (FilterRule::Subject const& subject : filter.subjects) {
        if (!filter.negated) needs.add(impl_->signals[subject.signal].needs);
      }
    }
    impl_->signals[signal].needs = spec.needs.value_or(needs);
  }
}

/// In which languages any source of words of the signal can be read.
void LexiconBuilder::derive_languages() {
  for (SignalId const signal : impl_->by_rank) {
    Spec const& spec = impl_->specs.signals[signal];
    CompiledSignal& compiled = impl_->signals[signal];
    for (PhraseList const& list : spec.phrases) {
      compiled.has_words = true;
      if (!list.phrases.empty()) compiled.languages.push_back(base_language(list.language));
    }
    for (DetectorSource const& source : spec.detectors) {
      DetectorKind const& kind = *kind_named(source.name);
      if (!kind.needs.has(domain::Source::words)) continue;
      compiled.has_words = true;
      compiled.any_language = compiled.any_language || kind.languages.empty();
      for (std::string_view const language : kind.languages) compiled.languages.push_back(base_language(language));
    }
    for (std::string const& name : spec.any) {
      CompiledSignal const& member = impl_->signals[impl_->ids.at(name)];
      compiled.has_words = compiled.has_words || member.has_words;
      compiled.any_language = compiled.any_language || (member.has_words && member.any_language);
      compiled.languages.insert(compiled.languages.end(), member.languages.begin(), member.languages.end());
    }
    sort_and_unite(compiled.languages);
  }
}

/// Classes and phrases: fills the vocabulary, then compiles the programs.
void LexiconBuilder::read_words() {
  WordClasses classes{impl_->specs.classes, impl_->words, errors_};
  PhraseCompiler phrases{impl_->specs.signals, classes, impl_->words, errors_};
  phrases.read();
  impl_->class_members = classes.members();
  impl_->class_names.assign(classes.names().begin(), classes.names().end());
  if (errors_.size() != errors_before_) return;
  PhrasePrograms compiled = phrases.compile();
  impl_->programs = std::move(compiled.programs);
  impl_->phrase_count = compiled.phrase_count;
  phrase_languages_ = std::move(compiled.languages);
}

void LexiconBuilder::make_detectors() {
  for (SignalId const signal : impl_->by_rank) {
    for (DetectorSource const& source : impl_->specs.signals[signal].detectors) {
      DetectorKind const& kind = *kind_named(source.name);
      base::Result<std::unique_ptr<Detector>> made = kind.make(Parameters{source.parameters}, *impl_);
      if (!made) {
        tell(signal, fmt::format("the detector \"{}\": {}", kind.name, made.error().message));
        continue;
      }
      bool const remembers = (*made)->remembers();
      RAPPORT_ASSERT(remembers || !(*made)->watches_time());
      if ((*made)->watches_time()) impl_->time_watchers.push_back(static_cast<std::uint32_t>(impl_->detectors.size()));
      Attention attention = (*made)->attention();
      impl_->tally = impl_->tally || attention.tally;
      CompiledDetector detector{signal, std::move(*made), remembers, std::move(attention), {}};
      for (std::string_view const language : kind.languages) detector.languages.push_back(base_language(language));
      impl_->detectors.push_back(std::move(detector));
    }
  }
}

/// A firing makes those detectors be asked that wait for it.
void LexiconBuilder::wake() {
  for (CompiledDetector const& detector : impl_->detectors) {
    for (SignalId const signal : detector.attention.signals) {
      if (signal != no_signal) impl_->signals[signal].wakes.push_back(impl_->signals[detector.signal].rank);
    }
  }
}

/// The events for which a set of listeners is drawn up.
struct LexiconBuilder::Audience {
  std::optional<std::string_view> language;  ///< of the words; none: no words, all detectors can read them
  std::size_t role = domain::role_count;     ///< whose words; role_count: nobody's
  std::uint64_t kinds = 0;                   ///< of the events, as bits

  bool reads(CompiledDetector const& detector) const {
    return !language || detector.languages.empty() || std::ranges::find(detector.languages, *language) != detector.languages.end();
  }
  bool heeds(Attention const& attention) const {
    return (attention.kinds & kinds) != 0 || (role < domain::role_count && (attention.speakers >> role & 1U) != 0);
  }
};

void LexiconBuilder::let_listen(Listeners& listeners, Audience const& audience) const {
  listeners.begins.assign(impl_->signals.size() + 1, 0);
  listeners.ranks.assign((impl_->signals.size() + 63) / 64, 0);
  for (std::size_t index = 0; index < impl_->detectors.size(); ++index) {
    CompiledDetector const& detector = impl_->detectors[index];
    if (!audience.reads(detector)) continue;
    CompiledSignal const& signal = impl_->signals[detector.signal];
    bool const may_emit = audience.role == domain::role_count || (signal.speakers >> audience.role & 1U) != 0;
    if (!may_emit && !detector.remembers) continue;
    listeners.detectors.push_back(static_cast<std::uint32_t>(index));  // which are in the order of ranks
    ++listeners.begins[signal.rank + std::size_t{1}];
    if (audience.heeds(detector.attention) && !detector.prototype->prompt()) add(listeners.ranks, signal.rank);
  }
  std::partial_sum(listeners.begins.begin(), listeners.begins.end(), listeners.begins.begin());
}

void LexiconBuilder::let_read(LanguagePlan& plan) const {
  constexpr std::uint64_t with_words = Attention::kinds_of({domain::EventKind::utterance, domain::EventKind::message});
  for (std::size_t role = 0; role < plan.listeners.size(); ++role) let_listen(plan.listeners[role], {plan.language, role, with_words});
  for (CompiledDetector const& detector : impl_->detectors) {
    std::optional<LabelPrompt> const prompt = detector.prototype->prompt();
    if (!prompt || !Audience{plan.language}.reads(detector)) continue;
    let_prompt(plan.prompts[static_cast<std::size_t>(prompt->role)], *prompt, impl_->signals[detector.signal].rank);
  }
}

void LexiconBuilder::let_prompt(LabelPrompts& prompts, LabelPrompt const& prompt, std::uint32_t rank) {
  std::size_t const labels = model::shipped_model().labels(prompt.role).size();
  constexpr std::int32_t never = std::numeric_limits<std::int32_t>::max();
  prompts.least.resize(labels, never);
  prompts.ranks.resize(labels);
  std::int32_t& least = prompts.least[prompt.label];
  least = static_cast<std::int32_t>(std::min<std::int64_t>(least, prompt.score));
  prompts.ranks[prompt.label].push_back(rank);
}

void LexiconBuilder::make_plans(std::vector<LanguagePhrases> const& languages) {
  for (std::size_t kind = 0; kind < impl_->without_words.size(); ++kind) {
    let_listen(impl_->without_words[kind], {std::nullopt, domain::role_count, std::uint64_t{1} << kind});
  }
  let_read(impl_->other_language);
  std::vector<std::string> names;
  for (LanguagePhrases const& each : languages) names.push_back(each.language);
  for (CompiledDetector const& detector : impl_->detectors) {
    names.insert(names.end(), detector.languages.begin(), detector.languages.end());
  }
  sort_and_unite(names);
  for (std::string const& name : names) {
    LanguagePlan plan;
    plan.language = name;
    let_read(plan);
    auto const phrases = std::ranges::find(languages, name, &LanguagePhrases::language);
    if (phrases != languages.end()) plan.program_of = phrases->program_of;
    impl_->plans.push_back(std::move(plan));
  }
}

}  // namespace rapport::signals
