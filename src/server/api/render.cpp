#include "server/api/render.hpp"

#include <boost/json.hpp>

#include "centre/event_codec.hpp"
#include "people/customer_sessions.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

json::value moment_text(base::Instant at) { return json::string{base::format_rfc3339(at)}; }
json::value moment_text_or_null(std::optional<base::Instant> at) { return at ? moment_text(*at) : json::value(nullptr); }

json::array string_array(std::vector<std::string> const& texts) {
  json::array made;
  for (std::string const& text : texts) made.emplace_back(text);
  return made;
}

std::string_view state_word(routing::Presence presence) {
  switch (presence) {
    case routing::Presence::offline:
      return "offline";
    case routing::Presence::on_break:
      return "break";
    case routing::Presence::available:
      return "available";
  }
  return {};
}

std::string_view state_word(routing::WorkState state) {
  switch (state) {
    case routing::WorkState::not_responding:
      return "not_responding";
    case routing::WorkState::offered:
      return "offered";
    case routing::WorkState::receiving:
      return "receiving";
    case routing::WorkState::connected:
      return "connected";
    case routing::WorkState::wrap_up:
      return "wrap_up";
    case routing::WorkState::idle:
      return "idle";
  }
  return {};
}

std::string_view state_word(routing::SlotState state) {
  switch (state) {
    case routing::SlotState::offered:
      return "offered";
    case routing::SlotState::receiving:
      return "receiving";
    case routing::SlotState::connected:
      return "connected";
    case routing::SlotState::wrap_up:
      return "wrap_up";
  }
  return {};
}

}  // namespace

json::object render(records::InteractionRow const& row) {
  json::object made{{"id", row.id},
                    {"brand", row.brand},
                    {"channel", domain::name(row.channel)},
                    {"direction", domain::name(row.direction)},
                    {"queue", row.queue},
                    {"agents", string_array(row.agents)},
                    {"customer", row.customer},
                    {"stranger", row.customer.empty() || people::is_anonymous(row.customer)},
                    {"case", row.case_id},
                    {"started_at", moment_text(row.started_at)},
                    {"closed_at", moment_text_or_null(row.closed_at)},
                    {"disposition", row.disposition},
                    {"outcome", row.outcome},
                    {"score", nullptr},
                    {"missed", string_array(row.missed)}};
  if (row.score) made["score"] = static_cast<double>(*row.score) / 1'000.0;
  return made;
}

json::object render(centre::LiveSummary const& live) {
  json::object made = render(live.row);
  made["stage"] = centre::name(live.stage);
  made["since"] = moment_text(live.since);
  made["agent"] = live.agent;
  made["on_hold"] = live.on_hold;
  made["muted"] = live.muted;
  json::array parties;
  for (centre::Party const& party : live.parties) parties.push_back(json::object{{"user", party.user}, {"name", party.name}, {"kind", centre::name(party.kind)}, {"offered", party.offered}});
  made["parties"] = std::move(parties);
  made["recording_paused"] = moment_text_or_null(live.recording_paused);
  made["voicemail"] = live.left_message;
  made["outside"] = nullptr;
  if (!live.outside.empty()) made["outside"] = live.outside;
  domain::ParticipantIndex const customer = live.head->first_of(domain::Role::customer);
  made["customer_name"] = customer == domain::nobody ? std::string{} : live.head->participants[customer].name;
  return made;
}

json::object render(centre::QueueState const& queue) {
  return {{"queue", queue.queue}, {"brand", queue.brand}, {"waiting", queue.waiting}, {"oldest", moment_text_or_null(queue.oldest)}, {"open", queue.open}};
}

json::object render(centre::AgentState const& agent) {
  json::array in_hand;
  for (centre::AgentState::InHand const& slot : agent.in_hand) {
    json::object held{{"interaction", slot.interaction}, {"state", state_word(slot.state)}, {"consult", slot.consult}};
    if (slot.until.since_epoch != 0) held["until"] = moment_text(slot.until);
    if (slot.asked) held["asked"] = json::object{{"state", centre::name(slot.asked->state)}, {"agent", slot.asked->agent}, {"name", slot.asked->name}};
    in_hand.push_back(std::move(held));
  }
  return {{"agent", agent.agent}, {"name", agent.name}, {"presence", state_word(agent.presence)}, {"reason", agent.reason}, {"work_state", state_word(agent.work)}, {"since", moment_text(agent.since)}, {"in_hand", std::move(in_hand)}};
}

