#include "signals/lexicon.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "signals/language.hpp"
#include "signals/lexicon_builder.hpp"
#include "signals/lexicon_impl.hpp"

namespace rapport::signals {

Lexicon::Lexicon(std::unique_ptr<Impl const> impl) : impl_(std::move(impl)) {}
Lexicon::~Lexicon() = default;

std::shared_ptr<Lexicon const> Lexicon::compile(Specs specs, std::vector<SpecError>& errors) {
  return compile(std::move(specs), errors, detector_kinds());
}

std::shared_ptr<Lexicon const> Lexicon::compile(Specs specs, std::vector<SpecError>& errors, std::vector<DetectorKind> const& kinds) {
  std::unique_ptr<Impl const> impl = LexiconBuilder{std::move(specs), kinds, errors}.build();
  if (impl == nullptr) return nullptr;
  return std::shared_ptr<Lexicon const>(new Lexicon(std::move(impl)));
}

std::size_t Lexicon::size() const { return impl_->signals.size(); }

std::optional<SignalId> Lexicon::find(std::string_view name) const { return impl_->find_signal(name); }

Spec const& Lexicon::spec(SignalId signal) const {
  RAPPORT_ASSERT(signal < size());
  return impl_->specs.signals[signal];
}

domain::SourceSet Lexicon::needs(SignalId signal) const {
  RAPPORT_ASSERT(signal < size());
  return impl_->signals[signal].needs;
}

bool Lexicon::readable_in(SignalId signal, std::string_view language) const {
  RAPPORT_ASSERT(signal < size());
  CompiledSignal const& compiled = impl_->signals[signal];
  return !compiled.has_words || compiled.any_language || std::ranges::binary_search(compiled.languages, base_language(language));
}

std::size_t Lexicon::phrase_count() const { return impl_->phrase_count; }

std::vector<Lexicon::DetectorInfo> const& Lexicon::detectors() {
  static std::vector<DetectorInfo> const infos = [] {
    std::vector<DetectorInfo> all;
    for (DetectorKind const& kind : detector_kinds()) {
      all.push_back({kind.name, kind.meaning, kind.parameters, kind.needs, kind.measure});
    }
    return all;
  }();
  return infos;
}

std::optional<std::uint32_t> Lexicon::Impl::find_class(std::string_view name) const {
  auto const found = std::ranges::lower_bound(class_names, name);
  if (found == class_names.end() || *found != name) return std::nullopt;
  return static_cast<std::uint32_t>(found - class_names.begin());
}

bool Lexicon::Impl::in_class(Token const& token, std::uint32_t class_id) const {
  RAPPORT_ASSERT(class_id < class_members.size());
  return class_members[class_id][token.word];
}

std::optional<SignalId> Lexicon::Impl::find_signal(std::string_view name) const {
  auto const found = ids.find(name);
  if (found == ids.end()) return std::nullopt;
  return found->second;
}

LanguagePlan const& Lexicon::Impl::plan_for(std::string_view tag) const {
  std::string const language = base_language(tag);
  auto const found = std::ranges::lower_bound(plans, language, {}, &LanguagePlan::language);
  return found != plans.end() && found->language == language ? *found : other_language;
}

}  // namespace rapport::signals
