#include "centre/outcome_codec.hpp"

#include <boost/json.hpp>

namespace rapport::centre {
namespace json = boost::json;

std::string encode(Outcome const& outcome) {
  return json::serialize(json::object{
      {"interaction", outcome.interaction}, {"number", outcome.number}, {"event", outcome.event}});
}

std::optional<Outcome> decode_outcome(std::string_view text) {
  boost::system::error_code failed;
  json::value const parsed = json::parse({text.data(), text.size()}, failed);
  json::object const* const object = failed ? nullptr : parsed.if_object();
  if (object == nullptr) return std::nullopt;
  json::value const* const interaction = object->if_contains("interaction");
  json::value const* const number = object->if_contains("number");
  json::value const* const event = object->if_contains("event");
  if (interaction == nullptr || number == nullptr || event == nullptr) return std::nullopt;
  if (!interaction->is_string() || !number->is_int64() || !event->is_string()) return std::nullopt;
  Outcome outcome;
  outcome.interaction = interaction->get_string().c_str();
  outcome.number = static_cast<std::uint32_t>(number->get_int64());
  outcome.event = event->get_string().c_str();
  return outcome;
}

}  // namespace rapport::centre
