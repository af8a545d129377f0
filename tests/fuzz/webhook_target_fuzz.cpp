// A webhook's URL and the networks of the configuration: whatever comes is refused or leads, by https, to
// where the policy allows, or without TLS to this machine; written again it reads the same.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "server/webhooks/target.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace rapport::server::webhooks;
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  auto const read = TargetPolicy::make({std::string{text}});
  TargetPolicy const open = *TargetPolicy::make({"127.0.0.0/8", "::1"});
  if (read) RAPPORT_ASSERT(!read->allows("10.0.0.1", false));
  for (TargetPolicy const& policy : {TargetPolicy{}, open}) {
    auto const target = parse_target(text, policy);
    if (!target) continue;
    RAPPORT_ASSERT(!target->host.empty() && target->path.front() == '/' && target->port != 0);
    auto const again = parse_target(target->url(), policy);
    RAPPORT_ASSERT(again && *again == *target);
  }
  RAPPORT_ASSERT(!is_public(text) || TargetPolicy{}.allows(text, true));
  return 0;
}
