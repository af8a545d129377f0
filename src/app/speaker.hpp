#pragma once

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "base/metrics.hpp"
#include "base/result.hpp"
#include "media/wav.hpp"

namespace rapport::app {

/// Speaks texts by espeak-ng, each once: what was spoken lies in a folder, by the hash of language and
/// text, and stays in memory as long as there is room. A thread of its own runs espeak-ng; nobody who plays
/// sound waits for it. The texts are a centre's own, not personal.
class Speaker {
 public:
  /// Null: it could not be spoken.
  using Done = std::function<void(std::shared_ptr<media::Announcement const>)>;

  /// `report` is told why something could not be spoken, on its thread.
  Speaker(std::filesystem::path folder, base::Metrics& metrics, std::function<void(std::string_view)> report);
  ~Speaker();
  Speaker(Speaker const&) = delete;
  Speaker& operator=(Speaker const&) = delete;

  /// Any thread; never waits. `done` is called at once where the text is in memory, else on the speaker's
  /// thread; with null where limits::announcements_waiting_max wait. `language`: BCP 47.
  void speak(std::string const& language, std::string const& text, Done done);
  /// Speaks it before it is needed.
  void prepare(std::string const& language, std::string const& text) {
    speak(language, text, [](std::shared_ptr<media::Announcement const> const&) {});
  }
  /// What waits is not spoken any more.
  void stop();

 private:
  struct Wish {
    std::string name;  ///< of the file
    std::string language;
    std::string text;
    Done done;
  };

  void run();
  std::shared_ptr<media::Announcement const> held(std::string const& name);
  base::Result<media::Announcement> make(Wish const& wish) const;
  void keep(std::string const& name, std::shared_ptr<media::Announcement const> announcement);

  std::filesystem::path folder_;
  std::function<void(std::string_view)> report_;
  base::Counter& spoken_;
  base::Counter& failed_;
  std::mutex mutex_;  ///< of what follows
  std::condition_variable woken_;
  std::deque<Wish> wishes_;
  std::map<std::string, std::shared_ptr<media::Announcement const>, std::less<>> held_;
  bool stopping_ = false;
  std::thread thread_;
};

/// espeak-ng's name of the voice for a language: "en-GB" is "en-gb". Empty: no language's name.
std::string voice_of(std::string_view language);

}  // namespace rapport::app
