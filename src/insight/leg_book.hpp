#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "insight/leg.hpp"

namespace rapport::insight {

/// What all legs of a contact share.
struct ContactFacts {
  std::string interaction{};
  std::string brand{};
  domain::Channel channel = domain::Channel::voice;
  domain::Direction direction = domain::Direction::inbound;
  bool consult = false;
  bool operator==(ContactFacts const&) const = default;
};

/// Makes the legs of one contact from what happens to it. A value; one thread at a time. Moments come
/// in order: one before the last is taken as the last, so that a clock that steps back makes no
/// negative time. What cannot happen on the floor (an answer to a contact that does not wait) is a
/// broken invariant.
class LegBook {
 public:
  enum class Stage : std::uint8_t { nowhere,
                                    waiting,
                                    parked,
                                    talking,
                                    on_hold,
                                    gone };
  struct WrapUp {
    std::size_t leg = 0;
    base::Instant since;
    bool operator==(WrapUp const&) const = default;
  };
  /// All that a book is, to be kept and put back.
  struct Kept {
    ContactFacts facts;
    Stage stage = Stage::nowhere;
    base::Instant now;
    std::optional<MissedOffer> offer;
    std::vector<Leg> legs;
    std::vector<WrapUp> wrapping;
    bool operator==(Kept const&) const = default;
  };

  explicit LegBook(ContactFacts facts) : facts_(std::move(facts)) {}
  /// The book that was kept. REQUIRES: what `kept` gave, or its equal.
  static LegBook of(Kept kept);
  /// REQUIRES: every finished leg was taken.
  Kept kept() const;

  // REQUIRES: no leg yet.
  void entered(base::Instant at, std::string queue);
  /// The agent contacts the customer; `queue` may be empty.
  void placed(base::Instant at, std::string agent, std::string queue);

  // REQUIRES: waiting.
  void offered(base::Instant at, std::string agent);
  /// No effect if none is open.
  void offer_ended(base::Instant at, OfferEnd why);
  /// The customer has the agent: of a hand-over when its context is acknowledged, not before.
  void answered(base::Instant at, std::string agent);
  /// The customer will be called back: waiting stops until `callback_due`.
  void parked(base::Instant at);
  void overflowed(base::Instant at, std::string queue);

  // REQUIRES: parked.
  void callback_due(base::Instant at);

  // REQUIRES: answered.
  /// A second hold within a hold, and the end of none, have no effect.
  void hold_started(base::Instant at);
  void hold_ended(base::Instant at);
  /// Cold: waits in that queue now.
  void transferred(base::Instant at, std::string queue);
  /// Warm: that agent has the customer now; `queue` is where the agent was found, or empty.
  void handed(base::Instant at, std::string agent, std::string queue);
  void put_back(base::Instant at);
  /// A callback did not reach the customer and is parked in its queue until the next attempt.
  void not_reached(base::Instant at);

  // REQUIRES: waiting, parked or answered.
  void left(base::Instant at, LegEnd end);

  /// The after-call work of that agent's oldest leg that still has any is over. No effect if none has.
  void wrap_up_ended(base::Instant at, std::string_view agent);
  /// For that agent's latest leg; no effect on an agent who had none.
  void disposed(std::string_view agent, std::string code);

  Stage stage() const { return stage_; }
  /// With an agent, on hold or not.
  bool answered() const { return stage_ == Stage::talking || stage_ == Stage::on_hold; }
  /// Nothing more can happen but late dispositions: the contact left and every wrap-up is over.
  bool complete() const { return stage_ == Stage::gone && wrapping_.empty(); }
  /// All legs so far in order; the last one may be running.
  std::vector<Leg> const& legs() const { return legs_; }
  /// The legs that were finished, wrap-up included, since the last call; each once.
  std::vector<Leg> take_finished();

 private:
  /// Books the time since the last happening on the running leg.
  void spend_until(base::Instant at);
  void begin(std::string queue, Entry entry, Stage stage);
  void finish(LegEnd end);
  void close_offer(OfferEnd why);
  Leg& running();

  ContactFacts facts_;
  Stage stage_ = Stage::nowhere;
  base::Instant now_;
  std::optional<MissedOffer> offer_;  ///< open; becomes a missed one unless answered
  std::vector<Leg> legs_;
  std::vector<WrapUp> wrapping_;       ///< oldest first
  std::vector<std::size_t> finished_;  ///< not taken yet
};

}  // namespace rapport::insight
