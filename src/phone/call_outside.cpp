#include <algorithm>

#include "phone/call.hpp"
#include "phone/dial_outcome.hpp"

/// A customer who is to be with a number outside for good. Where the trunk that carries them takes REFER, it is
/// asked to move them, and they leave by it; else, and where it does not do so, a leg of ours goes there, and the
/// customer is joined with it once the centre has let go of the call.
namespace rapport::phone {
namespace {

constexpr std::uint16_t outside_rings = 180;
constexpr std::uint16_t moved = 200;

std::string sip_uri(std::string const& user, std::string const& host) { return "sip:" + user + "@" + host; }

}  // namespace

/// By which trunk the customer is with us, where it is one.
Trunk const* Call::customers_trunk() const { return line_ ? &line_.trunk() : came_by_; }

void Call::settle_outside() {
  Wanted::Outside const& wanted = wanted_.outside;
  if (outside_ && outside_->wanted == wanted) return;
  drop_outside();
  if (wanted.to.empty()) outside_failed_.reset();
  bool const failed = outside_failed_ == wanted;  // the centre does not know it yet
  if (wanted.to.empty() || failed || !customer_there()) return;
  outside_.emplace(Outside{wanted});
  outside_->since = ground_.now();
  if (wanted.asks || !refer_outside()) dial_outside();
}

void Call::drop_outside() {
  if (!outside_) return;
  if (outside_->refers) caller_->forget_refer();
  if (outside_->leg) {
    if (outside_->in_media) ground_.media.with(number_, [number = outside_->leg->number()](MediaCall& call) { call.remove(number); });
    ground_.bury(std::move(outside_->leg));
  }
  outside_.reset();
}

/// False: their trunk is not to be asked.
bool Call::refer_outside() {
  Trunk const* const trunk = customers_trunk();
  if (trunk == nullptr || !trunk->refers) return false;
  std::string const host = trunk->logs_in ? line_.target().address.text() : trunk->authority();
  std::string by = outside_->wanted.caller.empty() ? trunk->number : outside_->wanted.caller;
  if (by.empty()) by = trunk->user.empty() ? "anonymous" : trunk->user;
  if (!caller_->refer(sip_uri(outside_->wanted.to, host), sip_uri(by, host), *trunk)) return false;
  outside_->refers = true;
  ground_.centre.outside_asked(arrival_.interaction, trunk->name);
  return true;
}

void Call::on_referred(SipLeg& leg, std::uint16_t status) {
  if (over_ || !outside_ || !outside_->refers || &leg != caller_.get()) return;
  bool const under_way = status >= 100 && status < moved;
  if (under_way) {
    outside_->heard = true;
    if (status >= outside_rings && !outside_->rings) {
      outside_->rings = true;
      ground_.centre.outside_rings(arrival_.interaction);
    }
    return;
  }
  outside_->refers = false;
  if (status >= moved && status < 300) {
    outside_->reached = true;
    return ground_.centre.outside_reached(arrival_.interaction);
  }
  // Whoever was rung has said so themselves; to be rung once more by another way would be no better.
  if (outside_->rings) return fail_outside(status);
  dial_outside();
}

/// By the next trunk that takes it.
void Call::dial_outside() {
  Outside& outside = *outside_;
  caller_->forget_refer();
  for (;;) {
    outside.line = ground_.trunks.take(outside.tried, {}, false);
    if (!outside.line) {
      outside.heard = false;
      return fail_outside(0);
    }
    Trunk const& trunk = outside.line.trunk();
    outside.tried.push_back(outside.line.key());
    std::string shown = outside.wanted.caller.empty() ? trunk.number : outside.wanted.caller;
    if (shown.empty()) shown = trunk.user;
    Target const& target = outside.line.target();
    auto leg = SipLeg::dial(ground_.sip, {trunk, target, ground_.local_towards(target.address, target.transport), outside.wanted.to, shown}, ground_.next_leg(), *this);
    if (leg) {
      outside.leg = std::move(*leg);
      break;
    }
    outside.line.give_back();  // nothing was sent: the want is ours, of a port, say
  }
  outside.since = ground_.now();
  outside.heard = outside.rings = false;
  ground_.centre.outside_dialled(arrival_.interaction, outside.line.trunk().name);
}

void Call::outside_progress(std::uint16_t status) {
  outside_->heard = true;
  if (status < outside_rings || outside_->rings) return;
  outside_->rings = true;
  ground_.centre.outside_rings(arrival_.interaction);
}

/// The customer hears music still: the centre lets go of the call first, or the agent talks with them.
void Call::outside_answers() {
  outside_->reached = outside_->in_media = true;
  add_to_media(*outside_->leg, media::Side::nowhere);
  ground_.centre.outside_reached(arrival_.interaction);
  settle_second();
  arrange_sound();
}

/// `status`: what was told of it; 0: nothing was.
void Call::fail_outside(std::uint16_t status) {
  using enum CentreSide::NotReached;
  CentreSide::NotReached const why = outside_->reached ? hung_up : status == 0 && outside_->heard ? no_answer
                                                                                                  : not_reached(status);
  drop_outside();
  outside_failed_ = wanted_.outside;
  ground_.centre.outside_not_reached(arrival_.interaction, why, status);
}

/// Its leg is over.
void Call::outside_closed(std::uint16_t status) {
  if (wanted_.stage == Wanted::Stage::outside) return outside_over();
  if (outside_->reached) return fail_outside(status);  // before the centre could let go of the call
  bool const next = is_the_trunks(status) && !outside_->rings;
  if (!next) return fail_outside(status);
  ground_.trunks.failed(outside_->line);
  ground_.bury(std::move(outside_->leg));
  outside_->line.give_back();
  dial_outside();
}

void Call::outside_over() {
  ground_.centre.outside_over(arrival_.interaction);
  finish();
}

/// The centre has let go of it: customer and whoever was called have each other, and nobody else is there.
void Call::join_outside() {
  if (!outside_ || !outside_->in_media || !caller_) return outside_over();
  if (agent_.leg) drop_agent();
  seat_guests();
  outside_->since = ground_.now();
  ground_.media.with(number_, [customer = caller_->number(), other = outside_->leg->number()](MediaCall& call) {
    call.end_recording();
    call.tap(0, 0);
    call.announce(customer, nullptr, 0);
    call.play(customer, media::Sound::none);
    call.hear(customer, other, true);
    call.hear(other, customer, true);
  });
}

/// Keys are the two ends' own business: they are passed on, and kept nowhere.
void Call::press_outside(LegNumber from, char key) {
  LegNumber const to = from == caller_->number() ? outside_->leg->number() : caller_->number();
  ground_.media.with(number_, [to, keys = std::string{key}](MediaCall& call) { call.press(to, keys); });
}

void Call::watch_outside(base::Instant now) {
  if (over_ || !outside_) return;
  base::Millis const span = now - outside_->since;
  if (wanted_.stage == Wanted::Stage::outside) {
    if (span >= limits::outside_ms_max) outside_over();
    return;
  }
  if (outside_->reached) return;
  if (outside_->refers) {
    bool const silent = !outside_->heard && span >= limits::refer_silence_ms;
    if (!silent && span < ground_.ring_ms) return;
    outside_->refers = false;
    return outside_->rings ? fail_outside(0) : dial_outside();
  }
  if (!outside_->heard && span >= limits::trunk_silence_ms) return outside_closed(0);
  if (span >= ground_.ring_ms) fail_outside(0);
}

}  // namespace rapport::phone
