#include "unit/insight/random_contact.hpp"

#include <algorithm>

namespace rapport::insight {
namespace {

/// Knows only what state the contact is in, so that it never asks for what cannot happen.
class Story {
 public:
  explicit Story(std::uint64_t seed) : random_(seed) {}

  RandomContact tell(std::uint32_t steps) {
    now_ = {1'700'000'000'000 + below(10'000'000)};
    contact_.entered = now_;
    contact_.book.entered(now_, queue());
    for (std::uint32_t step = 0; step < steps; ++step) {
      pass();
      waiting_ ? while_waiting() : with_agent();
      if (below(3) == 0) end_a_wrap_up();
      take();
    }
    pass();
    close_hold();
    leave_agent();
    contact_.left = now_;
    contact_.book.left(now_, waiting_ ? LegEnd::abandoned : LegEnd::ended);
    while (!wrapping_.empty()) {
      pass();
      end_a_wrap_up();
    }
    take();
    return std::move(contact_);
  }

 private:
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  std::string queue() { return "q" + std::to_string(below(3)); }
  std::string agent() { return "a" + std::to_string(below(4)); }
  void pass() { now_ = now_ + (below(4) == 0 ? 0 : below(90'000)); }

  void while_waiting() {
    if (parked_) {
      parked_ = false;
      return contact_.book.callback_due(now_);
    }
    switch (below(6)) {
      case 0:
        return contact_.book.overflowed(now_, queue());
      case 1:
        parked_ = true;
        return contact_.book.parked(now_);
      case 2:
        contact_.book.offered(now_, agent());
        pass();
        return contact_.book.offer_ended(now_, OfferEnd::no_answer);
      default:
        agent_ = agent();
        contact_.book.offered(now_, agent_);
        pass();
        contact_.book.answered(now_, agent_);
        waiting_ = false;
    }
  }

  void with_agent() {
    switch (below(6)) {
      case 0:
        if (!held_since_) held_since_ = now_;
        return contact_.book.hold_started(now_);
      case 1:
        close_hold();
        return contact_.book.hold_ended(now_);
      case 2: {
        close_hold();
        leave_agent();
        agent_ = agent();
        return contact_.book.handed(now_, agent_, below(2) == 0 ? queue() : "");
      }
      case 3:
        close_hold();
        leave_agent();
        waiting_ = true;
        return contact_.book.transferred(now_, queue());
      case 4:
        close_hold();
        leave_agent();
        waiting_ = true;
        return contact_.book.put_back(now_);
      default:
        close_hold();
        leave_agent();
        waiting_ = true;
        parked_ = true;
        return contact_.book.not_reached(now_);
    }
  }

  void close_hold() {
    if (held_since_) contact_.held += now_ - *held_since_;
    held_since_.reset();
  }
  void leave_agent() {
    if (!waiting_) wrapping_.push_back({agent_, now_});
  }
  void end_a_wrap_up() {
    if (wrapping_.empty()) return;
    // Of one agent the oldest ends first, of several agents any.
    std::string const who = wrapping_[below(static_cast<std::uint32_t>(wrapping_.size()))].first;
    auto const oldest = std::ranges::find(wrapping_, who, &std::pair<std::string, base::Instant>::first);
    contact_.wrapped_up += now_ - oldest->second;
    wrapping_.erase(oldest);
    contact_.book.wrap_up_ended(now_, who);
  }
  void take() {
    for (Leg& leg : contact_.book.take_finished()) contact_.taken.push_back(std::move(leg));
  }

  std::mt19937_64 random_;
  base::Instant now_;
  RandomContact contact_;
  std::string agent_;
  bool waiting_ = true;
  bool parked_ = false;
  std::optional<base::Instant> held_since_;
  std::vector<std::pair<std::string, base::Instant>> wrapping_;
};

}  // namespace

RandomContact random_contact(std::uint64_t seed, std::uint32_t steps) { return Story{seed}.tell(steps); }

}  // namespace rapport::insight
