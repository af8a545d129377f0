#include "server/http/request.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"

namespace rapport::server::http {

namespace {

constexpr std::array<std::string_view, method_count> method_names{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

}  // namespace

std::string_view name(Method method) { return method_names.at(static_cast<std::size_t>(method)); }

std::optional<Method> parse_method(std::string_view text) {
  auto const found = std::find(method_names.begin(), method_names.end(), text);
  if (found == method_names.end()) return std::nullopt;
  return static_cast<Method>(found - method_names.begin());
}

std::optional<std::string_view> Fields::find(std::string_view name) const {
  for (Entry const& entry : entries_) {
    if (entry.first == name) return entry.second;
  }
  return std::nullopt;
}

std::size_t Fields::count(std::string_view name) const {
  auto const matches = [name](Entry const& entry) { return entry.first == name; };
  return static_cast<std::size_t>(std::count_if(entries_.begin(), entries_.end(), matches));
}

std::string const& Request::parameter(std::string_view name) const {
  for (Fields::Entry const& entry : path_parameters.entries()) {
    if (entry.first == name) return entry.second;
  }
  base::assertion_failed("the route's template has the parameter", __FILE__, __LINE__);
}

std::optional<std::string_view> cookie(Request const& request, std::string_view name) {
  for (auto const& [header, value] : request.headers.entries()) {
    if (header != "cookie") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      std::size_t const end = std::min(rest.find(';'), rest.size());
      std::string_view pair = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
      std::size_t const equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    }
  }
  return std::nullopt;
}

}  // namespace rapport::server::http
