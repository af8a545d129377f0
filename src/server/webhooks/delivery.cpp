#include "server/webhooks/delivery.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace rapport::server::webhooks {
namespace {

namespace json = boost::json;

/// Reads fields of a body that kept() wrote.
class Fields {
 public:
  explicit Fields(std::string const& body) {
    json::error_code error;
    json::value value = json::parse(body, error);
    whole_ = !error && value.is_object();
    if (whole_) object_ = std::move(value.get_object());
  }

  std::string text(char const* name) {
    json::value const* const value = find(name, &json::value::is_string);
    return value != nullptr ? std::string{value->get_string().data(), value->get_string().size()} : std::string{};
  }
  std::int64_t number(char const* name) {
    json::value const* const value = find(name, &json::value::is_int64);
    return value != nullptr ? value->get_int64() : 0;
  }
  bool flag(char const* name) {
    json::value const* const value = find(name, &json::value::is_bool);
    return value != nullptr && value->get_bool();
  }
  /// Whether all that was asked for was there.
  bool whole() const { return whole_; }

 private:
  json::value const* find(char const* name, bool (json::value::*is)() const noexcept) {
    json::value const* const value = object_.if_contains(name);
    bool const fits = value != nullptr && (value->*is)();
    whole_ = whole_ && fits;
    return fits ? value : nullptr;
  }

  json::object object_;
  bool whole_ = false;
};

records::PutDocument document(char const* kind, std::string const& id, std::string const& brand, std::string const& person, json::object body) {
  records::PutDocument put;
  put.kind = kind;
  put.id = id;
  put.brand = brand;
  put.person = person;
  put.body = json::serialize(body);
  return put;
}

}  // namespace

records::Change kept(Delivery const& delivery) {
  return document(delivery_kind, delivery.id, delivery.brand, delivery.person,
                  {{"webhook", delivery.webhook},
                   {"event", delivery.event},
                   {"interaction", delivery.interaction},
                   {"at", delivery.at.since_epoch},
                   {"payload", delivery.payload}});
}

records::Change kept(Failure const& failure) {
  return document(failure_kind, failure.id, failure.brand, {},
                  {{"webhook", failure.webhook},
                   {"event", failure.event},
                   {"interaction", failure.interaction},
                   {"at", failure.at.since_epoch},
                   {"attempts", static_cast<std::int64_t>(failure.attempts)},
                   {"next_at", failure.next_at.since_epoch},
                   {"why", failure.why},
                   {"dead", failure.dead}});
}

records::Change removed(std::string_view kind, std::string_view id) {
  return records::RemoveDocument{std::string{kind}, std::string{id}, std::nullopt};
}

std::optional<Delivery> read_delivery(records::Document const& document) {
  Fields body{document.body};
  Delivery delivery;
  delivery.id = document.id;
  delivery.brand = document.brand;
  delivery.person = document.person;
  delivery.webhook = body.text("webhook");
  delivery.event = body.text("event");
  delivery.interaction = body.text("interaction");
  delivery.at = {body.number("at")};
  delivery.payload = body.text("payload");
  if (!body.whole()) return std::nullopt;
  return delivery;
}

std::optional<Failure> read_failure(records::Document const& document) {
  Fields body{document.body};
  Failure failure;
  failure.id = document.id;
  failure.brand = document.brand;
  failure.webhook = body.text("webhook");
  failure.event = body.text("event");
  failure.interaction = body.text("interaction");
  failure.at = {body.number("at")};
  failure.attempts = static_cast<std::uint32_t>(body.number("attempts"));
  failure.next_at = {body.number("next_at")};
  failure.why = body.text("why");
  failure.dead = body.flag("dead");
  if (!body.whole()) return std::nullopt;
  return failure;
}

}  // namespace rapport::server::webhooks
