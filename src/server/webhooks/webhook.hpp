#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/document.hpp"

namespace rapport::server::webhooks {

inline constexpr char const* webhook_kind = "webhook";

/// Who wants to be told of what, as an administrator configured it.
struct Webhook {
  std::string id;
  std::string brand;
  std::string url;
  std::string secret;  ///< deliveries are signed with it
  std::vector<std::string> events;
  bool words = false;  ///< with customers' names and what was said
  bool active = true;  ///< false: nothing new is kept for it, and what is in line waits

  bool wants(std::string_view event, std::string_view of_brand) const;
};

/// Nothing where the body is not a webhook's.
std::optional<Webhook> read_webhook(records::Document const& document);

}  // namespace rapport::server::webhooks
