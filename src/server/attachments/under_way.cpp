#include "server/attachments/under_way.hpp"

#include <algorithm>
#include <iterator>

namespace rapport::server::attachments {

UnderWay::Place::~Place() {
  std::lock_guard const lock{of_->mutex_};
  of_->uploads_.erase(at_);
}

std::unique_ptr<UnderWay::Place> UnderWay::enter(std::string const& interaction, std::string const& event) {
  std::lock_guard const lock{mutex_};
  // No id of a message begins with a NUL: it would be no plain text.
  std::string const name = event.empty() ? std::string(1, '\0') + std::to_string(++nameless_) : event;
  auto const [at, added] = uploads_.emplace(interaction, name);
  if (!added) return nullptr;
  return std::make_unique<Place>(shared_from_this(), at);
}

std::size_t UnderWay::count(std::string const& interaction) const {
  std::lock_guard const lock{mutex_};
  auto const first = uploads_.lower_bound({interaction, {}});
  auto const last = std::find_if(first, uploads_.end(), [&](auto const& one) { return one.first != interaction; });
  return static_cast<std::size_t>(std::distance(first, last));
}

}  // namespace rapport::server::attachments