json::object render(centre::AgentNews const& news) {
  json::object made{{"kind", centre::name(news.kind)}};
  if (!news.interaction.empty()) made["interaction"] = news.interaction;
  if (news.consult) made["consult"] = true;
  if (news.until.since_epoch != 0) made["until"] = moment_text(news.until);
  if (!news.why.empty()) made["why"] = news.why;
  if (news.live) made["live"] = render(*news.live);
  return made;
}

json::object render(centre::Checklist const& checklist) {
  json::array items;
  for (centre::ChecklistItem const& item : checklist.items) {
    json::object made{{"practice", item.practice}, {"say", item.say}, {"state", item.state}, {"opened_at", moment_text(item.opened_at)}, {"due_at", moment_text_or_null(item.due_at)}, {"critical", item.critical}};
    if (!item.event.empty()) made["event"] = item.event;
    if (!item.tip.empty()) made["tip"] = item.tip;
    items.push_back(std::move(made));
  }
  return {{"interaction", checklist.interaction}, {"agent", checklist.agent}, {"items", std::move(items)}};
}

json::object render(centre::Cue const& cue) {
  return {{"interaction", cue.interaction}, {"practice", cue.practice}, {"text", cue.text}, {"why", cue.why}, {"at", moment_text(cue.at)}};
}

json::object render(centre::PlaceInLine const& place) {
  json::object made{{"position", place.position}, {"estimated_wait_seconds", nullptr}};
  if (place.estimate_ms) made["estimated_wait_seconds"] = (*place.estimate_ms + base::second - 1) / base::second;
  return made;
}

json::object render(centre::MessagesSeen const& seen) {
  json::object made{{"customer", nullptr}, {"agent", nullptr}};
  if (!seen.by_customer.empty()) made["customer"] = seen.by_customer;
  if (!seen.by_agent.empty()) made["agent"] = seen.by_agent;
  return made;
}

json::object render(centre::LineTold const& told) {
  json::array legs;
  for (centre::LineReading const& line : told.legs) {
    json::object leg{{"leg", line.leg}, {"agent", line.agent}, {"bad", line.bad}, {"score", line.score / 100.0}, {"loss_percent", line.loss / 10.0}, {"jitter_ms", line.jitter_ms}, {"buffered_ms", line.buffered_ms}, {"loss_away_percent", nullptr}, {"round_trip_ms", nullptr}};
    if (line.loss_away) leg["loss_away_percent"] = *line.loss_away / 10.0;
    if (line.round_trip_ms) leg["round_trip_ms"] = *line.round_trip_ms;
    legs.push_back(std::move(leg));
  }
  return {{"legs", std::move(legs)}};
}

json::object render(centre::Raised const& raised) {
  json::object made{{"kind", centre::name(raised.kind)}, {"id", raised.id}, {"interaction", raised.interaction}, {"brand", raised.brand}, {"agent", raised.agent}, {"text", raised.text}, {"at", moment_text(raised.at)}};
  if (!raised.practice.empty()) made["practice"] = raised.practice;
  if (!raised.event.empty()) made["event"] = raised.event;
  return made;
}

json::object render(centre::InboxItem const& item) {
  json::object made = render(item.raised);
  made["state"] = centre::name(item.state);
  made["by"] = item.by;
  made["changed_at"] = moment_text(item.changed_at);
  made["note"] = item.note;
  return made;
}

json::object render(domain::Event const& event, domain::Interaction const& head) {
  json::value parsed = json::parse(centre::encode(event, head).personal);
  return std::move(parsed.as_object());
}

json::object render_for_customer(domain::Event const& event, domain::Interaction const& head) {
  json::object made{{"id", event.id}, {"kind", domain::name(event.kind)}, {"at", base::format_rfc3339(head.started_at + event.at_ms)}};
  if (event.by) made["by"] = domain::name(*event.by);
  if (event.kind == domain::EventKind::message) made["text"] = event.text;
  if (domain::Value const* const attachments = event.find("attachments")) made["attachments"] = json::parse(attachments->text);
  bool const agent = event.participant < head.participants.size() && head.participants[event.participant].role != domain::Role::customer;
  if (agent) made["name"] = head.participants[event.participant].name;
  return made;
}

}  // namespace rapport::server::api
