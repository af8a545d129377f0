#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "centre/command.hpp"
#include "routing/ids.hpp"

namespace rapport::centre {

/// The configuration that the centre works by, by its names. A value of the core.
class Directory {
 public:
  void set(ConfigureBrand brand) { brands_[brand.id] = std::move(brand); }
  void set(ConfigureQueue queue);
  void set(ConfigureAgent agent);

  ConfigureBrand const* brand(std::string_view id) const;
  ConfigureQueue const* queue(std::string_view slug) const;
  ConfigureQueue const* queue(routing::QueueId number) const;
  ConfigureAgent const* agent(std::string_view id) const;
  ConfigureAgent const* agent(routing::AgentId id) const;

  std::map<std::string, ConfigureBrand, std::less<>> const& brands() const { return brands_; }
  std::map<std::string, ConfigureQueue, std::less<>> const& queues() const { return queues_; }
  std::map<std::string, ConfigureAgent, std::less<>> const& agents() const { return agents_; }

 private:
  std::map<std::string, ConfigureBrand, std::less<>> brands_;
  std::map<std::string, ConfigureQueue, std::less<>> queues_;
  std::map<std::string, ConfigureAgent, std::less<>> agents_;
  std::map<routing::QueueId, std::string> slugs_;
};

}  // namespace rapport::centre
