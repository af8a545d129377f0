#include "phone/call.hpp"

#include <algorithm>
#include <utility>

namespace rapport::phone {
namespace {

/// It is on the line both ways, so that silence means that it is gone. Whoever holds may send nothing.
bool sends_always(Agreed const& agreed) { return agreed.peer_sends && agreed.peer_receives; }

}  // namespace

base::Result<std::unique_ptr<Call>, SipLeg::Refusal> Call::take(Ground const& ground, sip_msg const& invite, CallNumber number, Arrival const& arrival, Trunks::Came came) {
  std::unique_ptr<Call> call{new Call{ground, number, arrival}};
  auto caller = SipLeg::take(ground.sip, invite, ground.next_leg(), *call);
  if (!caller) return caller.error();
  call->caller_ = std::move(*caller);
  call->line_ = std::move(came.line);
  call->came_by_ = came.trunk;
  return call;
}

Call::~Call() { finish(); }

void Call::follow(Wanted wanted) {
  if (over_) return;
  bool const same_offer = wanted.stage == wanted_.stage && wanted.agent == wanted_.agent;
  if (!same_offer) given_up_.clear();
  bool const message = wanted.stage == Wanted::Stage::message && wanted_.stage != Wanted::Stage::message;
  wanted_ = std::move(wanted);
  settle();
  if (message && !over_ && caller_) ground_.media.with(number_, [caller = caller_->number()](MediaCall& call) { call.await_silence(caller); });
}

void Call::refuse(SipLeg::Refusal const& why) {
  if (over_) return;
  if (agent_.calls)
    agent_.leg->refuse(why);
  else if (!answered_)
    caller_->refuse(why);
  finish();
}

/// Makes real what is wanted, from wherever it stands.
void Call::settle() {
  if (wanted_.stage == Wanted::Stage::over) {
    finish();
    return;
  }
  if (left()) return join_outside();
  if (!answered_) answer_caller();
  if (over_) return;
  bool const may_record = wanted_.recorded && wanted_.stage != Wanted::Stage::menu && customer_there();
  if (may_record && !recording_) record();
  ground_.media.with(number_, [silent = wanted_.paused || !wanted_.recorded](MediaCall& call) { call.pause_recording(silent); });
  seat_guests();
  if (agent_.leg && agent_.agent != wanted_.agent) drop_agent();
  if (!wanted_.agent.empty() && !agent_.leg && given_up_ != wanted_.agent) ring_agent();
  answer_phone();
  settle_second();
  if (wanted_.stage != Wanted::Stage::connected && dialling_) {
    stop_dialling();
    dialling_->tried.clear();  // the next agent's attempt begins anew
  }
  if (to_be_dialled()) dial();
  settle_outside();
  if (!over_) arrange_sound();
}

/// Whoever is taken into a queue is answered there, so that they hear something.
void Call::answer_caller() {
  if (!caller_->answer()) {
    ground_.centre.caller_left(arrival_.interaction);
    finish();
    return;
  }
  answered_ = true;
  ground_.media.begin(number_);
  add_to_media(*caller_, media::Side::customer);
}

/// Not before a menu is over, for it may ask whether they agree.
void Call::record() {
  recording_ = true;
  ground_.recorder.begin(number_, arrival_.interaction);
  ground_.media.with(number_, [](MediaCall& call) { call.record(); });
}

void Call::add_to_media(SipLeg& leg, media::Side side) {
  media::LegOptions const options{leg.agreed().format, side, ground_.random(), static_cast<std::uint16_t>(ground_.random()), ground_.random()};
  std::shared_ptr<SecureLeg> const secure = leg.secure();
  auto const sockets = std::make_shared<RtpSockets>(leg.take_sockets());  // a std::function must be copyable
  ground_.media.with(number_, [number = leg.number(), sockets, options, secure, agreed = leg.agreed()](MediaCall& call) {
    call.add(number, std::move(*sockets), options, agreed.remote);
    if (secure) call.lock(number, secure);
    if (agreed.lock) call.seal(number, *agreed.lock);
    call.send_to(number, agreed.remote, agreed.peer_receives);
    call.watch(number, sends_always(agreed));
  });
}

void Call::ring_agent() {
  Binding const* const phone = ground_.registrations.find(wanted_.agent, ground_.now());
  if (phone == nullptr && ground_.now() < return_until_) return;  // on_phone_came rings it
  return_until_ = {};
  base::Result<std::unique_ptr<SipLeg>> leg{base::Error{"no phone is logged in"}};
  if (phone != nullptr) leg = SipLeg::ring(ground_.sip, {*phone, ground_.local_towards(phone->source, phone->transport), arrival_.caller, arrival_.interaction}, ground_.next_leg(), *this);
  if (!leg || spoken_by_ != wanted_.agent) spoken_ = {};
  if (leg) {
    agent_ = {wanted_.agent, std::move(*leg)};
    agent_.source = phone->source;
    return;
  }
  given_up_ = wanted_.agent;
  ground_.centre.agent_unreachable(arrival_.interaction, wanted_.agent, phone == nullptr ? CentreSide::Unreachable::no_phone : CentreSide::Unreachable::no_answer);
}

void Call::drop_agent() {
  agent_.leg->tell_referral(200);  // if it asked for one: the centre has moved the call
  if (second_.leg) {
    second_.leg->tell_referral(200);
    drop(second_);
  }
  drop(agent_);
  spoken_ = {};
}

void Call::drop(AgentLeg& end) {
  if (end.in_media) ground_.media.with(number_, [number = end.leg->number()](MediaCall& call) { call.remove(number); });
  ground_.bury(std::move(end.leg));
  end = {};
}

void Call::arrange_sound() {
  std::vector<LegNumber> legs;
  std::vector<Seat> seats;
  if (caller_ && (!dialling_ || dialling_->done || dialling_->sound)) {
    legs.push_back(caller_->number());
    seats.push_back(Seat::caller);
  }
  auto const add = [&](AgentLeg const& end, Seat seat) {
    if (!end.in_media) return;
    legs.push_back(end.leg->number());
    seats.push_back(seat);
  };
  AgentLeg const& voice = speaks_by_second() ? second_ : agent_;
  add(voice, Seat::agent);
  add(speaks_by_second() ? agent_ : second_, Seat::resting);
  for (Guest const& guest : guests_) add(guest.end, guest.wanted.seat);
  bool const asks_outside = outside_ && outside_->wanted.asks && outside_->in_media;
  if (asks_outside) {
    legs.push_back(outside_->leg->number());
    seats.push_back(Seat::consulted);
  }
  LegNumber const unrecorded = asks_outside ? legs.back() : 0;
  if (legs.empty()) return;
  Talk const talk{wanted_.stage == Wanted::Stage::connected && !customer_prompted(), wanted_.held};
  bool const in_menu = (wanted_.stage == Wanted::Stage::menu && !outside_) || wanted_.stage == Wanted::Stage::message;
  bool const quiet = in_menu || !customer_there() || customer_prompted();
  bool const rings = dialling_ && dialling_->rings && !dialling_->sound && !dialling_->done;
  bool const talking = talk.connected && !talk.held && seats.front() == Seat::caller && agent_.in_media;
  LegNumber const customer = talking ? legs.front() : 0;
  LegNumber const agent = talking ? voice.leg->number() : 0;
  ground_.media.with(number_, [=, muted = wanted_.muted, music_of = wanted_.music](MediaCall& call) {
    call.use_music(music_of);
    for (std::size_t to = 0; to < legs.size(); ++to) {
      for (std::size_t from = 0; from < legs.size(); ++from) {
        if (to != from) call.hear(legs[to], legs[from], hears(seats[to], seats[from], talk));
      }
      bool const music = waits_to_music(seats[to]) && !quiet && !hears_any(seats[to], seats, talk);
      bool const ringing = rings && seats[to] == Seat::agent;
      call.play(legs[to], ringing ? media::Sound::ringing : music ? media::Sound::music
                                                                  : media::Sound::none);
      call.mute(legs[to], muted && seats[to] == Seat::agent);
      call.record_as(legs[to], legs[to] == unrecorded ? media::Side::nowhere : side_of(seats[to]));
    }
    if (seats.front() == Seat::caller && hears_any(Seat::caller, seats, talk)) call.announce(legs.front(), nullptr, 0);
    call.tap(customer, agent);
  });
}

void Call::on_established(SipLeg& leg) {
  if (&leg == caller_.get()) {
    if (dialling_) return customer_answers();
    on_changed(leg);  // an INVITE without an offer is agreed on only now
    return;
  }
  if (is_outside(leg)) return outside_answers();
  if (Guest* const guest = guest_of(leg)) return guest_established(*guest);
  if (&leg == second_.leg.get()) {
    second_.in_media = true;
    add_to_media(leg, media::Side::agents);
    return arrange_sound();
  }
  if (&leg != agent_.leg.get()) return;  // it is on its way out
  agent_.in_media = true;
  add_to_media(leg, media::Side::agents);
  if (wanted_.stage == Wanted::Stage::offered) ground_.centre.agent_answered(arrival_.interaction, agent_.agent);
  if (to_be_dialled()) dial();
  arrange_sound();
}

void Call::on_changed(SipLeg& leg) {
  ground_.media.with(number_, [number = leg.number(), agreed = leg.agreed(), terms = leg.secure_terms()](MediaCall& call) {
    call.change(number, agreed.format);
    if (terms) call.check_by(number, *terms);
    if (agreed.lock) call.seal(number, *agreed.lock);
    call.send_to(number, agreed.remote, agreed.peer_receives);
    call.watch(number, sends_always(agreed));
  });
  if (&leg == agent_.leg.get()) hold_by_phone();
  if (&leg == second_.leg.get()) second_.holds = !leg.agreed().peer_receives;
  if (second_.leg) arrange_sound();  // which of the two the phone speaks by
}

/// The phone's own hold is the centre's, so that the caller hears music and the timeline tells of it.
void Call::hold_by_phone() {
  bool const holds = !agent_.leg->agreed().peer_receives;
  if (agent_.holds == holds || !agent_.in_media) return;
  agent_.holds = holds;
  ground_.centre.agent_holds(arrival_.interaction, agent_.agent, holds);
}

void Call::on_key(SipLeg& leg, char key) {
  if (left()) return press_outside(leg.number(), key);
  if (guest_of(leg) == nullptr && &leg != second_.leg.get() && !is_outside(leg)) pressed(&leg == agent_.leg.get(), KeyWay::info, key);
}

/// Only who has the call hands it over; a caller's wish to be elsewhere is declined.
bool Call::on_refer(SipLeg& leg, std::string const& target, std::optional<Replaces> const& replaces) {
  if (replaces) {
    bool const both = joins(leg, *replaces);
    if (both) ground_.centre.agent_hands_over(arrival_.interaction, agent_.agent);
    return both;
  }
  bool const has_it = &leg == agent_.leg.get() && agent_.in_media && wanted_.stage == Wanted::Stage::connected && wanted_.agent == agent_.agent;
  if (has_it) ground_.centre.agent_refers(arrival_.interaction, agent_.agent, target);
  return has_it;
}

void Call::referred(std::uint16_t status) {
  if (over_) return;
  if (agent_.leg) agent_.leg->tell_referral(status);
  if (second_.leg) second_.leg->tell_referral(status);
}

void Call::pressed(bool by_agent, KeyWay way, char key) {
  KeyWay& known = by_agent ? agent_.keys : caller_keys_;
  if (known == KeyWay::none) known = way;
  if (known == way) ground_.centre.key_pressed(arrival_.interaction, by_agent ? agent_.agent : std::string{}, key);
}

void Call::announce(std::shared_ptr<media::Announcement const> announcement, std::uint32_t ticket) {
  bool const talking = wanted_.stage == Wanted::Stage::connected && !customer_prompted();
  if (over_ || !answered_ || talking || !customer_there()) return;
  ground_.media.with(number_, [leg = caller_->number(), announcement = std::move(announcement), ticket](MediaCall& call) { call.announce(leg, announcement, ticket); });
}

void Call::talked(LegNumber leg, media::Talk const& talk) {
  if (over_) return;
  for (AgentLeg* const end : {&agent_, &second_}) {
    if (!end->leg || end->leg->number() != leg) continue;
    end->talk = talk;
    ground_.centre.talk_measured(arrival_.interaction, agent_.agent, spoken_ + agent_.talk + second_.talk);
  }
}

void Call::press(std::string const& keys) {
  if (!over_ && answered_ && customer_there()) ground_.media.with(number_, [leg = caller_->number(), keys](MediaCall& call) { call.press(leg, keys); });
}

void Call::on_news(MediaNews const& news) {
  if (over_) return;
  if (Guest* const guest = guest_of(news.leg)) {
    if (news.kind == MediaNews::Kind::line) ground_.centre.line_measured(arrival_.interaction, guest->wanted.user, news.line);
    if (news.kind == MediaNews::Kind::silent) guest_lost(*guest);
    return;
  }
  if (second_.leg && second_.leg->number() == news.leg) {
    if (news.kind == MediaNews::Kind::silent) second_over();
    return;
  }
  if (left() || (outside_ && outside_->leg && outside_->leg->number() == news.leg)) {
    if (news.kind == MediaNews::Kind::silent) return left() ? outside_over() : fail_outside(0);
    if (news.kind == MediaNews::Kind::key && left()) press_outside(news.leg, news.key);
    return;
  }
  bool const of_agent = agent_.leg && agent_.leg->number() == news.leg;
  if (!of_agent && (!caller_ || caller_->number() != news.leg)) return;  // of a leg that was removed
  switch (news.kind) {
    case MediaNews::Kind::line:
      return ground_.centre.line_measured(arrival_.interaction, of_agent ? agent_.agent : std::string{}, news.line);
    case MediaNews::Kind::key:
      return pressed(of_agent, KeyWay::rtp, news.key);
    case MediaNews::Kind::announced:
      return ground_.centre.announced(arrival_.interaction, news.ticket);
    case MediaNews::Kind::quiet:
      return ground_.centre.fell_silent(arrival_.interaction);
    case MediaNews::Kind::silent:
      return lose(of_agent, CentreSide::Lost::no_sound);
  }
}

void Call::keep_alive() {
  if (!over_ && caller_ && !caller_->keep_alive()) lose(false, CentreSide::Lost::expired);
  if (!over_ && agent_.leg && !agent_.leg->keep_alive()) lose(true, CentreSide::Lost::expired);
  if (!over_ && second_.leg && !second_.leg->keep_alive()) second_over();
}

/// Hangs up on who is gone. An agent's call goes back to its place: the caller is there.
void Call::lose(bool agent, CentreSide::Lost why) {
  if (left()) return outside_over();
  std::string const who = agent ? agent_.agent : std::string{};
  ground_.centre.leg_lost(arrival_.interaction, who, why);
  if (!agent) {
    ground_.centre.caller_left(arrival_.interaction);
    return finish();
  }
  drop_agent();
  given_up_ = who;
  ground_.centre.agent_unreachable(arrival_.interaction, who, CentreSide::Unreachable::no_answer);
  arrange_sound();
}

void Call::on_closed(SipLeg& leg, std::uint16_t status) {
  if (&leg == caller_.get()) {
    if (!customer_there()) return not_dialled(status);
    if (left()) return outside_over();
    ground_.centre.caller_left(arrival_.interaction);
    finish();
    return;
  }
  if (is_outside(leg)) return outside_closed(status);
  if (Guest* const guest = guest_of(leg)) return guest_closed(*guest, status);
  if (&leg == second_.leg.get()) return second_over();
  if (&leg != agent_.leg.get()) return;  // it is on its way out
  std::string const agent = agent_.agent;
  if (agent_.calls) {
    ground_.centre.agent_left(arrival_.interaction, agent);
    return finish();
  }
  bool const had_answered = agent_.in_media;
  drop_agent();
  given_up_ = agent;
  if (had_answered)
    ground_.centre.agent_left(arrival_.interaction, agent);
  else
    ground_.centre.agent_unreachable(arrival_.interaction, agent, CentreSide::reason_of(status));
  arrange_sound();
}

void Call::on_time(base::Instant now) {
  if (over_) return;
  watch_dialling(now);
  watch_outside(now);
  auto const ran_out = [now](base::Instant until) { return until != base::Instant{} && now >= until; };
  if (!over_ && (ran_out(return_until_) || std::ranges::any_of(guests_, ran_out, &Guest::return_until))) settle();
}

/// Hangs up whoever is still there.
void Call::finish() {
  if (over_) return;
  over_ = true;
  if (second_.leg) ground_.bury(std::move(second_.leg));
  if (agent_.leg) ground_.bury(std::move(agent_.leg));
  for (Guest& guest : guests_) {
    if (guest.end.leg) ground_.bury(std::move(guest.end.leg));
  }
  guests_.clear();
  if (outside_ && outside_->leg) ground_.bury(std::move(outside_->leg));
  outside_.reset();
  if (caller_) ground_.bury(std::move(caller_));
  line_.give_back();
  if (answered_) ground_.media.end(number_);
}

}  // namespace rapport::phone
