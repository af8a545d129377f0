#include "phone/trust.hpp"

#include <algorithm>

#include "base/phone_limits.hpp"

namespace rapport::phone {

bool Trust::trusts(Address const& source) const {
  return source.is_loopback() || std::ranges::any_of(networks_, [&](Network const& network) { return network.contains(source); });
}

bool Trust::admits_call(base::Instant now) {
  base::Millis const second = now.since_epoch / base::second;
  if (second != second_) calls_ = 0;
  second_ = second;
  if (calls_ >= limits::phone_calls_per_second_max) return false;
  ++calls_;
  return true;
}

void Trust::make_room(base::Instant now) {
  if (failures_.size() < limits::phone_bans_max) return;
  std::erase_if(failures_, [&](auto const& entry) { return entry.second.until <= now; });
  // All of them are new: somebody comes from everywhere. Whom we forget begins anew.
  if (failures_.size() >= limits::phone_bans_max) failures_.erase(failures_.begin());
}

void Trust::failed(Address const& source, base::Instant now) {
  if (trusts(source)) return;
  make_room(now);
  Failures& failures = failures_[source.host()];
  if (failures.until <= now) failures.count = 0;
  ++failures.count;
  failures.until = now + limits::phone_ban_ms;
}

void Trust::succeeded(Address const& source) { failures_.erase(source.host()); }

bool Trust::banned(Address const& source, base::Instant now) const {
  auto const found = failures_.find(source.host());
  return found != failures_.end() && found->second.until > now && found->second.count >= limits::phone_login_failures_max;
}

}  // namespace rapport::phone
