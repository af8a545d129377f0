#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "base/time.hpp"
#include "simulation/facts.hpp"
#include "simulation/phrase_book.hpp"

namespace rapport::simulation {

/// One thing that somebody does in a conversation.
struct Deed {
  enum class Kind : std::uint8_t {
    view_profile,
    say,  ///< text
    hold,
    resume,
    verify,
    note,       ///< text
    flag,       ///< text: why
    ask_help,   ///< text: what for
    remedy,     ///< text: which
    follow_up,  ///< text: what
    transfer,   ///< text: the queue
    end,
    wrap_up,  ///< reason, outcome, cause
  };
  Kind kind = Kind::say;
  std::string text = {};
  std::string reason = {}, outcome = {}, cause = {};
  bool operator==(Deed const&) const = default;
};

/// One side of a conversation as a state machine: state + what reaches it + now → what it does, and when
/// it wants to be asked again. Pure: no clock, no I/O; equal seeds do equal things. Times are milliseconds
/// from the conversation's start, at the pace of life: whoever drives it may run faster.
class Party {
 public:
  virtual ~Party() = default;

  /// They talk instead of writing: whoever drives it says how long each message takes, and there is neither
  /// typing nor reading. Before anything else.
  void talks();
  /// The other side wrote.
  void hears(std::string_view text, base::Millis now);
  /// When `act` should be called next; nothing: never by itself.
  std::optional<base::Millis> due() const;
  /// What is done by `now`, in order.
  std::vector<Deed> act(base::Millis now);
  /// Nothing will come any more.
  bool over() const { return over_ && planned_.empty(); }

 protected:
  Party(PhraseBook const& book, Facts facts, std::uint64_t seed, int types_per_second)
      : book_(book), facts_(std::move(facts)), random_(seed), types_(types_per_second) {
    facts_["contact"] = "chat";
  }

  /// Everything that was written since the last turn, as one text.
  virtual void answer(std::string const& text, base::Millis now) = 0;
  /// Nobody has done anything for the patience that was set; called again after as long.
  virtual void on_silence(base::Millis now) = 0;

  /// Plans a deed behind those that are planned, so long after them.
  void plan(Deed deed, base::Millis after, base::Millis now);
  /// Plans messages: the line filled in, its parts one after another, as fast as they are typed; the first
  /// after a pause.
  void say(std::string_view line, base::Millis now, base::Millis pause = 0);
  void forget_plans() { planned_.clear(); }
  bool planning() const { return !planned_.empty(); }
  /// After so long without anything on_silence is called; nothing: never.
  void be_patient(std::optional<base::Millis> patience) { patience_ = patience; }
  void leave() { over_ = true; }

  PhraseBook const& book_;
  Facts facts_;
  base::Random random_;

 private:
  struct Planned {
    base::Millis at;
    Deed deed;
  };

  int types_;
  bool talks_ = false;
  std::deque<Planned> planned_;
  std::string unread_;
  base::Millis read_at_ = 0;  ///< when what is unread has been read
  base::Millis last_ = 0;     ///< when anything happened last
  std::optional<base::Millis> patience_;
  bool over_ = false;
};

}  // namespace rapport::simulation
