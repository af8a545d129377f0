#pragma once

#include <memory>
#include <string>

#include "base/limits.hpp"
#include "base/result.hpp"
#include "server/webhooks/sender.hpp"

namespace rapport::server::webhooks {

struct HttpSenderOptions {
  TargetPolicy policy;
  std::string trusted_pem;  ///< certificates trusted beside the system's; may be empty
  base::Millis attempt_ms = limits::webhook_attempt_ms;
};

/// Posts by HTTP/1.1, one connection for each attempt, on a thread of its own. A name is resolved once
/// and only addresses that the policy allows are connected to, so no name can lead inside. By https the
/// certificate must be trusted and be the host's. Redirects are not followed: they are failures.
class HttpSender final : public Sender {
 public:
  /// Error: `trusted_pem` cannot be read.
  static base::Result<std::unique_ptr<HttpSender>> make(HttpSenderOptions options);
  /// Attempts under way end as failed; their `done` is called before it returns.
  ~HttpSender() override;
  HttpSender(HttpSender const&) = delete;
  HttpSender& operator=(HttpSender const&) = delete;

  void send(Post post, Done done) override;

 private:
  class Impl;
  explicit HttpSender(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::server::webhooks
