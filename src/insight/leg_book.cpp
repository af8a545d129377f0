#include "insight/leg_book.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace rapport::insight {

LegBook LegBook::of(Kept kept) {
  LegBook book{std::move(kept.facts)};
  book.stage_ = kept.stage;
  book.now_ = kept.now;
  book.offer_ = std::move(kept.offer);
  book.legs_ = std::move(kept.legs);
  book.wrapping_ = std::move(kept.wrapping);
  return book;
}

LegBook::Kept LegBook::kept() const {
  RAPPORT_ASSERT(finished_.empty());
  return {facts_, stage_, now_, offer_, legs_, wrapping_};
}

Leg& LegBook::running() {
  RAPPORT_ASSERT(stage_ != Stage::nowhere && stage_ != Stage::gone);
  return legs_.back();
}

void LegBook::spend_until(base::Instant at) {
  base::Instant const until = std::max(at, now_);
  base::Millis const span = until - now_;
  now_ = until;
  switch (stage_) {
    case Stage::waiting:
      running().wait_ms += span;
      break;
    case Stage::parked:
      running().parked_ms += span;
      break;
    case Stage::talking:
      running().talk_ms += span;
      break;
    case Stage::on_hold:
      running().hold_ms += span;
      break;
    case Stage::nowhere:
    case Stage::gone:
      break;
  }
}

void LegBook::begin(std::string queue, Entry entry, Stage stage) {
  Leg leg;
  leg.interaction = facts_.interaction;
  leg.brand = facts_.brand;
  leg.channel = facts_.channel;
  leg.direction = facts_.direction;
  leg.consult = facts_.consult;
  leg.number = static_cast<std::uint32_t>(legs_.size());
  leg.queue = std::move(queue);
  leg.entry = entry;
  leg.entered_at = now_;
  leg.left_at = now_;
  leg.callback = !legs_.empty() && legs_.back().callback;
  legs_.push_back(std::move(leg));
  stage_ = stage;
}

void LegBook::finish(LegEnd end) {
  close_offer(OfferEnd::withdrawn);
  Leg& leg = running();
  leg.end = end;
  leg.left_at = now_;
  std::size_t const index = legs_.size() - 1;
  if (leg.answered()) {
    wrapping_.push_back({index, now_});
  } else {
    finished_.push_back(index);
  }
  stage_ = Stage::gone;
}

void LegBook::close_offer(OfferEnd why) {
  if (!offer_) return;
  offer_->why = why;
  offer_->ended_at = now_;
  running().missed_offers.push_back(std::move(*offer_));
  offer_.reset();
}

void LegBook::entered(base::Instant at, std::string queue) {
  RAPPORT_ASSERT(stage_ == Stage::nowhere);
  now_ = at;
  begin(std::move(queue), Entry::arrived, Stage::waiting);
}

void LegBook::placed(base::Instant at, std::string agent, std::string queue) {
  RAPPORT_ASSERT(stage_ == Stage::nowhere);
  now_ = at;
  begin(std::move(queue), Entry::placed, Stage::talking);
  running().agent = std::move(agent);
  running().answered_at = now_;
}

void LegBook::offered(base::Instant at, std::string agent) {
  RAPPORT_ASSERT(stage_ == Stage::waiting && !offer_);
  spend_until(at);
  offer_ = MissedOffer{std::move(agent), now_, now_, OfferEnd::no_answer};
}

void LegBook::offer_ended(base::Instant at, OfferEnd why) {
  spend_until(at);
  close_offer(why);
}

void LegBook::answered(base::Instant at, std::string agent) {
  RAPPORT_ASSERT(stage_ == Stage::waiting);
  spend_until(at);
  if (offer_ && offer_->agent != agent) close_offer(OfferEnd::withdrawn);
  offer_.reset();
  running().agent = std::move(agent);
  running().answered_at = now_;
  stage_ = Stage::talking;
}

void LegBook::parked(base::Instant at) {
  RAPPORT_ASSERT(stage_ == Stage::waiting);
  spend_until(at);
  close_offer(OfferEnd::withdrawn);
  running().callback = true;
  stage_ = Stage::parked;
}

void LegBook::callback_due(base::Instant at) {
  RAPPORT_ASSERT(stage_ == Stage::parked);
  spend_until(at);
  stage_ = Stage::waiting;
}

void LegBook::overflowed(base::Instant at, std::string queue) {
  RAPPORT_ASSERT(stage_ == Stage::waiting);
  spend_until(at);
  finish(LegEnd::overflowed);
  begin(std::move(queue), Entry::overflowed, Stage::waiting);
}

void LegBook::hold_started(base::Instant at) {
  RAPPORT_ASSERT(stage_ == Stage::talking || stage_ == Stage::on_hold);
  if (stage_ == Stage::on_hold) return;
  spend_until(at);
  ++running().holds;
  stage_ = Stage::on_hold;
}

void LegBook::hold_ended(base::Instant at) {
  RAPPORT_ASSERT(stage_ == Stage::talking || stage_ == Stage::on_hold);
  spend_until(at);
  stage_ = Stage::talking;
}

void LegBook::transferred(base::Instant at, std::string queue) {
  RAPPORT_ASSERT(stage_ == Stage::talking || stage_ == Stage::on_hold);
  spend_until(at);
  finish(LegEnd::transferred);
  begin(std::move(queue), Entry::transferred, Stage::waiting);
}

void LegBook::handed(base::Instant at, std::string agent, std::string queue) {
  RAPPORT_ASSERT(stage_ == Stage::talking || stage_ == Stage::on_hold);
  spend_until(at);
  finish(LegEnd::transferred);
  begin(std::move(queue), Entry::handed, Stage::talking);
  running().agent = std::move(agent);
  running().answered_at = now_;
}

void LegBook::put_back(base::Instant at) {
  RAPPORT_ASSERT(stage_ == Stage::talking || stage_ == Stage::on_hold);
  spend_until(at);
  std::string queue = running().queue;
  finish(LegEnd::put_back);
  begin(std::move(queue), Entry::put_back, Stage::waiting);
}

void LegBook::not_reached(base::Instant at) {
  RAPPORT_ASSERT(stage_ == Stage::talking || stage_ == Stage::on_hold);
  spend_until(at);
  std::string queue = running().queue;
  finish(LegEnd::not_reached);
  begin(std::move(queue), Entry::retried, Stage::parked);
}

void LegBook::left(base::Instant at, LegEnd end) {
  spend_until(at);
  finish(end);
}

void LegBook::wrap_up_ended(base::Instant at, std::string_view agent) {
  spend_until(at);
  auto const found = std::ranges::find_if(wrapping_, [&](WrapUp const& wrap_up) { return legs_[wrap_up.leg].agent == agent; });
  if (found == wrapping_.end()) return;
  legs_[found->leg].wrap_up_ms = now_ - found->since;
  finished_.push_back(found->leg);
  wrapping_.erase(found);
}

void LegBook::disposed(std::string_view agent, std::string code) {
  auto const latest = std::find_if(legs_.rbegin(), legs_.rend(), [&](Leg const& leg) { return leg.agent == agent; });
  if (latest != legs_.rend()) latest->disposition = std::move(code);
}

std::vector<Leg> LegBook::take_finished() {
  std::vector<Leg> taken;
  for (std::size_t const index : finished_) taken.push_back(legs_[index]);
  finished_.clear();
  return taken;
}

}  // namespace rapport::insight
