#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "domain/interaction.hpp"
#include "signals/memory.hpp"
#include "signals/occurrence.hpp"
#include "signals/spec.hpp"
#include "signals/words.hpp"
#include "timeline/conversation.hpp"

namespace rapport::signals {

/// What a firing is judged against. Borrowed for the call.
struct Surroundings {
  domain::Interaction const& head;
  timeline::Conversation const& conversation;
  Words const& words;  ///< of the event; empty where it has none
  Memory const& memory;
  std::vector<Occurrence> const& fired;  ///< what has stood so far among the firings decided together
};

/// What a filter asks about, worked out once for many firings of one event, each of which would look through all.
struct Company {
  std::vector<std::size_t> places;  ///< of the subjects' firings among those that stand
  std::vector<bool> sentences;      ///< of the event, by number: whether a subject fired in it
  bool anywhere = false;            ///< a subject fired in the event and rests on no sentence
};

/// A filter with its names resolved.
struct FilterRule {
  /// A signal that the filter asks about, and where the memory keeps it.
  struct Subject {
    SignalId signal = no_signal;
    std::uint32_t slot = 0;
  };

  Filter::Kind kind = Filter::Kind::with;
  bool negated = false;
  Reach reach = Reach::event;
  std::vector<Subject> subjects;
  unsigned channels = 0;  ///< bits
  std::optional<base::Millis> within_ms;
  std::optional<std::int32_t> turns;
  std::int32_t low = 0;
  std::int32_t high = 0;

  /// Whether the firing may stand, as far as this filter goes. With `company`, the filter's own for the firing's event.
  bool allows(Occurrence const& firing, Surroundings const& around, Company const* company = nullptr) const;
  /// Of the subjects' firings that stand in the event by now: worked out once, where many firings ask.
  Company company_in(std::uint32_t event, Surroundings const& around) const;
  bool asks_about(SignalId signal) const;

 private:
  bool holds(Occurrence const& firing, Surroundings const& around, Company const* company) const;
  bool fired_with(Occurrence const& firing, Surroundings const& around, Company const* company) const;
  bool fired_before(Occurrence const& firing, Surroundings const& around, Company const* company) const;
  bool any_here(Occurrence const& firing, Surroundings const& around, Company const& company) const;
};

/// Words of an event as they were written: what was spelt out of one counts once.
std::int32_t count_words(Words const& words);

}  // namespace rapport::signals
