#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "server/webhooks/dispatcher.hpp"

namespace rapport::server::webhooks {

/// A POST to be made.
struct Post {
  Target target;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

/// Makes one attempt. `done` is called once, on any thread, within limits::webhook_attempt_ms and what
/// the system's resolver takes.
class Sender {
 public:
  using Done = std::function<void(Outcome)>;

  virtual ~Sender() = default;
  virtual void send(Post post, Done done) = 0;
};

}  // namespace rapport::server::webhooks
