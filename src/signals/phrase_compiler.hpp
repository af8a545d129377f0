#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/words.hpp"
#include "signals/lexicon.hpp"
#include "signals/phrase_program.hpp"
#include "signals/spec.hpp"
#include "signals/word_classes.hpp"
#include "signals/word_table.hpp"

namespace rapport::signals {

/// What is searched in the words of one language: for each role the phrases that it may say.
struct LanguagePhrases {
  std::string language;
  std::array<std::int32_t, domain::role_count> program_of{};  ///< index into PhrasePrograms::programs
};

struct PhrasePrograms {
  std::vector<PhraseProgram> programs;
  std::vector<LanguagePhrases> languages;  ///< sorted by language
  std::size_t phrase_count = 0;            ///< readings, those of `but not` included
};

/// From the phrases of all signals to programs. First `read`, then, with the vocabulary complete,
/// `compile`. Mistakes go to `errors`, one for each phrase.
class PhraseCompiler {
 public:
  PhraseCompiler(std::vector<Spec> const& signals, WordClasses& classes, WordTable& words, std::vector<SpecError>& errors)
      : signals_(signals), classes_(classes), words_(words), errors_(errors) {}

  void read();
  PhrasePrograms compile() const;

 private:
  struct Rule {
    SignalId signal = no_signal;
    bool cancels = false;
    std::string language;
    Chain chain;
  };

  void read_list(SignalId signal, std::vector<std::string> const& phrases, bool cancels, std::string const& language);
  std::vector<PhraseRule> rules_for(std::string const& language, domain::Role role) const;

  std::vector<Spec> const& signals_;
  WordClasses& classes_;
  WordTable& words_;
  std::vector<SpecError>& errors_;
  std::vector<Rule> rules_;
};

/// The roles of `speakers` as bits; all where there are none.
unsigned speaker_bits(Speakers const& speakers);

}  // namespace rapport::signals
