#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/metrics.hpp"
#include "server/http/request.hpp"
#include "server/http/router.hpp"

namespace rapport::server::http {

/// What a listener counts. Any thread.
class Numbers {
 public:
  Numbers(base::Metrics& metrics, Router const& router);

  /// One answered request. `route` is null where none was found.
  void answered(Route const* route, int status, std::int64_t microseconds);
  /// A connection or request that was refused by the transport, by the refusal's name.
  void refused(std::string_view name);

  base::Gauge& connections;
  base::Counter& connections_total;
  base::Gauge& websockets;
  base::Gauge& large_body_bytes;
  base::Gauge& large_answer_bytes;
  base::Counter& accept_pauses;
  base::Counter& handler_failures;
  base::Counter& frames_sent;
  base::Counter& frames_received;

 private:
  /// By status from 100 to 599, each made when it first occurs.
  struct OfRoute {
    std::array<std::atomic<base::Counter*>, 500> by_status{};
    base::Histogram* seconds = nullptr;
  };

  base::Metrics& metrics_;
  std::vector<OfRoute> routes_;  // the last is for requests without a route
};

}  // namespace rapport::server::http
