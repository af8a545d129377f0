#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "signals/detector.hpp"
#include "signals/lexicon_impl.hpp"

namespace rapport::signals {

/// Makes a lexicon of a playbook's specs, step by step; each step tells all mistakes it finds.
class LexiconBuilder {
 public:
  LexiconBuilder(Specs specs, std::vector<DetectorKind> const& kinds, std::vector<SpecError>& errors);

  /// Null if there was any mistake.
  std::unique_ptr<Lexicon::Impl const> build();

 private:
  // lexicon_builder.cpp
  void name_signals();
  void resolve_signals();
  void resolve_filters(SignalId signal);
  void resolve_any(SignalId signal);
  void resolve_events(SignalId signal);
  void resolve_detectors(SignalId signal);
  void check_parameters(SignalId signal, DetectorSource const& source, DetectorKind const& kind);
  void depend_on_signs(SignalId signal, std::string const& weights);
  std::optional<SignalId> resolve(SignalId user, std::string_view name);
  std::uint32_t slot_of(SignalId signal);
  void depend(SignalId signal, SignalId on) { depends_on_[signal].push_back(on); }
  void tell(SignalId signal, std::string message);

  // lexicon_plans.cpp
  void order();
  void derive_needs();
  void derive_languages();
  void read_words();
  void make_detectors();
  void wake();
  void let_read(LanguagePlan& plan) const;
  struct Audience;
  void let_listen(Listeners& listeners, Audience const& audience) const;
  static void let_prompt(LabelPrompts& prompts, LabelPrompt const& prompt, std::uint32_t rank);
  void make_plans(std::vector<LanguagePhrases> const& languages);
  DetectorKind const* kind_named(std::string_view name) const;

  std::unique_ptr<Lexicon::Impl> impl_;
  std::vector<DetectorKind> const& kinds_;
  std::vector<SpecError>& errors_;
  std::size_t errors_before_;
  std::vector<std::vector<SignalId>> depends_on_;  ///< by signal
  std::vector<LanguagePhrases> phrase_languages_;
};

}  // namespace rapport::signals
