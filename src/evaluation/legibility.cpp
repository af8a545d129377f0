#include "evaluation/legibility.hpp"

#include <algorithm>

namespace rapport::evaluation {
namespace {

/// Nobody speaks so many; a hostile file must not make every miss walk a long list.
constexpr std::size_t languages_max = 32;

}  // namespace

void Legibility::note(domain::Role role, std::string_view language, bool unreadable, std::uint32_t event) {
  auto const speaker = static_cast<std::size_t>(role);
  if (unreadable) last_unreadable_[speaker] = event;
  auto found = std::ranges::find(languages_, language, &Language::name);
  if (found == languages_.end()) {
    if (languages_.size() == languages_max) {
      last_unreadable_[speaker] = event;
      return;
    }
    Language fresh{std::string(language), {}};
    fresh.last.fill(none);
    languages_.push_back(std::move(fresh));
    found = std::prev(languages_.end());
  }
  found->last[speaker] = event;
}

bool Legibility::unreadable_since(SignalFacts const& facts, signals::SignalId signal, std::uint32_t event) const {
  if (!facts.needs(signal).has(domain::Source::words)) return false;
  unsigned const speakers = facts.speakers(signal);
  auto const said_since = [&](LastEvents const& last) {
    for (std::size_t role = 0; role < last.size(); ++role) {
      if ((speakers >> role & 1U) != 0 && last[role] >= std::int64_t{event}) return true;
    }
    return false;
  };
  return said_since(last_unreadable_) || std::ranges::any_of(languages_, [&](Language const& language) {
           return said_since(language.last) && !facts.readable_in(signal, language.name);
         });
}

}  // namespace rapport::evaluation
