#include "simulation/voice.hpp"
#include "simulation/awaiting.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <optional>
#include <vector>

namespace rapport::simulation {
namespace {

constexpr int slowest = 150, fastest = 450;  // words a minute; beyond, espeak-ng is not understood
constexpr std::chrono::seconds longest{20};  // that it may work on one text
constexpr std::size_t bytes_max = 16U << 20U;

struct Process {
  pid_t id = 0;
  int output = -1;
};

std::optional<Process> start_espeak(Voice const& voice, std::string const& text) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return std::nullopt;
  std::vector<std::string> words{"espeak-ng", "-v", voice.name, "-s", std::to_string(voice.words_per_minute), "-p", std::to_string(voice.pitch), "--stdout", "--", text};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  Process process;
  int const failed = ::posix_spawnp(&process.id, arguments.front(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  process.output = pipe[0];
  if (failed == 0) return process;
  ::close(pipe[0]);
  return std::nullopt;
}

}  // namespace

Voice draw_voice(base::Random& random, double times) {
  static constexpr std::array<char const*, 8> variants{"en-gb+f1", "en-gb+f2", "en-gb+f3", "en-gb+f4", "en-gb+m1", "en-gb+m2", "en-gb+m3", "en-gb+m7"};
  Voice voice;
  voice.name = variants[random.below(variants.size())];
  voice.pitch = static_cast<int>(random.between(35, 65));
  voice.words_per_minute = std::clamp(static_cast<int>(static_cast<double>(random.between(150, 185)) * times), slowest, fastest);
  return voice;
}

asio::awaitable<std::shared_ptr<media::Announcement const>> speak(asio::io_context& context, Voice const& voice, std::string text) {
  auto const process = start_espeak(voice, text);
  if (!process) co_return nullptr;
  asio::posix::stream_descriptor output{context, process->output};
  asio::steady_timer limit{context, longest};
  auto const runs = std::make_shared<bool>(true);  // its number may be another's once it was waited for
  limit.async_wait([id = process->id, runs](boost::system::error_code stopped) {
    if (!stopped && *runs) ::kill(id, SIGKILL);
  });
  std::vector<std::uint8_t> file;
  boost::system::error_code ended;
  while (!ended && file.size() < bytes_max) {
    std::array<std::uint8_t, 16'384> part{};
    auto const [failed, count] = co_await output.async_read_some(asio::buffer(part), as_result);
    ended = failed;
    file.insert(file.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(count));
  }
  *runs = false;
  ::kill(process->id, SIGKILL);  // it has said all, or too much
  ::waitpid(process->id, nullptr, 0);
  auto read = media::read_wav(file);
  if (!read) co_return nullptr;
  co_return std::make_shared<media::Announcement const>(*std::move(read));
}

}  // namespace rapport::simulation
