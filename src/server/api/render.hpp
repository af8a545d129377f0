#pragma once

#include <boost/json/object.hpp>

#include "centre/inbox_document.hpp"
#include "centre/publication.hpp"

/// The API's JSON for what the centre tells: one shape for routes and feed.
namespace rapport::server::api {

boost::json::object render(records::InteractionRow const& row);
boost::json::object render(centre::LiveSummary const& live);
boost::json::object render(centre::QueueState const& queue);
boost::json::object render(centre::AgentState const& agent);
boost::json::object render(centre::AgentNews const& news);
boost::json::object render(centre::Checklist const& checklist);
boost::json::object render(centre::Cue const& cue);
boost::json::object render(centre::PlaceInLine const& place);
boost::json::object render(centre::MessagesSeen const& seen);
boost::json::object render(centre::LineTold const& told);
boost::json::object render(centre::Raised const& raised);
boost::json::object render(centre::InboxItem const& item);
/// The event as the interaction format writes it.
boost::json::object render(domain::Event const& event, domain::Interaction const& head);
/// What the customer sees of an event that is shown to them: who spoke, not which person, nothing internal.
boost::json::object render_for_customer(domain::Event const& event, domain::Interaction const& head);

}  // namespace rapport::server::api
