#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::simulation {

/// What a message may say to whom it is for. The names are the keys of simulation/hearing.yaml.
enum class Saying : std::uint8_t {
  greeting,
  apology,
  empathy,
  asks_name,
  asks_account,
  asks_address,
  question,
  hold,
  back,
  solution,
  checks,
  paraphrase,
  anything_else,
  asks_feedback,
  farewell,
  transfer,
  dismissive,
  complaint,
  loss,
  asks_supervisor,
  thanks,
  agrees,
  disagrees,
  nothing_more,
  another,
  confused,
  hurry,
  feedback,
};
inline constexpr std::size_t saying_count = 28;
std::string_view name(Saying saying);

/// Everything that one message says.
class Heard {
 public:
  void add(Saying saying) { all_.set(static_cast<std::size_t>(saying)); }
  bool says(Saying saying) const { return all_.test(static_cast<std::size_t>(saying)); }
  bool nothing() const { return all_.none(); }

 private:
  std::bitset<saying_count> all_;
};

/// Words that stand next to each other, in lower case; a last `*` stands for any ending of the word.
using Phrases = std::vector<std::string>;

/// A message as Phrases are looked for in it: lower case, one blank between words, `?` a word of its own.
std::string spoken_words(std::string_view text);
/// Whether any of the phrases stands in it. `words` as by spoken_words.
bool mentions(std::string_view words, Phrases const& phrases);

/// Understands messages by phrases. Plain words, nothing learned: enough for a part in a play.
class Hearing {
 public:
  void learn(Saying saying, Phrases phrases) { phrases_[static_cast<std::size_t>(saying)] = std::move(phrases); }
  Heard hear(std::string_view text) const;

 private:
  std::array<Phrases, saying_count> phrases_;
};

}  // namespace rapport::simulation
