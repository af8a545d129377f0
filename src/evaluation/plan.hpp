#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "domain/words.hpp"
#include "playbook/playbook.hpp"
#include "signals/lexicon.hpp"

namespace rapport::evaluation {

/// What the engine must know of a signal beyond its firings. Immutable, shared by all threads.
class SignalFacts {
 public:
  virtual ~SignalFacts() = default;
  virtual std::size_t size() const = 0;
  /// Sources whose observation the signal's absence rests on.
  virtual domain::SourceSet needs(signals::SignalId signal) const = 0;
  /// Roles that may emit it, as bits 1 << role.
  virtual unsigned speakers(signals::SignalId signal) const = 0;
  virtual bool readable_in(signals::SignalId signal, std::string_view language) const = 0;
};

inline constexpr unsigned any_speaker = (1U << domain::role_count) - 1;

/// What a firing of a signal means to one pattern. The order is the order in which the firings of
/// one place (same instant, event and position) are worked off: so what happens at the same place
/// is neither before nor after.
enum class Use : std::uint8_t {
  voids,      ///< a miss from now on is void
  closes,     ///< the scope ends
  answers,    ///< S of must, never, at most, within, each-then, each-with
  checks,     ///< T of each-first
  remembers,  ///< S of each-first
  triggers,   ///< T of each-then, each-with
  opens,      ///< the scope opens
};
inline constexpr std::size_t use_count = 7;

inline constexpr std::uint16_t no_memory = 0xFFFF;

/// A pattern as the engine runs it.
struct PlannedPattern {
  playbook::Pattern const* pattern = nullptr;
  playbook::Practice const* owner = nullptr;
  std::uint16_t practice = 0;        ///< position in the playbook
  std::uint16_t index = 0;           ///< position in the practice
  std::uint16_t memory = no_memory;  ///< slot in which earlier S are remembered
  std::uint16_t void_memory = no_memory;
};

/// A playbook's patterns indexed by signal, so that an event costs what fired in it and nothing
/// else. Immutable; made once a playbook and shared by all threads. The playbook must outlive it.
class Plan {
 public:
  /// Patterns of practices that are on. `facts` must know every signal of the playbook.
  Plan(playbook::Playbook const& playbook, std::shared_ptr<SignalFacts const> facts);

  playbook::Playbook const& playbook() const { return playbook_; }
  SignalFacts const& facts() const { return *facts_; }
  std::vector<PlannedPattern> const& patterns() const { return patterns_; }
  std::uint16_t memories() const { return memories_; }

  /// Positions in `patterns()` to which this firing is of that use, ascending.
  std::span<std::uint16_t const> users(signals::SignalId signal, Use use) const {
    std::size_t const slot = std::size_t{signal} * use_count + static_cast<std::size_t>(use);
    return {users_.data() + first_[slot], first_[slot + 1] - first_[slot]};
  }
  /// The uses to which a firing of the signal is to any pattern, as bits.
  unsigned uses(signals::SignalId signal) const { return uses_[signal]; }
  /// Whether any pattern or condition listens to the signal.
  bool listens(signals::SignalId signal) const { return listens_[signal]; }

 private:
  void plan(playbook::Practice const& practice, std::uint16_t position);
  void index();

  playbook::Playbook const& playbook_;
  std::shared_ptr<SignalFacts const> facts_;
  std::vector<PlannedPattern> patterns_;
  std::vector<std::uint32_t> first_;  ///< by signal and use, into users_
  std::vector<std::uint16_t> users_;
  std::vector<std::uint8_t> uses_;  ///< by signal
  std::vector<bool> listens_;
  std::uint16_t memories_ = 0;
};

/// The facts of a compiled lexicon.
std::shared_ptr<SignalFacts const> facts_of(std::shared_ptr<signals::Lexicon const> lexicon);

}  // namespace rapport::evaluation
