#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "centre/publication.hpp"
#include "people/brands.hpp"

namespace rapport::server::api {

/// What is live and in whose hands at this moment, as the centre told it: for rights that come with a
/// contact. Any thread.
class LiveView final : public centre::Listener {
 public:
  void on(centre::Publication const& publication) override;

  /// Offered to, held or wrapped up by this agent.
  bool in_hand(std::string_view agent, std::string_view interaction) const;
  /// What is live there is a spoken message that its caller left.
  bool is_left_message(std::string_view interaction) const;
  bool has_any_in_hand(std::string_view agent) const;
  /// Whether a contact of one of these customers is in_hand.
  bool customer_in_hand(std::string_view agent, std::vector<std::string> const& customers) const;
  /// Whether one of these customers has a live interaction.
  bool is_live(std::vector<std::string> const& customers) const;
  /// Nothing if it is not live.
  std::optional<records::InteractionRow> row(std::string_view interaction) const;
  /// Whether every brand of the agent is among these: all that they do may be seen.
  bool within(std::string_view agent, people::BrandSet const& brands) const;
  /// Nothing if there is no such queue.
  std::optional<std::string> brand_of_queue(std::string_view queue) const;

 private:
  void take(centre::LiveSummary const& live);
  void take(centre::AgentState const& state);
  void take(centre::AgentNews const& news);

  mutable std::mutex mutex_;
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> held_;  ///< by agent
  std::map<std::string, people::BrandSet, std::less<>> agent_brands_;
  std::map<std::string, records::InteractionRow, std::less<>> rows_;
  std::set<std::string, std::less<>> messages_;             ///< that were left
  std::map<std::string, std::string, std::less<>> brands_;  ///< of queues
};

}  // namespace rapport::server::api
