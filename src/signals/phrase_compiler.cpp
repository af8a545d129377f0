#include "signals/phrase_compiler.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/limits.hpp"
#include "signals/language.hpp"
#include "signals/phrase_notation.hpp"

namespace rapport::signals {

unsigned speaker_bits(Speakers const& speakers) {
  unsigned bits = 0;
  for (domain::Role const role : speakers) bits |= 1U << static_cast<unsigned>(role);
  return bits == 0 ? (1U << domain::role_count) - 1 : bits;
}

void PhraseCompiler::read() {
  for (std::size_t signal = 0; signal < signals_.size(); ++signal) {
    for (PhraseList const& list : signals_[signal].phrases) {
      std::string const language = base_language(list.language);
      read_list(static_cast<SignalId>(signal), list.phrases, false, language);
      read_list(static_cast<SignalId>(signal), list.but_not, true, language);
    }
  }
  if (rules_.size() > limits::phrases_max) {
    errors_.push_back({"", 0, fmt::format("the playbook has {} phrases, at most {} (phrases_max)", rules_.size(), limits::phrases_max)});
  }
}

void PhraseCompiler::read_list(SignalId signal, std::vector<std::string> const& phrases, bool cancels, std::string const& language) {
  FindClass const find_class = [&](std::string_view name) { return classes_.find(name, language); };
  for (std::string const& phrase : phrases) {
    base::Result<Expression> const parsed = parse_phrase(phrase, words_, find_class);
    base::Result<std::vector<Chain>> chains = parsed ? chains_of(*parsed) : parsed.error();
    if (chains) {
      for (Chain& chain : *chains) rules_.push_back({signal, cancels, language, std::move(chain)});
    } else if (std::string const& message = chains.error().message; !message.empty()) {
      errors_.push_back({signals_[signal].file, signals_[signal].line, message, phrase});
    }
  }
}

std::vector<PhraseRule> PhraseCompiler::rules_for(std::string const& language, domain::Role role) const {
  std::vector<PhraseRule> rules;
  for (Rule const& rule : rules_) {
    bool const spoken = (speaker_bits(signals_[rule.signal].by) >> static_cast<unsigned>(role) & 1U) != 0;
    if (rule.language == language && spoken) rules.push_back({rule.signal, rule.cancels, &rule.chain});
  }
  return rules;
}

PhrasePrograms PhraseCompiler::compile() const {
  PhrasePrograms all;
  all.phrase_count = rules_.size();
  std::set<std::string> languages;
  for (Rule const& rule : rules_) languages.insert(rule.language);
  for (std::string const& language : languages) {
    LanguagePhrases phrases{language, {}};
    std::map<std::vector<Chain const*>, std::int32_t> compiled;  // roles with the same phrases share
    for (std::size_t role = 0; role < domain::role_count; ++role) {
      std::vector<PhraseRule> const rules = rules_for(language, static_cast<domain::Role>(role));
      std::vector<Chain const*> key;
      std::ranges::transform(rules, std::back_inserter(key), &PhraseRule::chain);
      auto const [found, inserted] = compiled.try_emplace(std::move(key), static_cast<std::int32_t>(all.programs.size()));
      phrases.program_of[role] = found->second;
      if (!inserted) continue;
      base::Result<PhraseProgram> program = PhraseProgram::compile(rules, words_);
      if (!program) errors_.push_back({"", 0, program.error().message});
      all.programs.push_back(program ? std::move(*program) : PhraseProgram{});
    }
    all.languages.push_back(std::move(phrases));
  }
  return all;
}

}  // namespace rapport::signals
