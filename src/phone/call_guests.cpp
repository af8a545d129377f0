#include <algorithm>
#include <utility>

#include "phone/call.hpp"

/// Who is on a call beside the caller and the agent: colleagues who are asked, supervisors who listen.
namespace rapport::phone {

/// Makes the guests those that are wanted. Who was one and has the call now keeps their leg.
void Call::seat_guests() {
  bool const changes_hands = wanted_.stage == Wanted::Stage::connected && (!agent_.leg || agent_.agent != wanted_.agent);
  auto const heir = std::ranges::find_if(guests_, [&](Guest const& one) { return one.end.leg && one.wanted.user == wanted_.agent; });
  if (changes_hands && heir != guests_.end()) {
    if (agent_.leg) drop_agent();
    spoken_ = {};
    agent_ = std::exchange(heir->end, {});
    return_until_ = {};
  }
  auto const wanted = [this](Guest& guest) {
    auto const found = std::ranges::find(wanted_.parties, guest.wanted.user, &Wanted::Party::user);
    if (found == wanted_.parties.end()) {
      drop(guest);
      return false;
    }
    if (!(guest.wanted == *found)) guest.given_up = false;
    guest.wanted = *found;
    return true;
  };
  std::erase_if(guests_, [&](Guest& guest) { return !wanted(guest); });
  for (Wanted::Party const& party : wanted_.parties) {
    bool const known = std::ranges::any_of(guests_, [&](Guest const& one) { return one.wanted.user == party.user; });
    if (!known) guests_.push_back({party});
  }
  for (Guest& guest : guests_) {
    if (!guest.end.leg && !guest.given_up) ring(guest);
  }
}

void Call::ring(Guest& guest) {
  std::string const& user = guest.wanted.user;
  Binding const* const phone = ground_.registrations.find(user, ground_.now());
  if (phone == nullptr && ground_.now() < guest.return_until) return;  // on_guest_phone_came rings it
  guest.return_until = {};
  base::Result<std::unique_ptr<SipLeg>> leg{base::Error{"no phone is logged in"}};
  if (phone != nullptr) leg = SipLeg::ring(ground_.sip, {*phone, ground_.local_towards(phone->source, phone->transport), arrival_.caller, arrival_.interaction}, ground_.next_leg(), *this);
  if (leg) {
    guest.end = {user, std::move(*leg)};
    guest.end.source = phone->source;
    return;
  }
  guest.given_up = true;
  ground_.centre.agent_unreachable(arrival_.interaction, user, phone == nullptr ? CentreSide::Unreachable::no_phone : CentreSide::Unreachable::no_answer);
}

void Call::drop(Guest& guest) {
  if (guest.end.leg) drop(guest.end);
}

Call::Guest* Call::guest_of(SipLeg const& leg) {
  auto const found = std::ranges::find_if(guests_, [&](Guest const& one) { return one.end.leg.get() == &leg; });
  return found == guests_.end() ? nullptr : &*found;
}

Call::Guest* Call::guest_of(LegNumber leg) {
  auto const found = std::ranges::find_if(guests_, [&](Guest const& one) { return one.end.leg && one.end.leg->number() == leg; });
  return found == guests_.end() ? nullptr : &*found;
}

void Call::guest_established(Guest& guest) {
  guest.end.in_media = true;
  add_to_media(*guest.end.leg, side_of(guest.wanted.seat));
  if (guest.wanted.offered) ground_.centre.agent_answered(arrival_.interaction, guest.wanted.user);
  settle_second();
  arrange_sound();
}

void Call::guest_closed(Guest& guest, std::uint16_t status) {
  bool const had_answered = guest.end.in_media;
  drop(guest);
  guest.given_up = true;
  if (had_answered)
    ground_.centre.agent_left(arrival_.interaction, guest.wanted.user);
  else
    ground_.centre.agent_unreachable(arrival_.interaction, guest.wanted.user, CentreSide::reason_of(status));
  arrange_sound();
}

/// No sound comes from them any more.
void Call::guest_lost(Guest& guest) {
  drop(guest);
  guest.given_up = true;
  ground_.centre.leg_lost(arrival_.interaction, guest.wanted.user, CentreSide::Lost::no_sound);
  ground_.centre.agent_unreachable(arrival_.interaction, guest.wanted.user, CentreSide::Unreachable::no_answer);
  arrange_sound();
}

void Call::on_guest_phone_gone(std::string const& user, Address const& source) {
  for (Guest& guest : guests_) {
    if (!guest.end.leg || guest.wanted.user != user || !(guest.end.source == source)) continue;
    drop(guest);
    guest.return_until = ground_.now() + limits::phone_return_ms;
    return settle();
  }
}

void Call::on_guest_phone_came(std::string const& user) {
  bool const awaited = std::ranges::any_of(guests_, [&](Guest const& one) { return !one.end.leg && one.wanted.user == user && one.return_until != base::Instant{}; });
  if (awaited) settle();
}

}  // namespace rapport::phone
