#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "centre/inbox_document.hpp"
#include "centre/publication.hpp"
#include "server/api/feed_rights.hpp"
#include "server/feed/feed.hpp"

namespace rapport::server::api {

/// Tells the feed what the centre and the judge publish (docs/feed.md lists streams and topics). The
/// centre's calls come in order from one thread, after the LiveView's that the rights rest on; the judge's
/// from others.
class FeedPublisher final : public centre::Listener {
 public:
  FeedPublisher(feed::Feed& feed, FeedRights const& rights) : feed_(feed), rights_(rights) {}

  void on(centre::Publication const& publication) override;
  /// Somebody took, gave back or resolved an item of the inbox; who asked for help is told as well. Any thread.
  void inbox_changed(centre::InboxItem const& item);

 private:
  void tell(centre::InteractionOpened const& opened);
  void tell(centre::InteractionChanged const& changed);
  void tell(centre::EventHappened const& happened);
  void tell(centre::InteractionFinished const&) {}
  void tell(centre::InteractionClosed const& closed);
  void tell(centre::AgentNews const& news);
  void tell(centre::QueueState const& queue);
  void tell(centre::AgentState const& agent);
  void tell(centre::QueueNumbers const& numbers);
  void tell(centre::AgentNumbers const& numbers);
  void tell(centre::BrandNumbers const& numbers);
  void tell(centre::PlaceInLine const& place);
  void tell(centre::TypingSeen const& typing);
  void tell(centre::MessagesSeen const& seen);
  void tell(centre::Raised const& raised);
  void tell(centre::Checklist const& checklist);
  void tell(centre::Cue const& cue);
  void tell(centre::LineTold const& told);
  void tell(centre::KeysPressed const&) {}  // the phone's alone: they may be somebody's secret

  void tell_event(std::string const& interaction, std::uint64_t number, std::uint64_t shown, domain::Event const& event,
                  domain::Interaction const& head);
  /// An agent who no longer may hears no more of the interaction.
  void revoke_lost(std::string const& agent, std::string const& interaction);
  /// The next number of a stream that counts from each start.
  void publish_next(std::string const& stream, std::string event);

  feed::Feed& feed_;
  FeedRights const& rights_;
  std::mutex mutex_;  ///< of numbers_, and of the order in which they are published
  std::map<std::string, std::uint64_t> numbers_;
};

}  // namespace rapport::server::api
