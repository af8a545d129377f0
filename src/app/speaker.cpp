#include "app/speaker.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include "base/hash.hpp"
#include "base/phone_limits.hpp"

namespace rapport::app {
namespace {

constexpr char const* words_per_minute = "150";
constexpr std::chrono::milliseconds look_every{10};

/// Ends it where it takes longer than limits::speaking_ms_max. True if it ended well.
bool wait_for(pid_t child) {
  auto const last = std::chrono::steady_clock::now() + std::chrono::milliseconds{limits::speaking_ms_max};
  int status = 0;
  while (::waitpid(child, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > last) {
      ::kill(child, SIGKILL);
      ::waitpid(child, &status, 0);
      return false;
    }
    std::this_thread::sleep_for(look_every);
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

base::Result<void> run_espeak(std::string const& voice, std::string const& text, std::filesystem::path const& file) {
  std::string path = file.string();
  std::string chosen = voice;
  std::string words = text;
  std::string program = "espeak-ng";
  std::string speed = words_per_minute;
  std::array<std::string, 4> options{"-v", "-s", "-w", "--"};
  std::array<char*, 10> arguments{program.data(), options[0].data(), chosen.data(), options[1].data(), speed.data(), options[2].data(), path.data(), options[3].data(), words.data(), nullptr};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  for (int const stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
  ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  pid_t child = 0;
  int const failure = ::posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) return base::Error{fmt::format("espeak-ng: {}", std::strerror(failure))};
  if (!wait_for(child)) return base::Error{fmt::format("espeak-ng could not speak by the voice {}", voice)};
  return {};
}

base::Result<media::Announcement> read_file(std::filesystem::path const& path) {
  std::ifstream file{path, std::ios::binary};
  std::vector<char> const bytes{std::istreambuf_iterator<char>{file}, {}};
  return media::read_wav({reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size()});
}

}  // namespace

std::string voice_of(std::string_view language) {
  std::string voice;
  for (char const c : language) {
    bool const upper = c >= 'A' && c <= 'Z';
    bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    if (!upper && !plain) return {};
    voice += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return voice.starts_with('-') ? std::string{} : voice;
}

Speaker::Speaker(std::filesystem::path folder, base::Metrics& metrics, std::function<void(std::string_view)> report)
    : folder_(std::move(folder)),
      report_(std::move(report)),
      spoken_(metrics.counter("rapport_announcements_spoken_total", "Texts that espeak-ng spoke.")),
      failed_(metrics.counter("rapport_announcements_failed_total", "Texts that could not be spoken; callers hear silence.")),
      thread_([this] { run(); }) {}

Speaker::~Speaker() { stop(); }

void Speaker::stop() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
    wishes_.clear();
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Speaker::speak(std::string const& language, std::string const& text, Done done) {
  std::string name = base::sha256_hex(fmt::format("{}\n{}", voice_of(language), text));
  std::shared_ptr<media::Announcement const> known;
  {
    std::lock_guard const lock{mutex_};
    known = held(name);
    bool const waits = !known && !stopping_ && wishes_.size() < limits::announcements_waiting_max;
    if (waits) {
      wishes_.push_back({std::move(name), language, text, std::move(done)});
      woken_.notify_one();
      return;
    }
  }
  if (!known) failed_.add();
  done(known);
}

std::shared_ptr<media::Announcement const> Speaker::held(std::string const& name) {
  auto const found = held_.find(name);
  return found == held_.end() ? nullptr : found->second;
}

void Speaker::keep(std::string const& name, std::shared_ptr<media::Announcement const> announcement) {
  if (held_.size() >= limits::announcements_held_max) held_.erase(held_.begin());
  held_.insert_or_assign(name, std::move(announcement));
}

void Speaker::run() {
  std::unique_lock lock{mutex_};
  for (;;) {
    woken_.wait(lock, [this] { return stopping_ || !wishes_.empty(); });
    if (stopping_) return;
    Wish const wish = std::move(wishes_.front());
    wishes_.pop_front();
    auto announcement = held(wish.name);  // somebody before wanted the same
    if (!announcement) {
      lock.unlock();
      auto made = make(wish);
      (made ? spoken_ : failed_).add();
      if (made)
        announcement = std::make_shared<media::Announcement const>(*std::move(made));
      else
        report_(made.error().message);
      lock.lock();
      if (announcement) keep(wish.name, announcement);
    }
    lock.unlock();
    wish.done(announcement);
    lock.lock();
  }
}

/// From the folder, or spoken now.
base::Result<media::Announcement> Speaker::make(Wish const& wish) const {
  std::filesystem::path const file = folder_ / (wish.name + ".wav");
  std::error_code failure;
  if (std::filesystem::exists(file, failure)) {
    if (auto read = read_file(file)) return read;
  }
  std::filesystem::create_directories(folder_, failure);
  if (failure) return base::Error{fmt::format("{}: {}", folder_.string(), failure.message())};
  std::string const voice = voice_of(wish.language);
  if (voice.empty()) return base::Error{fmt::format("\"{}\" is no language", wish.language)};
  std::filesystem::path const fresh = folder_ / (wish.name + ".new");
  auto spoken = run_espeak(voice, wish.text, fresh);
  std::string const general = voice.substr(0, voice.find('-'));
  if (!spoken && general != voice) spoken = run_espeak(general, wish.text, fresh);
  if (!spoken) return spoken.error();
  auto read = read_file(fresh);
  if (!read) return base::Error{"what espeak-ng wrote: " + read.error().message};
  std::filesystem::rename(fresh, file, failure);
  if (failure) return base::Error{fmt::format("{}: {}", file.string(), failure.message())};
  return read;
}

}  // namespace rapport::app
