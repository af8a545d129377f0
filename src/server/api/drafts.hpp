#pragma once

#include "centre/publication.hpp"
#include "server/api/gate.hpp"

namespace rapport::server::api {

/// What an agent has written and not sent, one text for each interaction in their hands, so that it
/// outlives a reload. Encrypted with the customer's key, for nobody else to read.
void add_drafts(Gate& gate);

inline constexpr std::string_view draft_kind = "draft";

/// Removes drafts when the interaction leaves the agent's hands: on the readers' pool, so that it never
/// holds the store's writer up. What is left behind when the server stops in between is upkeep's.
class DraftKeeper final : public centre::Listener {
 public:
  DraftKeeper(records::Store& store, http::WorkerPool& readers, std::function<base::Instant()> clock)
      : store_(store), readers_(readers), clock_(std::move(clock)) {}

  void on(centre::Publication const& publication) override;

 private:
  records::Store& store_;
  http::WorkerPool& readers_;
  std::function<base::Instant()> clock_;
};

/// Removes drafts of interactions that are closed or gone; how many. Blocks.
records::Stored<std::size_t> sweep_drafts(records::Store& store, base::Instant now);

}  // namespace rapport::server::api
