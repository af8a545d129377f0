#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/words.hpp"
#include "playbook/playbook.hpp"

/// The phrases that `explain` puts together. Each is part of a sentence, without its full stop,
/// unless it says otherwise.
namespace rapport::playbook {

/// "a, b and c".
std::string joined(std::vector<std::string> const& parts, std::string_view last_joint);
/// "1 turn", "2 turns".
std::string counted(std::int64_t count, std::string_view noun);
/// The first letter large.
std::string capitalised(std::string text);
/// Lines of at most 96 characters, each after `indent` blanks and ended.
std::string wrapped(std::string_view text, std::size_t indent);

/// "the telephone system (holds, transfers and the like)".
std::string described(domain::Source source);
/// "English" for "en"; the tag itself where we have no name.
std::string language_name(std::string_view tag);
/// "within 15 s or 2 agent turns"; empty without a bound.
std::string described(Bound const& bound);
/// "between 30 and 70 %", "at most 120 s" for a band as written.
std::string described_band(std::string_view band);

/// What the pattern asks, as sentences: "Every time a hold begins, …".
std::string described_pattern(Pattern const& pattern, Playbook const& playbook);
/// The pattern's `when`, `scope` and `void if`, as sentences; empty without any.
std::string described_frame(Pattern const& pattern, Playbook const& playbook);
/// When the pattern opens no occasion: "a hold never begins".
std::string described_absence(Pattern const& pattern, Playbook const& playbook);

/// How a signal is recognised, as sentences.
std::string described_signal(signals::Spec const& spec, Playbook const& playbook);
/// Languages of the signal's phrases and of those it takes in, sorted; empty if it needs no words.
std::vector<std::string> languages_of(signals::Spec const& spec, Playbook const& playbook);

}  // namespace rapport::playbook
