#include "centre/menu_run.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/assert.hpp"
#include "base/phone_limits.hpp"
#include "centre/callback.hpp"
#include "centre/event_making.hpp"

namespace rapport::centre {
namespace {

constexpr std::size_t card_number_digits_min = 13;  // ISO/IEC 7812-1
constexpr std::string_view same_number = "1";       // to be called back where they call from

}  // namespace

MenuEffects MenuRun::begin(base::Instant now) {
  go(menu_->start, "called", now);
  return std::exchange(effects_, {});
}

MenuEffects MenuRun::key(char key, base::Instant now) {
  if (phase_ == Phase::recording && key == '#') {
    leave(now - recorded_from_);
    return std::exchange(effects_, {});
  }
  bool const asked = phase_ == Phase::speaking || phase_ == Phase::listening;
  if (!asked) return {};
  switch (step_->action) {  // one key, one step: where it leads does not see it
    case MenuAction::menu:
      take_choice(key, now);
      break;
    case MenuAction::ask:
    case MenuAction::callback:
      take_digit(key, now);
      break;
    case MenuAction::consent:
      effects_.push_back({MenuEffect::Kind::be_quiet});
      take_consent(key == '1', now);
      break;
    case MenuAction::say:
    case MenuAction::hours:
    case MenuAction::queue:
    case MenuAction::hang_up:
    case MenuAction::message:
    case MenuAction::transfer:
      break;
  }
  return std::exchange(effects_, {});
}

MenuEffects MenuRun::spoken(base::Instant now) {
  if (phase_ != Phase::speaking) return {};
  switch (step_->action) {
    case MenuAction::say:
      go(step_->next, "said", now);
      break;
    case MenuAction::menu:
    case MenuAction::ask:
    case MenuAction::consent:
    case MenuAction::callback:
      listen(now);
      break;
    case MenuAction::hang_up:
      hang_up();
      break;
    case MenuAction::message:
      record(now);
      break;
    case MenuAction::transfer:
      send();
      break;
    case MenuAction::hours:
    case MenuAction::queue:
      RAPPORT_ASSERT(false);  // they do not speak
  }
  return std::exchange(effects_, {});
}

MenuEffects MenuRun::refused(base::Instant now) {
  if (phase_ != Phase::entering) return {};
  if (step_->otherwise.empty())
    hang_up();
  else
    go(step_->otherwise, "not taken", now);
  return std::exchange(effects_, {});
}

MenuEffects MenuRun::fell_silent(base::Instant now) {
  if (phase_ != Phase::recording) return {};
  leave(now - recorded_from_ - limits::message_silence_ms);
  return std::exchange(effects_, {});
}

MenuEffects MenuRun::left(base::Instant now) {
  if (phase_ != Phase::recording || now - recorded_from_ < limits::message_ms_min) return {};
  leave(now - recorded_from_);
  return std::exchange(effects_, {});
}

MenuEffects MenuRun::advance(base::Instant now) {
  if (!deadline_ || now < *deadline_) return {};
  bool const takes = step_->action == MenuAction::ask || step_->action == MenuAction::callback;
  if (phase_ == Phase::recording)
    leave(now - recorded_from_);
  else if (takes && enough_digits())
    take_digits(now);
  else
    ask_again("no answer", {}, now);
  return std::exchange(effects_, {});
}

/// To a step, and on through those that wait for nothing.
void MenuRun::go(std::string_view step, std::string_view why, base::Instant now) {
  std::string reason{why};
  for (;;) {
    if (++turns_ > limits::menu_turns_max) return hang_up();
    tell_step(step, reason);
    step_ = &menu_->steps.find(step)->second;
    tries_ = step_->tries;
    digits_.clear();
    deadline_.reset();
    bool const open = step_->action == MenuAction::hours && routing::is_open(step_->hours.hours, now);
    switch (step_->action) {
      case MenuAction::say:
      case MenuAction::menu:
      case MenuAction::ask:
      case MenuAction::consent:
      case MenuAction::callback:
      case MenuAction::hang_up:
      case MenuAction::message:
      case MenuAction::transfer:
        return ask_or_listen(now);
      case MenuAction::queue:
        phase_ = Phase::entering;
        effects_.push_back({MenuEffect::Kind::enter, step_->queue});
        return;
      case MenuAction::hours:
        step = open ? step_->next : step_->otherwise;
        reason = open ? "open" : "closed";
    }
  }
}

void MenuRun::tell_step(std::string_view step, std::string_view why) {
  MenuEffect told{MenuEffect::Kind::tell};
  told.event.kind = domain::EventKind::guide_step;
  told.event.by = domain::Role::bot;
  told.event.attributes = {text_attribute("guide", name_), text_attribute("step", step), text_attribute("reason", why)};
  effects_.push_back(std::move(told));
}

void MenuRun::speak(std::string text, std::string sound) {
  phase_ = Phase::speaking;
  deadline_.reset();
  effects_.push_back({.kind = MenuEffect::Kind::speak, .text = std::move(text), .sound = std::move(sound)});
}

/// Speaks what the step has to say; where that is nothing, on to what comes after it.
void MenuRun::ask_or_listen(base::Instant now) {
  bool const speaks = step_->action == MenuAction::say || !step_->text.empty() || !step_->sound.empty();
  if (speaks) return speak(step_->text, step_->sound);
  if (step_->action == MenuAction::hang_up) return hang_up();
  if (step_->action == MenuAction::message) return record(now);
  if (step_->action == MenuAction::transfer) return send();
  listen(now);
}

void MenuRun::record(base::Instant now) {
  phase_ = Phase::recording;
  recorded_from_ = now;
  deadline_ = now + step_->longest_ms;
  effects_.push_back({MenuEffect::Kind::listen});
}

/// Too short for words: they have hung up, as it were.
void MenuRun::leave(base::Millis length_ms) {
  if (length_ms < limits::message_ms_min) return hang_up();
  phase_ = Phase::over;
  deadline_.reset();
  effects_.push_back({.kind = MenuEffect::Kind::leave, .text = step_->queue, .length_ms = length_ms});
}

void MenuRun::send() {
  phase_ = Phase::entering;
  deadline_.reset();
  effects_.push_back({.kind = MenuEffect::Kind::send, .number = step_->to});
}

void MenuRun::listen(base::Instant now) {
  phase_ = Phase::listening;
  deadline_ = now + step_->patience_ms;
}

void MenuRun::take_choice(char key, base::Instant now) {
  effects_.push_back({MenuEffect::Kind::be_quiet});
  auto const found = step_->keys.find(key);
  if (found == step_->keys.end())
    ask_again("wrong key", step_->wrong, now);
  else
    go(found->second, fmt::format("key {}", key), now);
}

void MenuRun::take_digit(char key, base::Instant now) {
  if (digits_.empty()) effects_.push_back({MenuEffect::Kind::be_quiet});
  bool const digit = key >= '0' && key <= '9';
  if (digit) digits_ += key;
  listen(now);
  if (key == '*') digits_.clear();  // from the beginning
  if (digits_.size() >= step_->digits_max) return take_digits(now);
  if (key != '#') return;
  if (enough_digits())
    take_digits(now);
  else
    ask_again("too few digits", step_->wrong, now);
}

bool MenuRun::enough_digits() const {
  bool const same = step_->action == MenuAction::callback && digits_ == same_number;
  return digits_.size() >= step_->digits_min || same;
}

void MenuRun::take_digits(base::Instant now) {
  if (step_->action == MenuAction::callback) return take_number();
  bool const told = !step_->secret && digits_.size() < card_number_digits_min;
  if (told) {
    MenuEffect captured{MenuEffect::Kind::tell};
    captured.event.kind = domain::EventKind::field_captured;
    captured.event.by = domain::Role::customer;
    captured.event.attributes = {text_attribute("name", step_->field), text_attribute("value", digits_)};
    effects_.push_back(std::move(captured));
  }
  go(step_->next, told ? "digits" : "secret digits", now);
}

void MenuRun::take_number() {
  phase_ = Phase::entering;
  deadline_.reset();
  bool const same = digits_ == same_number;
  if (!same) {
    MenuEffect captured{MenuEffect::Kind::tell};
    captured.event.kind = domain::EventKind::field_captured;
    captured.event.by = domain::Role::customer;
    captured.event.attributes = {text_attribute("name", callback_field), text_attribute("value", digits_)};
    effects_.push_back(std::move(captured));
  }
  effects_.push_back({MenuEffect::Kind::call_back, step_->queue, {}, same ? std::string{} : digits_});
}

void MenuRun::take_consent(bool given, base::Instant now) {
  MenuEffect told{MenuEffect::Kind::tell};
  told.event.kind = domain::EventKind::consent;
  told.event.by = domain::Role::customer;
  told.event.attributes = {{{}, "given", domain::Value::of_boolean(given)}};
  effects_.push_back(std::move(told));
  go(given ? step_->next : step_->otherwise, given ? "consent given" : "consent not given", now);
}

/// The same question, as long as there are tries left. `before` is spoken first.
void MenuRun::ask_again(std::string_view why, std::string_view before, base::Instant now) {
  if (--tries_ == 0 && step_->action == MenuAction::consent) return take_consent(false, now);  // silence is no consent
  if (tries_ == 0) return go(step_->otherwise, why, now);
  digits_.clear();
  bool const says_wrong = !before.empty();
  if (!step_->sound.empty() && !says_wrong) return speak(step_->text, step_->sound);
  std::string text{before};
  if (says_wrong && !step_->text.empty()) text += ' ';
  text += step_->text;
  if (text.empty()) return listen(now);
  speak(std::move(text), {});
}

void MenuRun::hang_up() {
  phase_ = Phase::over;
  deadline_.reset();
  effects_.push_back({MenuEffect::Kind::hang_up});
}

}  // namespace rapport::centre
