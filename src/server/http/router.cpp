#include "server/http/router.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/assert.hpp"

namespace rapport::server::http {

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  std::array<Route const*, method_count> routes{};

  bool serves() const {
    return std::any_of(routes.begin(), routes.end(), [](Route const* route) { return route != nullptr; });
  }

  /// The node of the path, literals first; the segments that parameters took are left in `taken`.
  Node const* find(std::vector<std::string> const& segments, std::size_t at, std::vector<std::string const*>& taken) const {
    if (at == segments.size()) return serves() ? this : nullptr;
    auto const literal = literals.find(segments[at]);
    if (literal != literals.end()) {
      if (Node const* const found = literal->second->find(segments, at + 1, taken)) return found;
    }
    if (!parameter || segments[at].empty()) return nullptr;
    taken.push_back(&segments[at]);
    if (Node const* const found = parameter->find(segments, at + 1, taken)) return found;
    taken.pop_back();
    return nullptr;
  }

  bool any_origin() const {
    return std::any_of(routes.begin(), routes.end(), [](Route const* route) { return route != nullptr && route->options.any_origin; });
  }

  std::string allow() const {
    std::string list;
    for (std::size_t index = 0; index < method_count; ++index) {
      auto const method = static_cast<Method>(index);
      bool const get = routes[static_cast<std::size_t>(Method::get)] != nullptr;
      if (routes[index] == nullptr && method != Method::options && !(method == Method::head && get)) continue;
      if (!list.empty()) list += ", ";
      list += name(method);
    }
    return list;
  }
};

namespace {

bool literal_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
         c == '~' || c == ':';
}
bool name_character(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

base::Result<TemplateSegment> parse_segment(std::string_view text) {
  if (text.starts_with('{') && text.ends_with('}') && text.size() > 2) {
    std::string_view const inner = text.substr(1, text.size() - 2);
    if (!std::all_of(inner.begin(), inner.end(), name_character))
      return base::Error{"a parameter's name has lower-case letters, digits and \"_\": " + std::string{text}};
    return TemplateSegment{true, std::string{inner}};
  }
  if (text.empty()) return base::Error{"an empty segment in a path template"};
  if (text == "." || text == "..") return base::Error{"a dot segment in a path template"};
  if (!std::all_of(text.begin(), text.end(), literal_character))
    return base::Error{"no literal and no \"{name}\": " + std::string{text}};
  return TemplateSegment{false, std::string{text}};
}

}  // namespace

base::Result<std::vector<TemplateSegment>> parse_template(std::string_view text) {
  if (!text.starts_with('/')) return base::Error{"a path template begins with \"/\""};
  std::vector<TemplateSegment> segments;
  if (text == "/") return std::vector<TemplateSegment>{TemplateSegment{}};
  while (!text.empty()) {
    text.remove_prefix(1);
    std::size_t const end = std::min(text.find('/'), text.size());
    auto segment = parse_segment(text.substr(0, end));
    if (!segment) return segment.error();
    if (segment->parameter && std::find(segments.begin(), segments.end(), *segment) != segments.end())
      return base::Error{"a parameter stands twice: " + segment->text};
    segments.push_back(*std::move(segment));
    text.remove_prefix(end);
  }
  return segments;
}

Router::Router() : root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

void Router::add(Method method, std::string_view path, Handler handler, RouteOptions options) {
  RAPPORT_ASSERT(method != Method::head && method != Method::options && handler);
  auto route = std::make_unique<Route>();
  route->method = method;
  route->path = path;
  route->options = options;
  route->handler = std::move(handler);
  insert(std::move(route));
}

void Router::add_upgrade(std::string_view path, UpgradeHandler handler) {
  RAPPORT_ASSERT(handler);
  auto route = std::make_unique<Route>();
  route->path = path;
  route->options.body_bytes_max = 0;
  route->upgrade = std::move(handler);
  insert(std::move(route));
}

void Router::otherwise(Handler handler) {
  RAPPORT_ASSERT(otherwise_ == nullptr && handler);
  auto route = std::make_unique<Route>();
  route->path = "/*";
  route->handler = std::move(handler);
  route->number = routes_.size();
  otherwise_ = route.get();
  routes_.push_back(std::move(route));
}

void Router::insert(std::unique_ptr<Route> route) {
  auto const segments = parse_template(route->path);
  RAPPORT_ASSERT(static_cast<bool>(segments));
  Node* node = root_.get();
  for (TemplateSegment const& segment : *segments) {
    std::unique_ptr<Node>& next = segment.parameter ? node->parameter : node->literals[segment.text];
    if (!next) next = std::make_unique<Node>();
    if (segment.parameter) route->parameters.push_back(segment.text);
    node = next.get();
  }
  Route const*& place = node->routes[static_cast<std::size_t>(route->method)];
  RAPPORT_ASSERT(place == nullptr);
  route->number = routes_.size();
  place = route.get();
  routes_.push_back(std::move(route));
}

Match Router::match(Method method, std::vector<std::string> const& segments) const {
  std::vector<std::string const*> taken;
  Node const* const node = root_->find(segments, 0, taken);
  if (node == nullptr && otherwise_ != nullptr) return Found{otherwise_, {}};
  if (node == nullptr) return NoSuchPath{};
  if (method == Method::options) return AskedOptions{node->allow(), node->any_origin()};
  Method const served = method == Method::head ? Method::get : method;
  Route const* const route = node->routes[static_cast<std::size_t>(served)];
  if (route == nullptr) return NoSuchMethod{node->allow()};
  RAPPORT_ASSERT(taken.size() == route->parameters.size());
  Found found{route, {}};
  for (std::size_t index = 0; index < taken.size(); ++index) found.parameters.add(route->parameters[index], *taken[index]);
  return found;
}

}  // namespace rapport::server::http
