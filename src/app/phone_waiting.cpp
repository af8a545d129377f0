#include "app/phone_waiting.hpp"

#include <utility>
#include <vector>

#include "app/waiting_words.hpp"

namespace rapport::app {
namespace {

constexpr base::Millis first_after = 3 * base::second;
constexpr base::Millis again_after = 30 * base::second;

}  // namespace

void PhoneWaiting::connect(phone::Phone* phone) {
  std::lock_guard const lock{mutex_};
  phone_ = phone;
}

void PhoneWaiting::begin(std::string const& interaction, std::string const& language, std::string const& callback_key) {
  std::lock_guard const lock{mutex_};
  waiting_.try_emplace(interaction, Waiting{language, clock_() + first_after, 0, std::nullopt, 0, callback_key});
}

void PhoneWaiting::say_farewell(std::string const& interaction, std::string const& language, std::uint32_t ticket, std::function<void()> failed) {
  forget(interaction);
  speaker_.speak(language, waiting_words_for(language).callback_promise, [this, interaction, ticket, failed = std::move(failed)](std::shared_ptr<media::Announcement const> const& announcement) {
    if (!announcement) return failed();
    std::lock_guard const lock{mutex_};
    if (phone_ != nullptr) phone_->announce(interaction, announcement, ticket);
  });
}

void PhoneWaiting::place(std::string const& interaction, std::size_t position, std::optional<base::Millis> estimate_ms) {
  std::lock_guard const lock{mutex_};
  auto const found = waiting_.find(interaction);
  if (found == waiting_.end()) return;
  found->second.position = position;
  found->second.estimate_ms = estimate_ms;
}

void PhoneWaiting::forget(std::string const& interaction) {
  std::lock_guard const lock{mutex_};
  waiting_.erase(interaction);
}

void PhoneWaiting::time_passed() {
  std::vector<Due> due;
  {
    std::lock_guard const lock{mutex_};
    base::Instant const now = clock_();
    for (auto& [interaction, one] : waiting_) {
      if (now < one.next || one.position == 0) continue;
      one.next = now + again_after;
      WaitingWords const& words = waiting_words_for(one.language);
      std::string text = waiting_text(words, one.position, one.estimate_ms, one.turn++);
      if (!one.callback_key.empty()) text += ' ' + callback_text(words, one.callback_key);
      due.push_back({interaction, one.language, std::move(text)});
    }
  }
  for (Due const& one : due) speak(one);
}

void PhoneWaiting::speak(Due const& due) {
  speaker_.speak(due.language, due.text, [this, interaction = due.interaction](std::shared_ptr<media::Announcement const> const& announcement) {
    std::lock_guard const lock{mutex_};
    bool const still = waiting_.contains(interaction);
    if (announcement && still && phone_ != nullptr) phone_->announce(interaction, announcement, 0);
  });
}

}  // namespace rapport::app
