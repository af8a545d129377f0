#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "centre/command.hpp"
#include "records/store.hpp"
#include "routing/ids.hpp"

namespace rapport::server::api {

/// What is configured, between the documents of the store and the centre that works by it: brands,
/// skills, queues, and the agents among the users. Any thread.
class Configuration {
 public:
  explicit Configuration(records::Store& store) : store_(store) {}

  /// Reads all of it; the commands tell the centre. Error: a document that cannot be read.
  base::Result<std::vector<centre::Command>> load();

  std::optional<routing::SkillId> skill(std::string_view slug) const;
  /// The slug's number; a new one is the least that no skill or queue had. Kept by the document.
  routing::SkillId number_skill(std::string_view slug);
  std::uint32_t number_queue(std::string_view slug);

  /// What to tell the centre of a document that changed; nothing: nothing. Error: what is wrong.
  base::Result<std::optional<centre::Command>> command_of(records::Document const& document);

 private:
  records::Store& store_;
  mutable std::mutex mutex_;  ///< of what follows
  std::map<std::string, routing::SkillId, std::less<>> skills_;
  std::map<std::string, std::uint32_t, std::less<>> queues_;
};

}  // namespace rapport::server::api
