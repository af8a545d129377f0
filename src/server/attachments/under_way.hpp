#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>

namespace rapport::server::attachments {

/// The uploads under way, by interaction and message: what is looked at before a file is kept holds only
/// together with those that were looked at and are not told yet. Any thread.
class UnderWay : public std::enable_shared_from_this<UnderWay> {
 public:
  /// One of them; it ends with this.
  class Place;

  /// Null while another one of this message is under way. An empty id is that of a new message.
  /// REQUIRES: owned by a shared_ptr.
  std::unique_ptr<Place> enter(std::string const& interaction, std::string const& event);
  /// Of one interaction.
  std::size_t count(std::string const& interaction) const;

 private:
  using Uploads = std::set<std::pair<std::string, std::string>>;

  mutable std::mutex mutex_;
  Uploads uploads_;
  std::size_t nameless_ = 0;  ///< numbers those without an id
};

class UnderWay::Place {
 public:
  Place(std::shared_ptr<UnderWay> of, Uploads::const_iterator at) : of_(std::move(of)), at_(at) {}
  ~Place();
  Place(Place const&) = delete;
  Place& operator=(Place const&) = delete;

 private:
  std::shared_ptr<UnderWay> of_;
  Uploads::const_iterator at_;
};

}  // namespace rapport::server::attachments
