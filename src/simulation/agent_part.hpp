#pragma once

#include <map>
#include <string>

#include "simulation/party.hpp"

namespace rapport::simulation {

/// An agent at work on one conversation, as well as their level has it: greets, verifies, asks, looks,
/// solves, confirms, closes and wraps up, and leaves out or spoils what they are not good at. Serves
/// people as well as simulated customers.
class AgentPart final : public Party {
 public:
  /// Who works, and for whom.
  struct Self {
    std::string name;
    Level const* level;
    std::string leads;  ///< queue of the team leads; empty: there are none, or one of them is this agent
  };

  /// All references outlive it.
  AgentPart(PhraseBook const& book, Industry const& industry, Self self, std::string_view customer, std::uint64_t seed);

  /// Took it from the queue. What the customer wrote before is heard as it comes.
  void answered(base::Millis now);
  /// Got it from a colleague, with all that was written, in one text.
  void received(std::string const& before, base::Millis now);
  /// Came back to it after an interruption of their own.
  void resumed(base::Millis now);
  /// The other side ended it.
  void ended(base::Millis now);

 private:
  enum class Step : std::uint8_t { greeting,
                                   identifying,
                                   asking,
                                   settling,
                                   confirming,
                                   closing,
                                   feedback,
                                   wrapping };

  void answer(std::string const& text, base::Millis now) override;
  void on_silence(base::Millis now) override;

  bool does(std::string_view habit);
  /// The line of this agent; nothing where they leave it out.
  std::string line(std::string_view key, bool must = false);
  std::string join(std::initializer_list<std::string> parts) const;
  void speak(std::string const& text, base::Millis now);

  void hear_matter(std::string const& text, base::Millis now);
  void ask(std::string const& before, base::Millis now);
  void look_and_solve(base::Millis now);
  void settle(Heard const& heard, base::Millis now);
  void accept(base::Millis now);
  void improve(Heard const& heard, base::Millis now);
  void go_on_closing(Heard const& heard, std::string const& text, base::Millis now);
  void hand_to_lead(base::Millis now);
  void close(std::string const& before, base::Millis now);
  void wrap_up(base::Millis now);
  void care_for_loss(base::Millis now);
  Topic const* recognise(std::string const& text) const;
  void take(Topic const& topic);
  std::string solution();

  Industry const& industry_;
  Self self_;
  Topic const* topic_;
  Step step_ = Step::greeting;
  std::map<std::string, bool, std::less<>> habits_;
  bool known_matter_ = false;
  bool verified_ = false;
  bool let_talk_ = false;  ///< did not insist at once on what was asked for
  bool resolved_ = false;
  bool cared_ = false;
  int attempts_ = 0;
  int silences_ = 0;
  std::size_t solution_ = 0;
};

}  // namespace rapport::simulation
