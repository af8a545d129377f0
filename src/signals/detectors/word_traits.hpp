#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

#include "signals/words.hpp"

namespace rapport::signals::detectors {

/// What an English word can be to the detectors, whatever a playbook says, and how it stands in its
/// text. Bits of a Traits.
enum class Trait : std::uint8_t {
  stop,           ///< says nothing of the matter: "the", "have", "please", "call"
  filler,         ///< may stand before anything: "um", "so", "okay", "well"
  question_word,  ///< "what", "how"
  modal,          ///< "can", "will": always asks before its subject
  do_form,        ///< "do", "does", "did"
  be_form,        ///< "is", "were"
  have_form,      ///< "have", "has", "had"
  subject,        ///< a subject by itself: "you", "it", "that", "there"
  determiner,     ///< begins a noun phrase: "the", "your", "any"
  conjunction,    ///< joins clauses: "and", "but", "or", "because"
  preposition,    ///< "in", "with", "about"
  negation,       ///< "not", "never", "nobody"
  courtesy,       ///< "hello", "thanks", "sorry", "please"
  past,           ///< tells of what has been: "was", "came", "arrived"
  future,         ///< tells of what will be: "will", "going", "shall"
  number,         ///< "seven", "hundred", "double"
  ordinal,        ///< "third", "twenty-first" by its parts
  month,
  weekday,       ///< "monday", "mon"
  time_unit,     ///< "minutes", "day", "fortnight"
  time_word,     ///< may begin or carry a time frame otherwise: "tomorrow", "noon", "within", "by"
  title,         ///< "mr", "dr", "sir"
  given_name,    ///< a first name and hardly anything else: "elizabeth"
  also_a_word,   ///< a name that is a common word too: "will", "mark", "may", "brown"
  organisation,  ///< part of a company's name: "bank", "airlines", "ltd"
  service_word,  ///< a part of any company: "support", "billing", "desk"
  // Words that a reading can begin with: it passes all others over.
  time_name,     ///< names a time by itself or with a number: "tomorrow", "noon", "weeks"
  asking_verb,   ///< asks for a datum that follows: "confirm", "need", "give"
  request_lead,  ///< may begin a request: "tell", "if", "please", or an asking verb
  self_lead,     ///< may begin or end a name that somebody gives: "my", "this", "speaking"
  promise_lead,  ///< a commitment needs one: "will", "let", "going"
  // How the word is written; told by `read_traits`, in no list.
  digit,    ///< holds a digit
  capital,  ///< its first letter is a capital
  pause,    ///< a comma, colon, dash or bracket stands before it
};

/// A set of traits.
class Traits {
 public:
  constexpr Traits() = default;
  constexpr Traits(std::initializer_list<Trait> traits) {
    for (Trait const trait : traits) bits_ |= bit(trait);
  }
  constexpr bool has(Trait trait) const { return (bits_ & bit(trait)) != 0; }
  constexpr bool any(Traits other) const { return (bits_ & other.bits_) != 0; }
  constexpr void add(Traits other) { bits_ |= other.bits_; }
  constexpr void add(Trait trait) { bits_ |= bit(trait); }
  constexpr bool none() const { return bits_ == 0; }
  constexpr bool operator==(Traits const&) const = default;

 private:
  static constexpr std::uint64_t bit(Trait trait) { return std::uint64_t{1} << static_cast<unsigned>(trait); }
  std::uint64_t bits_ = 0;
};

/// Of the words' hashes, what lists say of them.
class TraitTable {
 public:
  /// The one of all lists (word_lists.hpp).
  static TraitTable const& shared();

  /// The traits of the word; none if no list holds it.
  Traits find(std::uint64_t hash) const {
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
      Entry const& entry = entries_[slot];
      if (entry.hash == hash) return entry.traits;
      if (entry.hash == 0) return {};
    }
  }

 private:
  static constexpr std::size_t capacity = 8'192;
  static constexpr std::size_t mask = capacity - 1;

  struct Entry {
    std::uint64_t hash = 0;
    Traits traits;
  };

  TraitTable();

  std::vector<Entry> entries_;  ///< by open addressing, at most half full
};

}  // namespace rapport::signals::detectors
