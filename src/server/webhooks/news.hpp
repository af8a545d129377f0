#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "centre/publication.hpp"

namespace rapport::server::webhooks {

/// What webhooks can be told of. Names never change once released.
inline constexpr std::array<std::string_view, 6> event_names{"interaction.started", "interaction.changed", "interaction.event",
                                                             "interaction.closed", "flag.raised", "help.requested"};

/// Something that the centre tells, as webhooks tell it.
struct News {
  std::string_view event;  ///< one of event_names
  std::string brand;
  std::string interaction;
  std::string person;  ///< whose content the words are
  /// With the customer's name and what was said, or without. Valid as long as the publication.
  std::function<boost::json::object(bool words)> data;
};

/// Nothing for what webhooks do not tell.
std::optional<News> news_of(centre::Publication const& publication);

/// The body of a delivery: id, event, moment, brand, interaction, and the data. Where words make it larger
/// than limits::webhook_body_bytes_max it is made without, and says so.
std::string payload_of(News const& news, std::string const& id, base::Instant at, bool words);

}  // namespace rapport::server::webhooks
