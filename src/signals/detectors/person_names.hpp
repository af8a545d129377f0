#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "signals/detectors/token_view.hpp"

namespace rapport::signals::detectors {

/// The words of somebody's name: titles and single letters left out. A value.
class NameParts {
 public:
  /// Adds the words [first, last] of a text.
  void add(TokenView view, std::size_t first, std::size_t last);
  /// Adds all words of a text that is a name.
  void add(TokenView view) {
    if (view.size() > 0) add(view, 0, view.size() - 1);
  }
  bool empty() const { return parts_.empty(); }
  std::size_t size() const { return parts_.size(); }
  bool holds(std::uint64_t hash) const {
    for (Part const& part : parts_) {
      if (part.hash == hash) return true;
    }
    return false;
  }
  /// Whether the word at the token is the person's name, and not a word that is spelt the same
  /// ("will", "mark", "brown"): such a word counts with a capital inside a text that has small
  /// letters, after a title, beside another part of the name, or where somebody is addressed.
  bool named_at(TokenView view, std::size_t at) const { return holds(view.hash(at)) && is_meant_at(view, at); }

 private:
  struct Part {
    std::uint64_t hash = 0;
    bool also_a_word = false;
  };
  bool is_meant_at(TokenView view, std::size_t at) const;

  std::vector<Part> parts_;
};

/// The words of a name that somebody said.
struct SpokenName {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// The name that a speaker gives as their own: "my name is pat brown", "this is Dana from …", "it's
/// Ruth here", "Kev speaking", "I'm Marek". `introducing` also takes what is one only at the start
/// of a conversation: "Callum from Thistle Bank", "you're through to Dawn".
/// Not: "this is ridiculous", "i'm furious", "my name is on the account".
std::optional<SpokenName> own_name(TokenView view, bool introducing);

/// The name under a written text: its last words, all with capitals ("Regards, Frances Ohlsson").
std::optional<SpokenName> signed_name(TokenView view);

/// The name in a short answer to "what's your name": "it's joan whitlock", "Brown, Pat Brown". `own` is
/// what `own_name` found in it, which goes before.
std::optional<SpokenName> answered_name(TokenView view, std::optional<SpokenName> own);

}  // namespace rapport::signals::detectors
