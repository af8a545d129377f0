#include "server/http/numbers.hpp"

#include <algorithm>
#include <string>

namespace rapport::server::http {

namespace {

std::string method_label(Route const* route) { return route == nullptr ? "any" : std::string{name(route->method)}; }
std::string route_label(Route const* route) { return route == nullptr ? "none" : route->path; }

}  // namespace

Numbers::Numbers(base::Metrics& metrics, Router const& router)
    : connections(metrics.gauge("rapport_http_connections", "Open connections, WebSockets included.")),
      connections_total(metrics.counter("rapport_http_connections_total", "Connections accepted.")),
      websockets(metrics.gauge("rapport_websocket_connections", "Open WebSockets.")),
      large_body_bytes(metrics.gauge("rapport_http_large_body_bytes", "Memory that large request bodies under way hold.")),
      large_answer_bytes(metrics.gauge("rapport_http_large_answer_bytes", "Memory that large answers under way hold.")),
      accept_pauses(metrics.counter("rapport_http_accept_pauses_total",
                                    "Times that accepting paused because the system was out of descriptors or memory.")),
      handler_failures(metrics.counter("rapport_http_handler_failures_total", "Handlers that ended by an exception.")),
      frames_sent(metrics.counter("rapport_websocket_sent_total", "Text frames given to the operating system.")),
      frames_received(metrics.counter("rapport_websocket_received_total", "Text messages received.")),
      metrics_(metrics),
      routes_(router.routes().size() + 1) {
  for (std::size_t index = 0; index < routes_.size(); ++index) {
    Route const* const route = index < router.routes().size() ? router.routes()[index].get() : nullptr;
    routes_[index].seconds = &metrics.histogram("rapport_http_request_seconds",
                                                "From a request's last byte to its answer's last byte given to the system.",
                                                {{"method", method_label(route)}, {"route", route_label(route)}});
  }
}

void Numbers::answered(Route const* route, int status, std::int64_t microseconds) {
  OfRoute& numbers = route == nullptr ? routes_.back() : routes_[route->number];
  numbers.seconds->observe(microseconds);
  auto const index = static_cast<std::size_t>(std::clamp(status, 100, 599) - 100);
  base::Counter* counter = numbers.by_status.at(index).load(std::memory_order_acquire);
  if (counter == nullptr) {
    counter = &metrics_.counter("rapport_http_requests_total", "Requests answered.",
                                {{"method", method_label(route)}, {"route", route_label(route)}, {"status", std::to_string(index + 100)}});
    numbers.by_status.at(index).store(counter, std::memory_order_release);
  }
  counter->add();
}

void Numbers::refused(std::string_view name) {
  metrics_.counter("rapport_http_refused_total", "Connections and requests refused by the transport, by reason.",
                   {{"reason", std::string{name}}})
      .add();
}

}  // namespace rapport::server::http
