#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "records/batch.hpp"
#include "records/document.hpp"

/// What is kept of deliveries. A delivery is written once, together with the event that it tells of, and
/// removed when it was delivered or dropped; it is never written again, so that nobody who was erased
/// comes back by it. What came of failed attempts stands beside it, under the same id.
namespace rapport::server::webhooks {

inline constexpr char const* delivery_kind = "webhook_delivery";
inline constexpr char const* failure_kind = "webhook_failure";

/// One event on its way to one webhook.
struct Delivery {
  std::string id;  ///< sorts by time of making: the order of deliveries; told to the receiver
  std::string webhook;
  std::string brand;
  std::string person;  ///< whose personal content the payload holds; empty: nobody's
  std::string event;   ///< "interaction.closed"
  std::string interaction;
  base::Instant at;     ///< of the event
  std::string payload;  ///< JSON, sent and signed as it stands

  bool operator==(Delivery const&) const = default;
};

/// A delivery of which an attempt failed: to be tried again, or dead.
struct Failure {
  std::string id;  ///< of the delivery
  std::string webhook;
  std::string brand;
  std::string event;
  std::string interaction;
  base::Instant at;  ///< of the event
  std::uint32_t attempts = 0;
  base::Instant next_at;  ///< of the next attempt; of a dead letter: when it died
  std::string why;        ///< of the last attempt, for people
  bool dead = false;

  bool operator==(Failure const&) const = default;
};

records::Change kept(Delivery const& delivery);
records::Change kept(Failure const& failure);
records::Change removed(std::string_view kind, std::string_view id);

/// Nothing where the body is not what kept() wrote, or its person was erased.
std::optional<Delivery> read_delivery(records::Document const& document);
std::optional<Failure> read_failure(records::Document const& document);

}  // namespace rapport::server::webhooks
