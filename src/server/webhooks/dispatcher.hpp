#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "server/webhooks/delivery.hpp"
#include "server/webhooks/target.hpp"

namespace rapport::server::webhooks {

/// Who wants to be told.
struct Endpoint {
  std::string id;
  Target target;
  std::vector<std::string> secrets;  ///< one to limits::webhook_secrets_max; deliveries are signed with each
  bool paused = false;               ///< deliveries wait
};

/// What came of an attempt.
struct Outcome {
  int status = 0;       ///< of the answer; 0: there was none
  std::string failure;  ///< why there was none
};

/// Which delivery goes out when: pure, time is a parameter. An endpoint gets its deliveries one at a
/// time and in order of their ids; while one is tried again those behind it wait, and no other
/// endpoint does. After a failure the pause doubles from limits::webhook_retry_first up to
/// limits::webhook_retry_max, half of it by chance (of the seed, the delivery and the attempt, so a run
/// can be repeated). A delivery is dead when its next attempt would come later than
/// limits::webhook_give_up_after after trying began, or at once where the endpoint answers 410 Gone.
class Dispatcher {
 public:
  explicit Dispatcher(std::uint64_t seed) : seed_(seed) {}

  /// Adds or changes an endpoint. False: limits::webhook_endpoints_max.
  bool set_endpoint(Endpoint endpoint);
  /// The deliveries that nobody wants any longer.
  std::vector<Delivery> remove_endpoint(std::string const& id);

  enum class Taken : std::uint8_t { queued, no_endpoint, queue_full };
  /// Puts the delivery into its endpoint's queue. REQUIRES: not dead, an id that is not queued yet.
  Taken take(Delivery delivery);

  struct Attempt {
    Endpoint endpoint;
    Delivery delivery;
  };
  /// The attempts to be made now, at most limits::webhook_in_flight_max at a time with those under way.
  std::vector<Attempt> start(base::Instant now);
  /// When there may be something to start; nothing: not before something is taken or finished.
  std::optional<base::Instant> next() const;

  enum class Verdict : std::uint8_t { delivered, again, dead };
  struct Finished {
    Verdict verdict = Verdict::delivered;
    Delivery delivery;  ///< as it stands now
  };
  /// An attempt has ended. Nothing where its endpoint was removed meanwhile.
  std::optional<Finished> finish(std::string const& endpoint, std::string const& delivery, Outcome const& outcome, base::Instant now);

  std::size_t waiting() const { return waiting_; }
  std::size_t in_flight() const { return in_flight_.size(); }

 private:
  struct Line {
    Endpoint endpoint;
    std::deque<Delivery> queue;  ///< by id
    bool in_flight = false;      ///< its first
  };

  base::Millis pause(Delivery const& delivery) const;
  void expect(Line const& line);
  void forget(Line const& line);

  std::uint64_t seed_;
  std::map<std::string, Line> lines_;
  std::set<std::pair<base::Instant, std::string>> due_;  ///< of lines with something to start
  std::set<std::string> in_flight_;                      ///< ids of deliveries, also of removed endpoints
  std::size_t waiting_ = 0;
};

}  // namespace rapport::server::webhooks
