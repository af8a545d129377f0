#pragma once

#include <set>
#include <string>
#include <vector>

#include "simulation/party.hpp"

namespace rapport::simulation {

/// A customer with a matter and a temper: writes, answers what is asked, likes or dislikes what is
/// offered, and leaves when it is settled or when patience runs out. Understands people, too.
class CustomerPart final : public Party {
 public:
  /// All references outlive it.
  CustomerPart(PhraseBook const& book, Industry const& industry, Persona const& persona, Topic const& topic, std::string_view name, std::uint64_t seed);

  /// The conversation exists; nobody has taken it yet.
  void begins(base::Millis now);
  /// By telephone: an agent has answered, and speaks first.
  void is_answered(std::string_view agent, base::Millis now);
  /// An agent has taken it.
  void joined(std::string_view agent, base::Millis now);
  /// Somebody else ended it.
  void ended();

  int mood() const { return mood_; }
  bool settled() const { return settled_; }

 private:
  enum class Told : std::uint8_t { nothing,
                                   hello,
                                   matter };

  void answer(std::string const& text, base::Millis now) override;
  void on_silence(base::Millis now) override;

  std::string line(std::string_view key);
  void tell_matter(Topic const& topic);
  void feel(Heard const& heard);
  std::string reply(Heard const& heard);
  std::string reply_to_solution(Heard const& heard);
  std::string reply_to_question(Heard const& heard);
  std::string reply_to_ending(Heard const& heard);
  std::string small_talk(Heard const& heard);
  void go(std::string_view last_words, base::Millis now);
  /// Draws whether this customer does so now.
  bool does(std::string_view habit);

  Industry const& industry_;
  Persona const& persona_;
  Topic const* topic_;
  int mood_;
  Told told_ = Told::nothing;
  bool joined_ = false;
  bool settled_ = false;
  bool refused_ = false;  ///< leaves unsettled
  bool leaving_ = false;
  bool asked_feedback_ = false;
  std::size_t detail_ = 0;
  int objections_ = 0;
  int further_ = 0;  ///< matters beside the first
  int silences_ = 0;
  int idle_turns_ = 0;                       ///< of the agent, that brought nothing
  std::set<std::string, std::less<>> once_;  ///< said, and not again
};

/// Draws a persona by their shares, and a topic of the industry that would bring them.
struct Cast {
  Persona const* persona;
  Topic const* topic;
};
Cast draw(PhraseBook const& book, Industry const& industry, base::Random& random);

/// A customer's full name.
std::string draw_name(PhraseBook const& book, base::Random& random);

}  // namespace rapport::simulation
