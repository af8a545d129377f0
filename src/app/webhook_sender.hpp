#pragma once

#include <memory>

#include "base/time.hpp"
#include "server/webhooks/sender.hpp"
#include "server/webhooks/target.hpp"

namespace rapport::app {

/// Posts to webhooks by libcurl on a thread of its own, all of them side by side. Only addresses that the
/// policy allows are connected to, whatever a name leads to at that moment. By https the certificate must be
/// trusted by the system and be the host's. Redirects are not followed: they are failures. No proxy.
class WebhookSender final : public server::webhooks::Sender {
 public:
  /// `timeout`: for the whole of an attempt.
  WebhookSender(server::webhooks::TargetPolicy policy, base::Millis timeout);
  /// Attempts under way end as failed; their `done` is called before it returns.
  ~WebhookSender() override;
  WebhookSender(WebhookSender const&) = delete;
  WebhookSender& operator=(WebhookSender const&) = delete;

  void send(server::webhooks::Post post, Done done) override;

 private:
  class Worker;
  std::unique_ptr<Worker> worker_;
};

}  // namespace rapport::app
