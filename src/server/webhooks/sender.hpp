#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace rapport::server::webhooks {

/// A POST to be made.
struct Post {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

/// What came of an attempt.
struct Outcome {
  int status = 0;       ///< of the answer; 0: there was none
  std::string failure;  ///< why there was none, for people
};

/// Makes one attempt. `done` is called once, on any thread, within the time that a receiver has to answer.
/// Any thread may call.
class Sender {
 public:
  using Done = std::function<void(Outcome)>;

  virtual ~Sender() = default;
  virtual void send(Post post, Done done) = 0;
};

}  // namespace rapport::server::webhooks
