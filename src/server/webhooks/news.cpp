#include "server/webhooks/news.hpp"

#include <boost/json.hpp>
#include <utility>
#include <variant>

#include "base/limits.hpp"
#include "centre/event_codec.hpp"
#include "records/check.hpp"
#include "server/api/render.hpp"

namespace rapport::server::webhooks {
namespace json = boost::json;

namespace {

News of_row(std::string_view event, records::InteractionRow const& row, std::function<json::object(bool)> data) {
  return {event, row.brand, row.id, records::person_of(row.customer, row.id), std::move(data)};
}

json::object of_live(centre::LiveSummary const& live, bool words) {
  json::object made = api::render(live);
  if (!words) made.erase("customer_name");
  return made;
}

json::object of_event(centre::EventHappened const& happened, bool words) {
  records::Content const content = centre::encode(happened.event, *happened.head);
  json::value event = json::parse(words ? content.personal : content.skeleton);
  return {{"number", happened.number}, {"event", std::move(event)}};
}

/// A publication as news, by its kind.
struct Telling {
  std::optional<News> operator()(centre::InteractionOpened const& opened) const {
    if (opened.recovered) return std::nullopt;  // told when it began
    return of_row("interaction.started", opened.live.row, [&opened](bool words) { return of_live(opened.live, words); });
  }
  std::optional<News> operator()(centre::InteractionChanged const& changed) const {
    return of_row("interaction.changed", changed.live.row, [&changed](bool words) { return of_live(changed.live, words); });
  }
  std::optional<News> operator()(centre::EventHappened const& happened) const {
    return News{"interaction.event", happened.head->brand, happened.interaction,
                records::person_of(happened.customer, happened.interaction),
                [&happened](bool words) { return of_event(happened, words); }};
  }
  std::optional<News> operator()(centre::InteractionClosed const& closed) const {
    return of_row("interaction.closed", closed.row, [&closed](bool) { return api::render(closed.row); });
  }
  std::optional<News> operator()(centre::Raised const& raised) const {
    if (raised.kind == centre::Raised::Kind::missed) return std::nullopt;  // the ledger of the closed interaction tells
    bool const flag = raised.kind == centre::Raised::Kind::flag;
    return News{flag ? "flag.raised" : "help.requested", raised.brand, raised.interaction, {}, [&raised](bool) { return json::object{{"agent", raised.agent}}; }};
  }
  template <typename Other>
  std::optional<News> operator()(Other const&) const {
    return std::nullopt;
  }
};

std::string written(News const& news, std::string const& id, base::Instant at, json::object data, bool left_out) {
  json::object body{{"id", id},
                    {"event", news.event},
                    {"at", base::format_rfc3339(at)},
                    {"brand", news.brand},
                    {"interaction", news.interaction},
                    {"data", std::move(data)}};
  if (left_out) body["words_left_out"] = true;
  return json::serialize(body);
}

}  // namespace

std::optional<News> news_of(centre::Publication const& publication) { return std::visit(Telling{}, publication); }

std::string payload_of(News const& news, std::string const& id, base::Instant at, bool words) {
  std::string body = written(news, id, at, news.data(words), false);
  if (!words || body.size() <= limits::webhook_body_bytes_max) return body;
  return written(news, id, at, news.data(false), true);
}

}  // namespace rapport::server::webhooks
