#include "server/feed/server_frame.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

namespace rapport::server::feed {
namespace {

template <typename... Arguments>
Frame made(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  return std::make_shared<std::string const>(fmt::format(format, std::forward<Arguments>(arguments)...));
}

}  // namespace

Frame hello_frame(std::string_view server_version, base::Instant now, base::Millis heartbeat) {
  return made(R"({{"hello":{{"server":"{}","time":"{}","heartbeat_ms":{}}}}})", server_version, base::format_rfc3339(now), heartbeat);
}

Frame heartbeat_frame(base::Instant now) { return made(R"({{"heartbeat":"{}"}})", base::format_rfc3339(now)); }

Frame event_frame(std::string_view stream, Cursor cursor, std::string_view event) {
  return made(R"({{"stream":"{}","seq":{},"cursor":"{}","event":{}}})", stream, cursor.seq, write_cursor(stream, cursor), event);
}

Frame reset_frame(std::string_view stream, Cursor cursor, std::string_view snapshot) {
  return made(R"({{"stream":"{}","seq":{},"cursor":"{}","reset":{}}})", stream, cursor.seq, write_cursor(stream, cursor), snapshot);
}

Frame ended_frame(std::string_view stream, std::string_view why) {
  return made(R"({{"stream":"{}","ended":"{}"}})", stream, why);
}

Frame topic_frame(std::string_view topic, std::uint64_t version, std::string_view value) {
  return made(R"({{"topic":"{}","version":{},"value":{}}})", topic, version, value);
}

Frame removed_frame(std::string_view topic, std::uint64_t version) {
  return made(R"({{"topic":"{}","version":{},"removed":true}})", topic, version);
}

Frame topic_ended_frame(std::string_view topic, std::string_view why) {
  return made(R"({{"topic":"{}","ended":"{}"}})", topic, why);
}

Frame stale_frame(std::vector<std::string_view> const& streams) {
  std::string list;
  for (std::string_view const stream : streams) list += fmt::format(R"({}"{}")", list.empty() ? "" : ",", stream);
  return made(R"({{"stale":[{}]}})", list);
}

Frame done_frame(std::int64_t id) { return made(R"({{"done":{}}})", id); }

Frame error_frame(ErrorAnswer const& error) {
  std::string text = fmt::format(R"({{"error":"{}")", error.code);
  if (error.id) text += fmt::format(R"(,"id":{})", *error.id);
  if (error.item) text += fmt::format(R"(,"item":{})", *error.item);
  if (!error.detail.empty()) {
    boost::json::string const detail{error.detail.data(), error.detail.size()};
    text += fmt::format(R"(,"detail":{})", boost::json::serialize(detail));
  }
  return std::make_shared<std::string const>(text + "}");
}

}  // namespace rapport::server::feed
