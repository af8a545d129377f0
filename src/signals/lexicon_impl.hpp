#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "signals/detector.hpp"
#include "signals/event_rule.hpp"
#include "signals/filter_rule.hpp"
#include "signals/lexicon.hpp"
#include "signals/phrase_compiler.hpp"
#include "signals/tokeniser.hpp"
#include "signals/word_table.hpp"

namespace rapport::signals {

/// A set of ranks, one bit each.
using RankSet = std::vector<std::uint64_t>;

/// A signal with its names resolved.
struct CompiledSignal {
  unsigned speakers = 0;   ///< roles as bits
  std::uint32_t rank = 0;  ///< place in the order of decision
  std::int32_t slot = -1;  ///< in the reader's memory, where a filter asks for it
  std::vector<FilterRule> filters;
  std::vector<SignalId> passes_to;   ///< signals that list this one under `any`
  std::vector<std::uint32_t> wakes;  ///< ranks of signals with a detector that waits for this one
  domain::SourceSet needs;
  bool has_words = false;              ///< some source of it reads words
  bool any_language = false;           ///< … and one of them in every language
  std::vector<std::string> languages;  ///< … or in these, sorted
};

/// One use of a detector: what readers clone.
struct CompiledDetector {
  SignalId signal = no_signal;
  std::unique_ptr<Detector> prototype;
  bool remembers = true;               ///< as its prototype says
  Attention attention;                 ///< likewise
  std::vector<std::string> languages;  ///< it can read; empty for any
};

/// Who is asked about an event.
struct Listeners {
  std::vector<std::uint32_t> detectors;  ///< indices into Impl::detectors of those that may be asked, by rank of their signals
  std::vector<std::uint32_t> begins;     ///< by rank, where its detectors begin; one more at the end
  RankSet ranks;                         ///< signals with one that is asked whatever is said and fires

  std::span<std::uint32_t const> of_rank(std::size_t rank) const {
    return {detectors.data() + begins[rank], begins[rank + 1] - begins[rank]};
  }
};

/// The labels of one role that detectors wait for. Parallel to the role's labels, or empty where none does.
struct LabelPrompts {
  std::vector<std::int32_t> least;                ///< the score from which the first of them is asked
  std::vector<std::vector<std::uint32_t>> ranks;  ///< of their signals
};

/// What a reader does with events that carry words of one language, or none at all.
struct LanguagePlan {
  std::string language;
  /// By role, an index into Impl::programs; -1 where no phrases are.
  std::array<std::int32_t, domain::role_count> program_of{-1, -1, -1, -1};
  /// By the role whose words they are; the last, where they were none.
  std::array<Listeners, domain::role_count + 1> listeners;
  std::array<LabelPrompts, domain::role_count> prompts;
};

/// The compiled lexicon. Filled by LexiconBuilder, then immutable.
struct Lexicon::Impl final : Vocabulary {
  std::optional<std::uint32_t> find_class(std::string_view name) const override;
  bool in_class(Token const& token, std::uint32_t class_id) const override;
  std::optional<SignalId> find_signal(std::string_view name) const override;
  void tokenise(std::string_view text, Words& out) const override { Tokeniser{words}.tokenise(text, out); }
  std::vector<GlossaryEntry> const& glossary() const override { return specs.glossary; }
  std::vector<ScriptLine> const& lines() const override { return specs.lines; }

  /// The plan for words in the language of that tag.
  LanguagePlan const& plan_for(std::string_view tag) const;

  Specs specs;
  WordTable words;
  std::map<std::string, SignalId, std::less<>> ids;
  std::vector<std::string> class_names;          ///< sorted; the place is the id
  std::vector<std::vector<bool>> class_members;  ///< by class and word
  std::vector<CompiledSignal> signals;
  std::vector<SignalId> by_rank;
  std::array<std::vector<EventRule>, domain::event_kind_count> event_rules;
  std::vector<PhraseProgram> programs;
  std::size_t phrase_count = 0;
  std::vector<CompiledDetector> detectors;                        ///< in order of their signals' ranks
  std::vector<std::uint32_t> time_watchers;                       ///< indices of those that time alone moves
  std::vector<LanguagePlan> plans;                                ///< sorted by language
  LanguagePlan other_language;                                    ///< for words of all other languages
  LanguagePlan no_words;                                          ///< for events that carry no words: no phrases; who listens is in `without_words`
  std::array<Listeners, domain::event_kind_count> without_words;  ///< by kind of event, who is asked about them
  std::size_t slots = 0;                                          ///< of the reader's memory
  bool tally = false;                                             ///< a detector asks for the tally
};

}  // namespace rapport::signals
