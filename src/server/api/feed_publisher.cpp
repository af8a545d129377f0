#include "server/api/feed_publisher.hpp"

#include <boost/json.hpp>
#include <variant>

#include "centre/event_codec.hpp"
#include "centre/live_interaction.hpp"
#include "server/api/numbers_json.hpp"
#include "server/api/render.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

/// A topic's value as it is shown, for whoever follows it by then.
template <typename Told>
feed::Draw drawing(Told const& told) {
  return [told] { return json::serialize(render(told)); };
}

}  // namespace

void FeedPublisher::on(centre::Publication const& publication) {
  std::visit([this](auto const& what) { tell(what); }, publication);
}

void FeedPublisher::publish_next(std::string const& stream, std::string event) {
  std::lock_guard const lock{mutex_};
  feed_.publish(stream, ++numbers_[stream], std::move(event));
}

void FeedPublisher::tell_event(std::string const& interaction, std::uint64_t number, std::uint64_t shown,
                               domain::Event const& event, domain::Interaction const& head) {
  feed_.publish("interaction/" + interaction, number, centre::event_json(event, head));
  if (shown != 0) feed_.publish("conversation/" + interaction, shown, json::serialize(render_for_customer(event, head)));
}

void FeedPublisher::tell(centre::InteractionOpened const& opened) {
  std::uint64_t number = 0;
  std::uint64_t shown = 0;
  for (domain::Event const& event : *opened.events) {
    bool const for_them = centre::shown_to_customer(event);
    if (for_them) ++shown;
    tell_event(opened.live.row.id, ++number, for_them ? shown : 0, event, *opened.live.head);
  }
  feed_.set_topic("live/" + opened.live.row.id, drawing(opened.live));
}

void FeedPublisher::tell(centre::InteractionChanged const& changed) {
  feed_.set_topic("live/" + changed.live.row.id, drawing(changed.live));
  bool const in_line = changed.live.stage == centre::Stage::waiting || changed.live.stage == centre::Stage::offered;
  if (!in_line) feed_.remove_topic("interaction/" + changed.live.row.id + "/place");
}

void FeedPublisher::tell(centre::EventHappened const& happened) {
  tell_event(happened.interaction, happened.number, happened.shown, happened.event, *happened.head);
}

void FeedPublisher::tell(centre::InteractionClosed const& closed) {
  std::string const& id = closed.row.id;
  feed_.end("interaction/" + id, "closed");
  feed_.end("conversation/" + id, "closed");
  for (char const* const topic : {"", "/checklist", "/typing", "/seen", "/place", "/line"}) feed_.remove_topic("interaction/" + id + topic);
  feed_.remove_topic("live/" + id);
}

void FeedPublisher::revoke_lost(std::string const& agent, std::string const& interaction) {
  std::vector<std::string> const all = rights_.of_user(agent);
  auto const revoke = [&](feed::NameKind kind, std::string text) {
    feed::Name const name{kind, std::move(text)};
    for (std::string const& who : all) {
      if (!rights_.may(who, name)) feed_.revoke(who, name);
    }
  };
  for (char const* const stream : {"interaction/", "conversation/"}) revoke(feed::NameKind::stream, stream + interaction);
  revoke(feed::NameKind::topic, "live/" + interaction);
  for (char const* const topic : {"/checklist", "/typing", "/seen", "/place", "/line"}) revoke(feed::NameKind::topic, "interaction/" + interaction + topic);
}

void FeedPublisher::tell(centre::AgentNews const& news) {
  publish_next("agent/" + news.agent, json::serialize(render(news)));
  bool const lost = news.kind == centre::AgentNews::Kind::offer_gone || news.kind == centre::AgentNews::Kind::gone;
  if (lost && !news.interaction.empty()) revoke_lost(news.agent, news.interaction);
}

void FeedPublisher::tell(centre::QueueState const& queue) { feed_.set_topic("queue/" + queue.queue, drawing(queue)); }

void FeedPublisher::tell(centre::AgentState const& agent) { feed_.set_topic("agent/" + agent.agent, drawing(agent)); }

void FeedPublisher::tell(centre::QueueNumbers const& numbers) { feed_.set_topic("numbers/queue/" + numbers.queue, drawing(numbers)); }
void FeedPublisher::tell(centre::AgentNumbers const& numbers) { feed_.set_topic("numbers/agent/" + numbers.agent, drawing(numbers)); }
void FeedPublisher::tell(centre::BrandNumbers const& numbers) { feed_.set_topic("numbers/brand/" + numbers.brand, drawing(numbers)); }

void FeedPublisher::tell(centre::PlaceInLine const& place) {
  feed_.set_topic("interaction/" + place.interaction + "/place", drawing(place));
}

void FeedPublisher::tell(centre::TypingSeen const& typing) {
  feed_.set_topic("interaction/" + typing.interaction + "/typing", [typing] { return json::serialize(json::object{{"by", domain::name(typing.by)}, {"at", base::format_rfc3339(typing.at)}}); });
}

void FeedPublisher::tell(centre::MessagesSeen const& seen) {
  feed_.set_topic("interaction/" + seen.interaction + "/seen", drawing(seen));
}

void FeedPublisher::tell(centre::Raised const& raised) {
  json::object told = render(raised);
  told["state"] = centre::name(centre::InboxItem::State::open);
  publish_next((raised.kind == centre::Raised::Kind::help ? "help/" : "flags/") + raised.brand, json::serialize(told));
}

void FeedPublisher::inbox_changed(centre::InboxItem const& item) {
  centre::Raised const& raised = item.raised;
  bool const help = raised.kind == centre::Raised::Kind::help;
  publish_next((help ? "help/" : "flags/") + raised.brand, json::serialize(render(item)));
  if (!help || raised.agent.empty()) return;
  json::object const told{{"kind", "help"}, {"interaction", raised.interaction}, {"state", centre::name(item.state)}, {"by", item.by}, {"note", item.note}};
  publish_next("agent/" + raised.agent, json::serialize(told));
}

void FeedPublisher::tell(centre::Checklist const& checklist) {
  feed_.set_topic("interaction/" + checklist.interaction + "/checklist", drawing(checklist));
}

void FeedPublisher::tell(centre::LineTold const& told) { feed_.set_topic("interaction/" + told.interaction + "/line", drawing(told)); }

void FeedPublisher::tell(centre::Cue const& cue) {
  json::object told = render(cue);
  told["kind"] = "cue";
  publish_next("agent/" + cue.agent, json::serialize(told));
}

}  // namespace rapport::server::api
