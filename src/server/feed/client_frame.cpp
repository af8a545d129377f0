#include "server/feed/client_frame.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "base/limits.hpp"

namespace rapport::server::feed {
namespace {

namespace json = boost::json;

constexpr std::size_t depth_max = 4;
constexpr std::int64_t id_max = (std::int64_t{1} << 53) - 1;  ///< exact in every JSON reader

std::string_view view(json::string const& text) { return {text.data(), text.size()}; }

std::optional<std::int64_t> id_of(json::object const& frame) {
  json::value const* id = frame.if_contains("id");
  if (id == nullptr || !id->is_int64()) return std::nullopt;
  std::int64_t const number = id->get_int64();
  if (number < 0 || number > id_max) return std::nullopt;
  return number;
}

/// Nothing where it is no object of the right members; an item without name where the name is not ours.
std::optional<ClientItem> item_of(json::value const& value, ClientFrame::Verb verb) {
  json::object const* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  json::value const* stream = object->if_contains("stream");
  json::value const* topic = object->if_contains("topic");
  json::value const* after = object->if_contains("after");
  if ((stream == nullptr) == (topic == nullptr)) return std::nullopt;
  if (after != nullptr && (topic != nullptr || verb == ClientFrame::Verb::unsubscribe || !after->is_string())) return std::nullopt;
  if (object->size() != (after != nullptr ? 2U : 1U)) return std::nullopt;
  json::value const& name = stream != nullptr ? *stream : *topic;
  if (!name.is_string()) return std::nullopt;
  ClientItem item;
  item.name = stream != nullptr ? parse_stream(view(name.get_string())) : parse_topic(view(name.get_string()));
  if (after != nullptr) item.after = std::string{view(after->get_string())};
  return item;
}

}  // namespace

base::Result<ClientFrame, FrameRefusal> parse_client_frame(std::string_view text) {
  if (text.size() > limits::feed_client_frame_bytes_max) return FrameRefusal{"larger than feed_client_frame_bytes_max", {}};
  json::monotonic_resource memory;
  json::parse_options options;
  options.max_depth = depth_max;
  json::error_code error;
  json::value const value = json::parse(json::string_view{text.data(), text.size()}, error, &memory, options);
  if (error) return FrameRefusal{"no JSON, or nested too deep", {}};
  json::object const* object = value.if_object();
  if (object == nullptr) return FrameRefusal{"an object was expected", {}};
  auto const id = id_of(*object);
  if (!id) return FrameRefusal{"\"id\" must be a whole number from 0 to 9007199254740991", {}};
  json::value const* subscribe = object->if_contains("subscribe");
  json::value const* unsubscribe = object->if_contains("unsubscribe");
  if ((subscribe == nullptr) == (unsubscribe == nullptr) || object->size() != 2) {
    return FrameRefusal{"\"subscribe\" or \"unsubscribe\" was expected beside \"id\", and nothing else", id};
  }
  ClientFrame frame;
  frame.verb = subscribe != nullptr ? ClientFrame::Verb::subscribe : ClientFrame::Verb::unsubscribe;
  frame.id = *id;
  json::array const* items = (subscribe != nullptr ? subscribe : unsubscribe)->if_array();
  if (items == nullptr || items->empty() || items->size() > limits::feed_items_max) {
    return FrameRefusal{"a list of 1 to feed_items_max names was expected", id};
  }
  for (json::value const& each : *items) {
    auto item = item_of(each, frame.verb);
    if (!item) return FrameRefusal{"each item is {\"stream\":NAME}, with \"after\" to resume, or {\"topic\":NAME}", id};
    frame.items.push_back(std::move(*item));
  }
  return frame;
}

}  // namespace rapport::server::feed
