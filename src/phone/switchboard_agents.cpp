#include "phone/switchboard.hpp"

/// Calls that agents place by their own phones, and the second calls by which they ask a colleague.
namespace rapport::phone {
namespace {

/// The user part without its parameters (RFC 3261, section 19.1.6), as it was dialled.
std::string dialled(sip_msg const& invite) {
  std::string_view const user = view(invite.uri.user);
  return std::string{user.substr(0, user.find(';'))};
}

}  // namespace

/// Each of them proves the phone's password: who forges a datagram of a phone that is logged in calls nobody.
void Switchboard::invited_by_agent(sip_msg const& message, std::string const& agent) {
  Account const* const account = registrations_.account_of(agent);
  if (account == nullptr) return refuse_call(message, {403, "Forbidden"});
  if (prove(message, *account) != Proved::yes) return;
  base::Instant const now = options_.clock();
  if (ticks_to_close_ != 0 || calls_.size() >= limits::phone_calls_max || !trust_.admits_call(now)) return refuse_call(message, {503, "Service Unavailable"});
  std::string const to = dialled(message);
  if (to.empty() || to.size() > limits::refer_target_bytes_max) return refuse_call(message, {404, "Not Found"});
  for (auto const& [interaction, call] : calls_) {
    if (!call->is_on(agent)) continue;
    if (auto const refused = call->take_second(message, to)) refuse_call(message, *refused);
    return;
  }
  Arrival const arrival{ids_.next(now), to, {}, {}};
  CallNumber const number = next_call_++;
  auto call = Call::take_of_agent(ground_, message, number, arrival, agent);
  if (!call) return refuse_call(message, call.error());
  add_call(arrival.interaction, number, std::move(*call));
  centre_.agent_calls(arrival.interaction, agent, to);
}

void Switchboard::refuse_second(std::string const& interaction, std::uint16_t status, std::string const& reason) {
  auto const found = calls_.find(interaction);
  if (found != calls_.end()) found->second->refuse_second({status, reason});
}

}  // namespace rapport::phone
