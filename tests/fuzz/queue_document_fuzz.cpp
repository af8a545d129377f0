// Documents of queues and agents: what can be read is within the floor's limits, and comes back as it was.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "centre/agent_document.hpp"
#include "centre/queue_document.hpp"

namespace {

using namespace rapport;

/// Every name of one byte has a number.
template <typename Id>
std::optional<Id> number_of(std::string_view slug) {
  if (slug.size() != 1) return std::nullopt;
  return static_cast<Id>(static_cast<unsigned char>(slug[0]));
}
template <typename Id>
std::string slug_of(Id id) {
  return std::string(1, static_cast<char>(id));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  base::Instant const now{1'772'442'000'000};
  centre::Numbering const numbering{number_of<routing::SkillId>, number_of<routing::QueueId>, slug_of<routing::SkillId>,
                                    slug_of<routing::QueueId>};
  if (auto const queue = centre::parse_queue(text, numbering, now)) {
    RAPPORT_ASSERT(!routing::check(queue->rules));
    auto const again = centre::read_queue(centre::queue_json(*queue, numbering), numbering, now);
    RAPPORT_ASSERT(again && *again == *queue);
  }
  if (auto const agent = centre::parse_agent(text, {1, 2}, numbering)) {
    auto const again = centre::read_agent(centre::agent_json(*agent, numbering), {1, 2}, numbering);
    RAPPORT_ASSERT(again && *again == *agent);
  }
  return 0;
}
