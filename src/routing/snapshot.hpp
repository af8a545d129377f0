#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/time.hpp"
#include "routing/agent.hpp"
#include "routing/contact.hpp"
#include "routing/queue.hpp"

namespace rapport::routing {

/// The moments of a queue's last answers; what estimates rest on.
struct AnswersRing {
  static constexpr std::size_t kept = 32;

  std::array<base::Instant, kept> moments{};
  std::uint64_t answered = 0;  ///< ever; the next one is written at `answered` modulo `kept`

  void add(base::Instant moment) { moments[answered++ % kept] = moment; }
  std::size_t known() const { return static_cast<std::size_t>(std::min<std::uint64_t>(answered, kept)); }
  /// The earliest moment kept. REQUIRES: one is known.
  base::Instant earliest() const { return moments[answered > kept ? answered % kept : 0]; }

  bool operator==(AnswersRing const&) const = default;
};

/// All of a State that its indexes are not: an equal state is made from it without the events that
/// led there. A value, except that contacts that live by one version of a queue's rules share it.
struct Snapshot {
  struct QueueEntry {
    std::shared_ptr<Queue const> rules;
    AnswersRing answers;
  };

  base::Instant now;                  ///< of the last event
  std::vector<QueueEntry> queues;     ///< by id
  std::vector<Agent> agents;          ///< by number
  std::vector<Contact> contacts;      ///< by number; one that is not in use has a nil id; `group` is none
  std::vector<ContactNumber> unused;  ///< numbers of contacts that left, the next to be taken last
};

}  // namespace rapport::routing
