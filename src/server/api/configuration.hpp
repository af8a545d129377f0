#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "centre/command.hpp"
#include "centre/numbering.hpp"
#include "centre/queue_document.hpp"
#include "people/user.hpp"
#include "records/store.hpp"
#include "routing/ids.hpp"

namespace rapport::server::api {

/// What is configured, between the documents of the store and the centre that works by it: brands,
/// skills, queues, and the agents among the users (those who may handle contacts; a document "agent" of
/// the user's id says with which skills). Blocks; any thread.
class Configuration {
 public:
  /// `time_zone`: of brands that name none, by its IANA name.
  Configuration(records::Store& store, std::function<base::Instant()> clock, std::string time_zone = "UTC")
      : store_(store), clock_(std::move(clock)), time_zone_(std::move(time_zone)) {}

  /// Reads all of it; the commands tell the centre. Error: a document that cannot be read.
  base::Result<std::vector<centre::Command>> load();
  /// The brands' documents, as they were when it was loaded.
  std::vector<records::Document> const& brands() const { return brands_; }

  std::string const& time_zone() const { return time_zone_; }

  std::optional<routing::SkillId> skill(std::string_view slug) const;
  /// The slug's number; a new one is one above all that were. The document keeps it.
  routing::SkillId number_skill(std::string_view slug);
  routing::QueueId number_queue(std::string_view slug);
  /// Error: the field that is wrong, what was found, what was expected.
  base::Result<centre::QueueDocument> read_queue(boost::json::value const& document) const;
  base::Result<centre::QueueDocument> queue_rules(records::Document const& document) const;

  /// What to tell the centre of a brand or queue that changed. Error: what is wrong with it.
  base::Result<centre::Command> brand_command(records::Document const& document) const;
  base::Result<centre::Command> queue_command(records::Document const& document) const;
  /// What to tell of a user, by their "agent" document; nothing for who takes no contacts.
  base::Result<std::optional<centre::Command>> agent_command(people::User const& user) const;
  base::Result<routing::AgentProfile> read_agent(std::string const& user, std::string_view document) const;

 private:
  centre::Numbering numbering() const;
  base::Result<void> load_kind(std::string_view kind, std::function<base::Result<void>(records::Document const&)> const& take) const;
  base::Result<void> load_numbers(std::string_view kind, std::map<std::string, std::uint32_t, std::less<>>& numbers) const;

  records::Store& store_;
  std::function<base::Instant()> clock_;
  std::string time_zone_;
  std::vector<records::Document> brands_;
  mutable std::mutex mutex_;  ///< of what follows
  std::map<std::string, std::uint32_t, std::less<>> skills_;
  std::map<std::string, std::uint32_t, std::less<>> queues_;
};

}  // namespace rapport::server::api
