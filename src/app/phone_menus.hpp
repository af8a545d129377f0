#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/speaker.hpp"
#include "centre/command.hpp"
#include "centre/menu_run.hpp"
#include "phone/phone.hpp"
#include "records/document.hpp"
#include "server/api/placed_recording.hpp"

namespace rapport::app {

/// The menus that callers go through before they come to a queue: which menu a call enters, and each call's
/// way through it (centre::MenuRun) with what it wants spoken, told and done. Any thread; none waits.
class PhoneMenus {
 public:
  struct Ways {
    /// `done` is told whether the centre did it.
    std::function<void(centre::Command, std::function<void(bool)> done)> ask;
    /// Into the queue, to be called back when it is their turn; `number` as it was keyed in, empty: the caller's.
    std::function<void(std::string const& interaction, std::string const& queue, std::string const& number, std::function<void(bool)> done)> call_back;
    /// To the number outside; `refused` where nobody has them there.
    std::function<void(std::string const& interaction, std::string const& number)> send_outside;
    std::function<void(std::string const& interaction)> record;  ///< what the caller says, from now on
    Speaker& speaker;
    std::function<base::Instant()> clock;
  };
  /// A menu that a call enters.
  struct Chosen {
    std::string id;
    std::string brand;
    std::shared_ptr<centre::Menu const> menu;
  };

  explicit PhoneMenus(Ways ways);

  using Sound = std::shared_ptr<media::Announcement const>;

  /// What a brand says of what is spoken.
  struct Brand {
    std::string language;  ///< in which its menus are spoken beforehand
    std::string question;  ///< id of the sound by which those are asked whom it calls; empty: none
  };
  /// All menus and brands as the store holds them, and `load`, which gives the uploaded sound of an id, or null.
  /// What cannot be read is told and left out.
  std::vector<std::string> learn(std::vector<records::Document> const& documents, std::map<std::string, Brand> const& brands,
                                 std::function<Sound(std::string const&)> const& load);
  /// The phone that speaks to callers; null: none any more.
  void connect(phone::Phone* phone);

  /// The menu of this called number.
  std::optional<Chosen> by_number(std::string_view called) const;
  /// The brand's for all other numbers.
  std::optional<Chosen> by_brand(std::string_view brand) const;

  /// The call begins its way; `language` is the brand's.
  void begin(std::string const& interaction, Chosen const& chosen, std::string const& language);
  /// Somebody whom we called is to be asked whether they may be recorded: key 1 is yes, any other, or silence, no.
  /// What they answer is told to the centre (the event consent). `over`, once they answered; by any thread, and not
  /// where it is forgotten before they do. Nothing is called: whoever asks may hold a lock of theirs.
  void expect_consent(std::string const& interaction, server::api::ConsentPrompt const& prompt, std::string const& language, std::function<void()> over);
  /// They are asked, where it is not forgotten by now.
  void ask_consent(std::string const& interaction);
  void key(std::string const& interaction, char key);
  void announced(std::string const& interaction, std::uint32_t ticket);
  void fell_silent(std::string const& interaction);
  /// Nobody has them at the number outside.
  void refused(std::string const& interaction);
  /// They hung up. True: what they said before is kept, and the centre is told so.
  bool left(std::string const& interaction);
  void time_passed();
  /// It is in a queue, or over.
  void forget(std::string const& interaction);

 private:
  struct Running {
    centre::MenuRun run;
    std::string language;
    std::uint32_t ticket = 0;      ///< of what is spoken now
    Sound sound{};                 ///< for what it speaks; null: the menus'
    std::function<void()> over{};  ///< in the place of hanging up
    base::Millis spoken_ms = 0;    ///< that what it speaks takes at most; 0: not known
    base::Instant unheard_at{};    ///< the end of that announcement is lost; zero: nothing is waited for
  };
  using Step = std::function<centre::MenuEffects(centre::MenuRun&, base::Instant)>;

  /// Whether it had effects.
  bool step(std::string const& interaction, Step const& step);
  void take_message(std::string const& interaction);
  void act(std::string const& interaction, centre::MenuEffects effects, std::string const& language, std::uint32_t ticket,
           std::function<void()> const& over);
  void speak(std::string const& interaction, std::string const& language, std::string const& text, std::uint32_t ticket);
  bool play(std::string const& interaction, std::string const& sound, std::uint32_t ticket);
  void prepare(centre::Menu const& menu, std::string const& language);

  Ways ways_;
  std::shared_ptr<media::Announcement const> const tone_;  ///< after which they may speak
  mutable std::mutex mutex_;                               ///< of what follows; not held while anything is asked of others than the phone
  phone::Phone* phone_ = nullptr;
  std::map<std::string, Chosen, std::less<>> menus_;  ///< by id
  std::map<std::string, Sound, std::less<>> sounds_;  ///< that menus play, or questions of brands, by id
  std::map<std::string, Running, std::less<>> running_;
};

}  // namespace rapport::app
