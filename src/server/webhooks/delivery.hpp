#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "records/batch.hpp"
#include "records/document.hpp"

namespace rapport::server::webhooks {

inline constexpr std::string_view delivery_kind = "webhook-delivery";

/// One event on its way to one endpoint. Kept as a document until it is delivered; as a dead letter
/// after that was given up.
struct Delivery {
  std::string id;        ///< sorts by time of making (base::IdGenerator): the order of deliveries
  std::string endpoint;
  std::string brand;     ///< empty: of the centre
  std::string person;    ///< whose personal content the body holds; empty: nobody's
  std::string event;     ///< "interaction.closed"
  std::string body;      ///< JSON, sent and signed as it stands
  base::Instant since;   ///< when trying began; given up limits::webhook_give_up_after later
  base::Instant next_at; ///< of the next attempt
  std::uint32_t attempts = 0;
  std::string failure;   ///< of the last attempt, for people; empty: none failed yet
  bool dead = false;

  bool operator==(Delivery const&) const = default;
};

/// As it is kept: looked up by "endpoint:ID", dead ones also by "dead:ID" of the endpoint.
records::PutDocument kept(Delivery const& delivery);
/// Nothing where the body is not what kept() wrote, or its person was erased.
std::optional<Delivery> read_delivery(records::Document const& document);

}  // namespace rapport::server::webhooks
