#include <algorithm>

#include "base/phone_limits.hpp"
#include "phone/call.hpp"

/// Phones of a call that go and may come back: a page that is loaded anew, a phone whose login is taken away.
namespace rapport::phone {

bool Call::has_phone_at(Address const& source) const {
  auto const there = [&source](AgentLeg const& end) { return end.leg && end.source == source; };
  return there(agent_) || there(second_) || std::ranges::any_of(guests_, there, &Guest::end);
}

void Call::on_phone_gone(std::string const& agent, Address const& source) {
  if (over_) return;
  on_guest_phone_gone(agent, source);
  if (!agent_.leg || agent_.agent != agent || !(agent_.source == source)) return;
  media::Talk const spoken = spoken_ + agent_.talk + second_.talk;
  drop_agent();
  spoken_ = spoken;  // their next leg goes on
  spoken_by_ = agent;
  return_until_ = ground_.now() + limits::phone_return_ms;
  settle();
}

void Call::on_phone_came(std::string const& agent) {
  if (over_) return;
  on_guest_phone_came(agent);
  if (!agent_.leg && wanted_.agent == agent && return_until_ != base::Instant{}) settle();
}

}  // namespace rapport::phone
