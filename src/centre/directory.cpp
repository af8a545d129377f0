#include "centre/directory.hpp"

#include "centre/ids.hpp"

namespace rapport::centre {
namespace {

template <typename Map>
auto const* found(Map const& map, std::string_view key) {
  auto const place = map.find(key);
  return place == map.end() ? nullptr : &place->second;
}

}  // namespace

void Directory::set(ConfigureQueue queue) {
  slugs_[queue.rules->id] = queue.slug;
  queues_[queue.slug] = std::move(queue);
}

void Directory::set(ConfigureAgent agent) { agents_[agent.id] = std::move(agent); }

ConfigureBrand const* Directory::brand(std::string_view id) const { return found(brands_, id); }
ConfigureQueue const* Directory::queue(std::string_view slug) const { return found(queues_, slug); }
ConfigureAgent const* Directory::agent(std::string_view id) const { return found(agents_, id); }

ConfigureQueue const* Directory::queue(routing::QueueId number) const {
  auto const slug = slugs_.find(number);
  return slug == slugs_.end() ? nullptr : queue(slug->second);
}

ConfigureAgent const* Directory::agent(routing::AgentId id) const { return agent(id_text(id)); }

}  // namespace rapport::centre
