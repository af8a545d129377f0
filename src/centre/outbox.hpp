#pragma once

#include <functional>
#include <vector>

#include "base/time.hpp"
#include "centre/publication.hpp"
#include "records/batch.hpp"

namespace rapport::centre {

/// What others must be told for certain, made durable together with what it tells of.
struct Outgoing {
  std::vector<records::Change> changes;  ///< must not be able to conflict
  std::function<void()> kept;            ///< called once they are durable, on the writer's thread; may be empty
};

/// Whoever has something to tell beyond this process that a crash must not lose.
class Outbox {
 public:
  virtual ~Outbox() = default;
  /// On the centre's thread, before the publications are durable, in order. Quick, must not wait.
  virtual Outgoing outgoing(std::vector<Publication> const& publications, base::Instant now) = 0;
};

}  // namespace rapport::centre
