#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "centre/publication.hpp"

namespace rapport::server::api {

/// What each agent has in hand at this moment, as the centre told it: for rights that come with a
/// contact. Any thread.
class Hands final : public centre::Listener {
 public:
  void on(centre::Publication const& publication) override;
  bool has(std::string_view agent, std::string_view interaction) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> held_;
};

}  // namespace rapport::server::api
