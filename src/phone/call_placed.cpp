#include "phone/call.hpp"
#include "phone/dial_outcome.hpp"

/// Calls that we place: the agent's phone first, so that no customer meets silence, then the customer's by
/// the first trunk that takes it.
namespace rapport::phone {
namespace {

constexpr std::uint16_t ringing = 180;

}  // namespace

std::unique_ptr<Call> Call::place(Ground const& ground, CallNumber number, Placement const& placement) {
  // The agent's phone shows whom it will call.
  std::unique_ptr<Call> call{new Call{ground, number, {placement.interaction, placement.to, {}}}};
  call->dialling_.emplace(Dialling{placement});
  call->answered_ = true;  // there is no caller to be answered
  ground.media.begin(number);
  return call;
}

bool Call::to_be_dialled() const {
  return dialling_ && !dialling_->done && !caller_ && !over_ && wanted_.stage == Wanted::Stage::connected && agent_.in_media;
}

/// By the next trunk that takes it.
void Call::dial() {
  Dialling& dialling = *dialling_;
  for (;;) {
    line_ = ground_.trunks.take(dialling.tried, dialling.placement.trunk, dialling.placement.emergency);
    if (!line_) return give_up(CentreSide::NotReached::no_trunk, 0);
    Trunk const& trunk = line_.trunk();
    dialling.tried.push_back(line_.key());
    std::string caller = dialling.placement.caller.empty() ? trunk.number : dialling.placement.caller;
    if (caller.empty()) caller = trunk.user;
    auto leg = SipLeg::dial(ground_.sip, {trunk, line_.target(), ground_.local_towards(line_.target().address, line_.target().transport), dialling.placement.to, caller}, ground_.next_leg(), *this);
    if (leg) {
      caller_ = std::move(*leg);
      break;
    }
    line_.give_back();  // nothing was sent: the want is ours, of a port, say
  }
  dialling.since = ground_.now();
  dialling.heard = dialling.rings = dialling.sound = false;
  ground_.centre.customer_dialled(arrival_.interaction, line_.trunk().name);
}

void Call::on_progress(SipLeg& leg, std::uint16_t status, bool sound) {
  if (over_) return;
  if (is_outside(leg)) return outside_progress(status);
  if (&leg != caller_.get()) return;
  Dialling& dialling = *dialling_;
  dialling.heard = true;
  if (sound && !dialling.sound) {
    dialling.sound = true;
    add_to_media(leg, media::Side::customer);
  }
  if (status >= ringing && !dialling.rings) {
    dialling.rings = true;
    ground_.centre.customer_rings(arrival_.interaction);
  }
  arrange_sound();
}

void Call::customer_answers() {
  Dialling& dialling = *dialling_;
  if (dialling.done) return;
  dialling.done = true;
  if (dialling.sound)
    on_changed(*caller_);
  else
    add_to_media(*caller_, media::Side::customer);
  ground_.centre.customer_answered(arrival_.interaction);
  settle();
}

/// The attempt is over without an answer.
void Call::not_dialled(std::uint16_t status) {
  bool const next = is_the_trunks(status) && !dialling_->rings;
  if (next) ground_.trunks.failed(line_);
  stop_dialling();
  if (next)
    dial();
  else
    give_up(not_reached(status), status);
  if (!over_) arrange_sound();
}

void Call::stop_dialling() {
  if (!dialling_ || dialling_->done || !caller_) return;
  if (dialling_->sound) ground_.media.with(number_, [number = caller_->number()](MediaCall& call) { call.remove(number); });
  ground_.bury(std::move(caller_));
  line_.give_back();
  dialling_->rings = dialling_->sound = false;
}

void Call::give_up(CentreSide::NotReached why, std::uint16_t status) {
  dialling_->done = true;
  ground_.centre.customer_not_reached(arrival_.interaction, why, status);
}

void Call::watch_dialling(base::Instant now) {
  if (over_ || !dialling_ || dialling_->done || !caller_) return;
  base::Millis const span = now - dialling_->since;
  if (!dialling_->heard && span >= limits::trunk_silence_ms) return not_dialled(0);
  if (span < ground_.ring_ms) return;
  stop_dialling();
  give_up(CentreSide::NotReached::no_answer, 0);
  arrange_sound();
}

}  // namespace rapport::phone
