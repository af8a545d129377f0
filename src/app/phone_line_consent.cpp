#include <utility>

#include "app/phone_line.hpp"

/// Whether calls that we place are recorded: by the brand's rule, by what the agent tells, or by a key that answers
/// words of the brand before the agent is joined.
namespace rapport::app {

/// On the readers' pool, of a call of ours from before the start. `consented`: they have been asked.
void PhoneLine::ask_rule(std::string const& interaction, std::string const& brand, std::string const& number, bool consented) {
  auto const callee = ways_.rules->check(number, ways_.book.rules().region(brand));
  server::api::PlacedRecording const rule = ways_.placed_recording(brand, callee ? callee->country : std::string{});
  bool const prompts = rule == server::api::PlacedRecording::prompted && !consented && ways_.consent_prompt;
  auto prompt = prompts ? std::optional{ways_.consent_prompt(brand)} : std::nullopt;
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(interaction);
  if (found == live_.end() || rule == server::api::PlacedRecording::never) return;
  Live& live = found->second;
  live.forbidden = false;
  bool const asks = rule == server::api::PlacedRecording::asked || rule == server::api::PlacedRecording::prompted;
  if (asks && !consented) live.agreed = false;  // the brand asks by now
  if (live.away) live.prompt = std::move(prompt);
  recordable_changed(*found);
}

/// What was agreed to is recorded from then on; what is refused is silence from then on.
void PhoneLine::take_consent(std::string const& interaction, bool given) {
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(interaction);
  if (found == live_.end()) return;
  bool const was_asked = end_prompt(*found);
  bool const same = std::exchange(found->second.agreed, given) == given;
  if (!same || was_asked) recordable_changed(*found);
}

/// Of a call that is past its menu.
void PhoneLine::tell_recording(std::string const& interaction, Live& live) {
  if (live.recording || !recordable(live)) return;
  live.recording = true;
  centre::AddEvent recording{interaction, {}, false};
  recording.event.kind = domain::EventKind::recording_started;
  ask(std::move(recording), {});
}

/// While the customer's phone rings, too: what was said before their answer decides how the recording begins.
/// REQUIRES: the lock is held.
void PhoneLine::recordable_changed(Entry& entry) {
  Live& live = entry.second;
  if (live.wanted.stage != phone::Wanted::Stage::connected) return;  // with the next stage it is told
  if (!live.away) tell_recording(entry.first, live);
  want(entry.first, live, live.wanted);
}

/// Where the brand lets a key decide, and the agent has not asked while it rang.
void PhoneLine::ask_consent(std::string const& interaction) {
  {
    std::lock_guard const lock{mutex_};
    auto const found = live_.find(interaction);
    if (found == live_.end() || !found->second.prompt) return;
    // Under the lock, so that whoever ends the prompt ends the question: no later key is an answer to it.
    if (ways_.menus != nullptr) ways_.menus->expect_consent(interaction, *found->second.prompt, found->second.language, [this, interaction] { prompt_over(interaction); });
  }
  if (ways_.menus == nullptr) return prompt_over(interaction);
  ways_.menus->ask_consent(interaction);
}

/// Before they answered, or because they did. False: they were not asked. REQUIRES: the lock is held.
bool PhoneLine::end_prompt(Entry& entry) {
  if (!entry.second.prompt) return false;
  entry.second.prompt.reset();
  if (ways_.menus != nullptr) ways_.menus->forget(entry.first);
  if (phone_ != nullptr) phone_->announce(entry.first, nullptr, 0);
  return true;
}

/// They have answered, or let the time pass: the agent is joined. What they agreed to comes as the event consent.
void PhoneLine::prompt_over(std::string const& interaction) {
  std::lock_guard const lock{mutex_};
  auto const found = live_.find(interaction);
  if (found == live_.end() || !found->second.prompt) return;
  found->second.prompt.reset();
  want(interaction, found->second, found->second.wanted);
}

}  // namespace rapport::app
