#include "app/phone_menus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "app/waiting_words.hpp"
#include "base/phone_limits.hpp"
#include "centre/menu_document.hpp"

namespace rapport::app {
namespace {

namespace json = boost::json;

base::Result<centre::Menu> read(records::Document const& document, base::Instant now) {
  auto value = centre::parse_json(document.body, "menu");
  if (!value) return value.error();
  if (json::object* const fields = value->if_object()) fields->erase("brand");  // the document's
  return centre::read_menu(*value, now);
}

/// 1,000 Hz for 400 ms, as all answering machines have it.
media::Announcement speak_now() {
  constexpr double peak = 6'000;
  constexpr std::size_t length = media::sample_rate * 2 / 5;
  media::Announcement tone(length);
  for (std::size_t i = 0; i < length; ++i) tone[i] = static_cast<media::Sample>(peak * std::sin(2 * std::numbers::pi * 1'000 * static_cast<double>(i) / media::sample_rate));
  return tone;
}

/// The one question of a call that we place.
std::shared_ptr<centre::Menu const> consent_menu(std::string text, bool sound) {
  centre::Menu menu;
  menu.start = "consent";
  centre::MenuStep ask;
  ask.action = centre::MenuAction::consent;
  ask.text = std::move(text);
  if (sound) ask.sound = "prompt";
  ask.next = ask.otherwise = "joined";
  ask.tries = 1;
  ask.patience_ms = limits::placed_prompt_ms;
  centre::MenuStep joined;
  joined.action = centre::MenuAction::hang_up;
  menu.steps = {{"consent", std::move(ask)}, {"joined", std::move(joined)}};
  return std::make_shared<centre::Menu const>(std::move(menu));
}

/// How long the question takes to be spoken, at most. Slow speech has one byte in a tenth of a second.
base::Millis prompt_length(media::Announcement const* sound, std::string const& text) {
  constexpr base::Millis begins_late = 10 * base::second;
  constexpr base::Millis byte_ms = 100;
  std::size_t const sound_ms = sound == nullptr ? text.size() * byte_ms : sound->size() * base::second / media::sample_rate;
  return begins_late + static_cast<base::Millis>(sound_ms);
}

std::string_view without_plus(std::string_view number) { return number.substr(number.starts_with('+') ? 1 : 0); }

}  // namespace

PhoneMenus::PhoneMenus(Ways ways) : ways_(std::move(ways)), tone_(std::make_shared<media::Announcement const>(speak_now())) {}

std::vector<std::string> PhoneMenus::learn(std::vector<records::Document> const& documents, std::map<std::string, Brand> const& brands,
                                           std::function<Sound(std::string const&)> const& load) {
  std::vector<std::string> troubles;
  std::map<std::string, Chosen, std::less<>> menus;
  std::map<std::string, Sound, std::less<>> sounds;
  auto const learn_sound = [&](std::string const& id, std::string const& whose) {
    if (id.empty() || sounds.contains(id)) return;
    if (Sound sound = load(id))
      sounds.emplace(id, std::move(sound));
    else
      troubles.push_back(fmt::format("{}: no sound {}", whose, id));
  };
  for (auto const& [id, brand] : brands) learn_sound(brand.question, "brand " + id);
  for (records::Document const& document : documents) {
    auto menu = read(document, ways_.clock());
    if (!menu) {
      troubles.push_back(fmt::format("menu {}: {}", document.id, menu.error().message));
      continue;
    }
    for (auto const& [name, step] : menu->steps) learn_sound(step.sound, "menu " + document.id);
    auto const brand = brands.find(document.brand);
    prepare(*menu, brand == brands.end() ? "en" : brand->second.language);
    menus.emplace(document.id, Chosen{document.id, document.brand, std::make_shared<centre::Menu const>(*std::move(menu))});
  }
  std::lock_guard const lock{mutex_};
  menus_ = std::move(menus);
  sounds_ = std::move(sounds);
  return troubles;
}

void PhoneMenus::prepare(centre::Menu const& menu, std::string const& language) {
  std::string const& chosen = menu.language.empty() ? language : menu.language;
  for (auto const& [name, step] : menu.steps) {
    if (!step.text.empty() && step.sound.empty()) ways_.speaker.prepare(chosen, step.text);
  }
}

void PhoneMenus::connect(phone::Phone* phone) {
  std::lock_guard const lock{mutex_};
  phone_ = phone;
}

std::optional<PhoneMenus::Chosen> PhoneMenus::by_number(std::string_view called) const {
  std::lock_guard const lock{mutex_};
  for (auto const& [id, chosen] : menus_) {
    auto const same = [&](std::string const& number) { return without_plus(number) == without_plus(called); };
    if (std::ranges::any_of(chosen.menu->numbers, same)) return chosen;
  }
  return std::nullopt;
}

std::optional<PhoneMenus::Chosen> PhoneMenus::by_brand(std::string_view brand) const {
  std::lock_guard const lock{mutex_};
  for (auto const& [id, chosen] : menus_) {
    if (chosen.brand == brand && chosen.menu->numbers.empty()) return chosen;
  }
  return std::nullopt;
}

void PhoneMenus::begin(std::string const& interaction, Chosen const& chosen, std::string const& language) {
  {
    std::lock_guard const lock{mutex_};
    std::string const& spoken = chosen.menu->language.empty() ? language : chosen.menu->language;
    running_.try_emplace(interaction, Running{centre::MenuRun{chosen.menu, chosen.id}, spoken, 0});
  }
  step(interaction, [](centre::MenuRun& run, base::Instant now) { return run.begin(now); });
}

void PhoneMenus::expect_consent(std::string const& interaction, server::api::ConsentPrompt const& prompt, std::string const& language, std::function<void()> over) {
  std::string const text = prompt.text.empty() ? waiting_words_for(language).consent : prompt.text;
  std::lock_guard const lock{mutex_};
  auto const found = sounds_.find(prompt.sound);
  Sound const sound = found == sounds_.end() ? nullptr : found->second;
  Running asks{centre::MenuRun{consent_menu(text, sound != nullptr), "placed_recording"}, language, 0, sound, std::move(over)};
  asks.spoken_ms = prompt_length(sound.get(), text);
  running_.insert_or_assign(interaction, std::move(asks));
}

void PhoneMenus::ask_consent(std::string const& interaction) {
  {
    std::lock_guard const lock{mutex_};
    auto const found = running_.find(interaction);
    if (found == running_.end()) return;
    found->second.unheard_at = ways_.clock() + found->second.spoken_ms;
  }
  step(interaction, [](centre::MenuRun& run, base::Instant now) { return run.begin(now); });
}

void PhoneMenus::key(std::string const& interaction, char key) {
  step(interaction, [key](centre::MenuRun& run, base::Instant now) { return run.key(key, now); });
}

void PhoneMenus::announced(std::string const& interaction, std::uint32_t ticket) {
  {
    std::lock_guard const lock{mutex_};
    auto const found = running_.find(interaction);
    if (found == running_.end() || found->second.ticket != ticket) return;  // something else is spoken by now
  }
  step(interaction, [](centre::MenuRun& run, base::Instant now) { return run.spoken(now); });
}

void PhoneMenus::fell_silent(std::string const& interaction) {
  step(interaction, [](centre::MenuRun& run, base::Instant now) { return run.fell_silent(now); });
}

void PhoneMenus::refused(std::string const& interaction) {
  step(interaction, [](centre::MenuRun& run, base::Instant now) { return run.refused(now); });
}

bool PhoneMenus::left(std::string const& interaction) {
  return step(interaction, [](centre::MenuRun& run, base::Instant now) { return run.left(now); });
}

void PhoneMenus::time_passed() {
  std::vector<std::string> due;
  std::vector<std::string> unheard;
  {
    std::lock_guard const lock{mutex_};
    base::Instant const now = ways_.clock();
    for (auto& [interaction, running] : running_) {
      if (running.run.deadline() && *running.run.deadline() <= now) due.push_back(interaction);
      if (running.unheard_at == base::Instant{} || now < running.unheard_at) continue;
      running.unheard_at = {};
      unheard.push_back(interaction);
    }
  }
  // As if it had been heard: they have their time for a key, and then did not agree.
  for (std::string const& interaction : unheard) step(interaction, [](centre::MenuRun& run, base::Instant now) { return run.spoken(now); });
  for (std::string const& interaction : due) step(interaction, [](centre::MenuRun& run, base::Instant now) { return run.advance(now); });
}

void PhoneMenus::forget(std::string const& interaction) {
  std::lock_guard const lock{mutex_};
  running_.erase(interaction);
}

bool PhoneMenus::step(std::string const& interaction, Step const& step) {
  centre::MenuEffects effects;
  std::string language;
  std::uint32_t ticket = 0;
  std::function<void()> over;
  {
    std::lock_guard const lock{mutex_};
    auto const found = running_.find(interaction);
    if (found == running_.end()) return false;
    Running& running = found->second;
    effects = step(running.run, ways_.clock());
    if (!effects.empty()) ++running.ticket;  // what was spoken before matters no more
    language = running.language;
    ticket = running.ticket;
    // Taken out here: what they answer, once it is told, makes others forget the question before act() is through.
    bool const answered = running.over && std::ranges::find(effects, centre::MenuEffect::Kind::hang_up, &centre::MenuEffect::kind) != effects.end();
    if (answered) {
      over = std::move(running.over);
      running_.erase(found);
    }
  }
  bool const has_effects = !effects.empty();
  act(interaction, std::move(effects), language, ticket, over);
  return has_effects;
}

void PhoneMenus::act(std::string const& interaction, centre::MenuEffects effects, std::string const& language, std::uint32_t ticket,
                     std::function<void()> const& over) {
  using Kind = centre::MenuEffect::Kind;
  auto const whatever = [](bool) {};
  for (centre::MenuEffect& effect : effects) {
    switch (effect.kind) {
      case Kind::speak:
        if (!play(interaction, effect.sound, ticket)) speak(interaction, language, effect.text, ticket);
        break;
      case Kind::be_quiet: {
        std::lock_guard const lock{mutex_};
        if (phone_ != nullptr) phone_->announce(interaction, nullptr, 0);
        break;
      }
      case Kind::tell:
        ways_.ask(centre::AddEvent{interaction, std::move(effect.event), false}, whatever);
        break;
      case Kind::enter:
        ways_.ask(centre::MoveToQueue{interaction, effect.text}, [this, interaction](bool done) {
          if (!done) refused(interaction);
        });
        break;
      case Kind::call_back:
        ways_.call_back(interaction, effect.text, effect.number, [this, interaction](bool done) {
          if (!done) refused(interaction);
        });
        break;
      case Kind::send:
        ways_.send_outside(interaction, effect.number);
        break;
      case Kind::hang_up:
        if (over)
          over();  // of a question to who was called the end of the question
        else
          ways_.ask(centre::EndInteraction{interaction}, whatever);
        break;
      case Kind::listen:
        take_message(interaction);
        break;
      case Kind::leave:
        ways_.ask(centre::LeaveMessage{interaction, effect.text, effect.length_ms}, [this, interaction, whatever](bool done) {
          if (!done) ways_.ask(centre::EndInteraction{interaction}, whatever);  // the queue is gone meanwhile
        });
        break;
    }
  }
}

/// The timeline tells of it before a word is recorded.
void PhoneMenus::take_message(std::string const& interaction) {
  centre::AddEvent recording{interaction, {}, false};
  recording.event.kind = domain::EventKind::recording_started;
  ways_.ask(std::move(recording), [this, interaction](bool done) {
    if (!done) return ways_.ask(centre::EndInteraction{interaction}, [](bool) {});
    ways_.record(interaction);
    std::lock_guard const lock{mutex_};
    if (phone_ != nullptr && running_.contains(interaction)) phone_->announce(interaction, tone_, 0);
  });
}

/// False where there is no such sound: then the text is spoken.
bool PhoneMenus::play(std::string const& interaction, std::string const& sound, std::uint32_t ticket) {
  if (sound.empty()) return false;
  std::lock_guard const lock{mutex_};
  auto const running = running_.find(interaction);
  Sound played = running == running_.end() ? nullptr : running->second.sound;
  auto const found = sounds_.find(sound);
  if (played == nullptr && found != sounds_.end()) played = found->second;
  if (played == nullptr) return false;
  if (phone_ != nullptr) phone_->announce(interaction, std::move(played), ticket);
  return true;
}

void PhoneMenus::speak(std::string const& interaction, std::string const& language, std::string const& text, std::uint32_t ticket) {
  ways_.speaker.speak(language, text, [this, interaction, ticket](std::shared_ptr<media::Announcement const> const& announcement) {
    if (!announcement) return announced(interaction, ticket);  // the menu goes on without
    std::lock_guard const lock{mutex_};
    auto const found = running_.find(interaction);
    bool const still = found != running_.end() && found->second.ticket == ticket;
    if (still && phone_ != nullptr) phone_->announce(interaction, announcement, ticket);
  });
}

}  // namespace rapport::app
