#include <algorithm>

#include "phone/call.hpp"

/// What agents' phones call: numbers, for calls that we place with the agent's leg already there; and, by a
/// second call while they have one, whom they want to ask.
namespace rapport::phone {

base::Result<std::unique_ptr<Call>, SipLeg::Refusal> Call::take_of_agent(Ground const& ground, sip_msg const& invite, CallNumber number, Arrival const& arrival, std::string const& agent) {
  std::unique_ptr<Call> call{new Call{ground, number, arrival}};
  auto leg = SipLeg::take(ground.sip, invite, ground.next_leg(), *call);
  if (!leg) return leg.error();
  call->agent_ = {agent, std::move(*leg)};
  call->agent_.source = address_of(invite.src);
  call->agent_.calls = true;
  call->dialling_.emplace(Dialling{{}});
  call->answered_ = true;  // there is no caller to be answered
  ground.media.begin(number);
  return call;
}

void Call::grant(Placement const& placement) {
  if (!over_ && dialling_ && agent_.calls) dialling_->placement = placement;
}

/// The agent has the call: their phone hears what a phone that we rang would hear.
void Call::answer_phone() {
  if (!agent_.calls || wanted_.stage != Wanted::Stage::connected) return;
  agent_.calls = false;
  if (agent_.leg->answer()) return;
  given_up_ = agent_.agent;
  drop_agent();
  ground_.centre.agent_left(arrival_.interaction, given_up_);
}

std::optional<SipLeg::Refusal> Call::take_second(sip_msg const& invite, std::string const& whom) {
  bool const talks = agent_.in_media && wanted_.stage == Wanted::Stage::connected && wanted_.agent == agent_.agent && customer_there();
  if (!talks || second_.leg) return SipLeg::Refusal{486, "Busy Here"};
  auto leg = SipLeg::take(ground_.sip, invite, ground_.next_leg(), *this);
  if (!leg) return leg.error();
  second_ = {agent_.agent, std::move(*leg)};
  second_.source = address_of(invite.src);
  second_.calls = true;
  ground_.centre.agent_asks(arrival_.interaction, agent_.agent, whom, ++attempt_);
  return std::nullopt;
}

void Call::refuse_second(std::uint32_t attempt, SipLeg::Refusal const& why) {
  if (over_ || !second_.calls || attempt != attempt_) return;
  second_.leg->refuse(why);
  drop(second_);
}

void Call::drop_second() {
  spoken_ = spoken_ + second_.talk;
  drop(second_);
}

/// The phone hung up, or nothing comes from it.
void Call::second_over() {
  drop_second();
  hold_again_ = true;
  ground_.centre.agent_asks_no_more(arrival_.interaction, agent_.agent);
  arrange_sound();
}

bool Call::colleague_there() const {
  if (outside_ && outside_->wanted.asks && outside_->in_media) return true;
  return std::ranges::any_of(guests_, [](Guest const& one) {
    bool const asked = one.wanted.seat == Seat::consulted || one.wanted.seat == Seat::joined;
    return asked && one.end.in_media && !one.wanted.offered;
  });
}

/// The second call is answered when the colleague is there, and ends with the asking.
void Call::settle_second() {
  bool const ended = asked_ && !wanted_.asks && asked_by_ == attempt_;  // an earlier attempt's end is not this one's
  asked_ = wanted_.asks;
  asked_by_ = wanted_.attempt;
  if (second_.leg && ended) {
    hold_again_ = true;
    if (second_.calls)
      refuse_second(attempt_, {480, "Temporarily Unavailable"});
    else
      drop_second();
  }
  if (second_.calls && colleague_there()) {
    second_.calls = false;
    if (!second_.leg->answer()) second_over();
  }
  if (!hold_again_ || wanted_.asks) return;
  hold_again_ = false;
  bool const lets_wait = agent_.leg && agent_.holds && wanted_.stage == Wanted::Stage::connected && !wanted_.held;
  if (lets_wait) ground_.centre.agent_holds(arrival_.interaction, agent_.agent, true);
}

/// A phone speaks by the one of its two calls that it does not hold. Where it holds neither, by the one that
/// the centre has off hold.
bool Call::speaks_by_second() const { return second_.in_media && !second_.holds && (agent_.holds || wanted_.held); }

/// The one of the phone's calls asks to be joined with the other, which somebody has answered.
bool Call::joins(SipLeg const& leg, Replaces const& replaces) const {
  if (!agent_.in_media || !second_.in_media) return false;
  bool const of_first = &leg == agent_.leg.get();
  if (!of_first && &leg != second_.leg.get()) return false;
  return (of_first ? second_ : agent_).leg->is(replaces);
}

}  // namespace rapport::phone
