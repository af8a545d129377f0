#include "server/webhooks/delivery.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace rapport::server::webhooks {
namespace {

namespace json = boost::json;

std::optional<std::string> text_of(json::object const& object, std::string_view name) {
  json::value const* value = object.if_contains(json::string_view{name.data(), name.size()});
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string{value->get_string().data(), value->get_string().size()};
}

std::optional<std::int64_t> number_of(json::object const& object, std::string_view name) {
  json::value const* value = object.if_contains(json::string_view{name.data(), name.size()});
  if (value == nullptr || !value->is_int64()) return std::nullopt;
  return value->get_int64();
}

}  // namespace

records::PutDocument kept(Delivery const& delivery) {
  json::object body;
  body["endpoint"] = delivery.endpoint;
  body["event"] = delivery.event;
  body["body"] = delivery.body;
  body["since"] = delivery.since.since_epoch;
  body["next_at"] = delivery.next_at.since_epoch;
  body["attempts"] = static_cast<std::int64_t>(delivery.attempts);
  body["failure"] = delivery.failure;
  body["dead"] = delivery.dead;
  records::PutDocument document;
  document.kind = delivery_kind;
  document.id = delivery.id;
  document.brand = delivery.brand;
  document.person = delivery.person;
  document.body = json::serialize(body);
  document.lookups = {"endpoint:" + delivery.endpoint};
  if (delivery.dead) document.lookups.push_back("dead:" + delivery.endpoint);
  return document;
}

std::optional<Delivery> read_delivery(records::Document const& document) {
  json::error_code error;
  json::value const value = json::parse(document.body, error);
  if (error || !value.is_object()) return std::nullopt;
  json::object const& body = value.get_object();
  auto const endpoint = text_of(body, "endpoint"), event = text_of(body, "event"), sent = text_of(body, "body");
  auto const failure = text_of(body, "failure");
  auto const since = number_of(body, "since"), next_at = number_of(body, "next_at"), attempts = number_of(body, "attempts");
  json::value const* dead = body.if_contains("dead");
  bool const whole = endpoint && event && sent && failure && since && next_at && attempts && dead != nullptr && dead->is_bool();
  if (!whole) return std::nullopt;
  return Delivery{document.id, *endpoint, document.brand, document.person, *event, *sent, {*since}, {*next_at},
                  static_cast<std::uint32_t>(*attempts), *failure, dead->get_bool()};
}

}  // namespace rapport::server::webhooks
