#include <algorithm>

#include "phone/switchboard.hpp"

/// Calls that agents place by their own phones, and the second calls by which they ask a colleague.
namespace rapport::phone {
namespace {

/// The user part without its parameters (RFC 3261, section 19.1.6), as it was dialled.
std::string dialled(sip_msg const& invite) {
  std::string_view const user = view(invite.uri.user);
  return std::string{user.substr(0, user.find(';'))};
}

/// Who calls, as they say themselves: to us, or else to whom they call.
std::string named_login(sip_msg const& invite) {
  sip_hdr const* const header = sip_msg_hdr(&invite, SIP_HDR_AUTHORIZATION);
  httpauth_digest_resp response{};
  bool const says = header != nullptr && httpauth_digest_response_decode(&response, &header->val) == 0;
  return text(says ? response.username : invite.from.uri.user);
}

}  // namespace

/// Whose phone calls; empty: it is a customer's call, or a stranger's. A proxy may pass on both customers' calls and
/// agents' registrations, and these of several agents.
std::string Switchboard::agent_calling(sip_msg const& invite) const {
  Address const source = address_of(invite.src);
  std::vector<std::string> const agents = registrations_.agents_at(source, options_.clock());
  if (agents.empty()) return {};
  Account const* const named = registrations_.account(named_login(invite));
  if (named != nullptr && std::ranges::find(agents, named->agent) != agents.end()) return named->agent;
  bool const brings_customers = trust_.trusts(source) || trunks_.knows(source);
  return brings_customers ? std::string{} : agents.front();  // who has to prove it
}

/// Each of them proves the phone's password: who forges a datagram of a phone that is logged in calls nobody.
void Switchboard::invited_by_agent(sip_msg const& message, std::string const& agent) {
  Account const* const account = registrations_.account_of(agent);
  if (account == nullptr) return refuse_call(message, {403, "Forbidden"});
  if (prove(message, *account) != Proved::yes) return;
  base::Instant const now = options_.clock();
  if (ticks_to_close_ != 0 || calls_.size() >= limits::phone_calls_max || !trust_.admits_call(now)) return refuse_call(message, {503, "Service Unavailable"});
  std::string const to = dialled(message);
  if (to.empty() || to.size() > limits::refer_target_bytes_max) return refuse_call(message, {404, "Not Found"});
  Call* theirs = nullptr;
  for (auto const& [interaction, call] : calls_) {
    if (!call->is_on(agent)) continue;
    if (theirs != nullptr) return refuse_call(message, {486, "Busy Here"});  // for which of the two they ask, nobody can tell
    theirs = call.get();
  }
  if (theirs != nullptr) {
    if (auto const refused = theirs->take_second(message, to)) refuse_call(message, *refused);
    return;
  }
  Arrival const arrival{ids_.next(now), to, {}, {}};
  CallNumber const number = next_call_++;
  auto call = Call::take_of_agent(ground_, message, number, arrival, agent);
  if (!call) return refuse_call(message, call.error());
  add_call(arrival.interaction, number, std::move(*call));
  centre_.agent_calls(arrival.interaction, agent, to);
}

void Switchboard::refuse_second(std::string const& interaction, std::uint32_t attempt, std::uint16_t status, std::string const& reason) {
  auto const found = calls_.find(interaction);
  if (found != calls_.end()) found->second->refuse_second(attempt, {status, reason});
}

}  // namespace rapport::phone
