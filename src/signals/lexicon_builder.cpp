#include "signals/lexicon_builder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.hpp"
#include "base/nearest.hpp"
#include "signals/detectors/weighing.hpp"

namespace rapport::signals {
namespace {

std::string did_you_mean(std::string_view name, std::vector<std::string_view> const& names) {
  auto const near = base::nearest(name, names);
  return near ? fmt::format("; did you mean \"{}\"?", *near) : "";
}

}  // namespace

LexiconBuilder::LexiconBuilder(Specs specs, std::vector<DetectorKind> const& kinds, std::vector<SpecError>& errors)
    : impl_(std::make_unique<Lexicon::Impl>()), kinds_(kinds), errors_(errors), errors_before_(errors.size()) {
  impl_->specs = std::move(specs);
}

std::unique_ptr<Lexicon::Impl const> LexiconBuilder::build() {
  if (impl_->specs.signals.size() > limits::signals_max) {
    errors_.push_back({"", 0, fmt::format("the playbook has {} signals, at most {} (signals_max)", impl_->specs.signals.size(), limits::signals_max)});
    return nullptr;
  }
  name_signals();
  resolve_signals();
  read_words();
  if (errors_.size() == errors_before_) order();
  if (errors_.size() != errors_before_) return nullptr;
  derive_needs();
  derive_languages();
  make_detectors();
  wake();
  make_plans(phrase_languages_);
  if (errors_.size() != errors_before_) return nullptr;
  return std::move(impl_);
}

void LexiconBuilder::tell(SignalId signal, std::string message) {
  Spec const& spec = impl_->specs.signals[signal];
  errors_.push_back({spec.file, spec.line, std::move(message)});
}

void LexiconBuilder::name_signals() {
  auto const& signals = impl_->specs.signals;
  for (std::size_t signal = 0; signal < signals.size(); ++signal) {
    auto const [found, inserted] = impl_->ids.try_emplace(signals[signal].name, static_cast<SignalId>(signal));
    if (inserted) continue;
    Spec const& first = signals[found->second];
    tell(static_cast<SignalId>(signal), fmt::format("\"{}\" is defined twice, first at {}:{}", first.name, first.file, first.line));
  }
  impl_->signals.resize(signals.size());
  depends_on_.resize(signals.size());
}

std::optional<SignalId> LexiconBuilder::resolve(SignalId user, std::string_view name) {
  if (auto const found = impl_->find_signal(name)) return found;
  std::vector<std::string_view> names;
  for (auto const& [known, id] : impl_->ids) names.push_back(known);
  tell(user, fmt::format("\"{}\" is no signal{}", name, did_you_mean(name, names)));
  return std::nullopt;
}

std::uint32_t LexiconBuilder::slot_of(SignalId signal) {
  std::int32_t& slot = impl_->signals[signal].slot;
  if (slot < 0) slot = static_cast<std::int32_t>(impl_->slots++);
  return static_cast<std::uint32_t>(slot);
}

void LexiconBuilder::resolve_signals() {
  for (std::size_t index = 0; index < impl_->signals.size(); ++index) {
    auto const signal = static_cast<SignalId>(index);
    Spec const& spec = impl_->specs.signals[index];
    impl_->signals[index].speakers = speaker_bits(spec.by);
    if (spec.phrases.empty() && spec.events.empty() && spec.detectors.empty() && spec.any.empty()) {
      tell(signal, fmt::format("\"{}\" has nothing to fire on, expected phrases, events, a detector or any", spec.name));
    }
    resolve_filters(signal);
    resolve_any(signal);
    resolve_events(signal);
    resolve_detectors(signal);
  }
}

void LexiconBuilder::resolve_filters(SignalId signal) {
  for (Filter const& filter : impl_->specs.signals[signal].filters) {
    FilterRule rule;
    rule.kind = filter.kind;
    rule.negated = filter.negated;
    rule.reach = filter.reach;
    rule.within_ms = filter.within_ms;
    rule.turns = filter.turns;
    rule.low = filter.low;
    rule.high = filter.high;
    for (std::string const& name : filter.signals) {
      if (filter.kind == Filter::Kind::channel) {
        auto const channel = domain::parse_channel(name);
        if (!channel) tell(signal, fmt::format("\"{}\" is no channel, expected voice, chat, email or message", name));
        if (channel) rule.channels |= 1U << static_cast<unsigned>(*channel);
        continue;
      }
      auto const subject = resolve(signal, name);
      if (!subject) continue;
      bool const past = filter.kind != Filter::Kind::with || filter.reach == Reach::turn;
      rule.subjects.push_back({*subject, past ? slot_of(*subject) : 0});
      // Its own earlier firings and the other side's last turn are decided already.
      bool const decided = filter.kind == Filter::Kind::reply_to || (filter.kind == Filter::Kind::after && *subject == signal);
      if (!decided) depend(signal, *subject);
    }
    impl_->signals[signal].filters.push_back(std::move(rule));
  }
}

void LexiconBuilder::resolve_any(SignalId signal) {
  for (std::string const& name : impl_->specs.signals[signal].any) {
    auto const member = resolve(signal, name);
    if (!member) continue;
    impl_->signals[*member].passes_to.push_back(signal);
    depend(signal, *member);
  }
}

void LexiconBuilder::resolve_events(SignalId signal) {
  for (EventSource const& source : impl_->specs.signals[signal].events) {
    impl_->event_rules[static_cast<std::size_t>(source.kind)].emplace_back(signal, source);
  }
}

DetectorKind const* LexiconBuilder::kind_named(std::string_view name) const {
  auto const found = std::ranges::find(kinds_, name, &DetectorKind::name);
  return found == kinds_.end() ? nullptr : &*found;
}

void LexiconBuilder::resolve_detectors(SignalId signal) {
  for (DetectorSource const& source : impl_->specs.signals[signal].detectors) {
    if (DetectorKind const* const kind = kind_named(source.name)) {
      check_parameters(signal, source, *kind);
      continue;
    }
    std::vector<std::string_view> names;
    for (DetectorKind const& each : kinds_) names.push_back(each.name);
    tell(signal, fmt::format("\"{}\" is no detector{}", source.name, did_you_mean(source.name, names)));
  }
}

void LexiconBuilder::check_parameters(SignalId signal, DetectorSource const& source, DetectorKind const& kind) {
  for (auto const& [name, value] : source.parameters) {
    if (std::ranges::find(kind.parameters, name) == kind.parameters.end()) {
      tell(signal, fmt::format("the detector \"{}\" has no parameter \"{}\"{}", kind.name, name, did_you_mean(name, kind.parameters)));
    } else if (std::ranges::find(kind.signal_parameters, name) != kind.signal_parameters.end()) {
      if (auto const other = resolve(signal, value)) depend(signal, *other);
    } else if (std::ranges::find(kind.weight_parameters, name) != kind.weight_parameters.end()) {
      depend_on_signs(signal, value);
    }
  }
}

/// A mistake in the weights themselves is told where the detector is made.
void LexiconBuilder::depend_on_signs(SignalId signal, std::string const& weights) {
  auto const signs = parse_weights(weights);
  if (!signs) return;
  for (SignWeight const& sign : *signs) {
    if (auto const other = resolve(signal, sign.signal)) depend(signal, *other);
  }
}

}  // namespace rapport::signals
