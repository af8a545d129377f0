#include "server/http/response_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "server/http/security_headers.hpp"

namespace rapport::server::http {

namespace {

bool valid_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) {
    return (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) || c == '\t';
  });
}

bool valid_name(std::string_view name) {
  constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || marks.find(c) != std::string_view::npos;
  });
}

bool can_be_written(Response const& response) {
  return response.status >= 200 && response.status <= 599 && valid_value(response.content_type) &&
         std::all_of(response.headers.begin(), response.headers.end(),
                     [](auto const& header) { return valid_name(header.first) && valid_value(header.second); });
}

void append_header(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string response_head(Response& response, HeadFacts const& facts) {
  if (!can_be_written(response)) response = Response::empty(status::internal_error);
  bool const bodiless = response.status == status::no_content || response.status == status::not_modified;
  std::string head;
  head.reserve(512);
  fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\n", response.status, reason(response.status));
  append_header(head, "Date", facts.date);
  if (!response.content_type.empty()) append_header(head, "Content-Type", response.content_type);
  if (!bodiless) fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", response.body.size());
  append_header(head, "Connection", facts.keep_alive ? "keep-alive" : "close");
  if (!facts.request_id.empty()) append_header(head, "X-Request-Id", facts.request_id);
  for (auto const& [name, value] : response.headers) append_header(head, name, value);
  append_security_headers(head, response, facts.secure);
  head.append("\r\n");
  if (bodiless || facts.head_only) response.body.clear();
  return head;
}

std::string http_date(base::Instant now) {
  constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::time_t const seconds = now.since_epoch / base::second;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days.at(static_cast<std::size_t>(utc.tm_wday)), utc.tm_mday,
                     months.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

}  // namespace rapport::server::http
