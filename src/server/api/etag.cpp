#include "server/api/etag.hpp"

#include <fmt/format.h>

#include <charconv>

namespace rapport::server::api {

std::string etag(std::int64_t version) { return fmt::format("\"{}\"", version); }

std::optional<std::int64_t> if_match(http::Request const& request) {
  auto const header = request.header("if-match");
  if (!header || header->size() < 3 || header->front() != '"' || header->back() != '"') return std::nullopt;
  std::int64_t version = 0;
  auto const [end, failed] = std::from_chars(header->data() + 1, header->data() + header->size() - 1, version);
  if (failed != std::errc{} || end != header->data() + header->size() - 1) return std::nullopt;
  return version;
}

}  // namespace rapport::server::api
