#include "app/log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>

#include "base/assert.hpp"
#include "base/limits.hpp"

namespace rapport::app {
namespace {

/// The file must open now, and only its owner and group may read it.
base::Result<void> make_file(std::filesystem::path const& file) {
  int const opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  if (opened < 0) return base::Error{fmt::format("{}: the log cannot be opened: {}", file.native(), std::generic_category().message(errno))};
  ::close(opened);
  return {};
}

spdlog::sink_ptr target_of(LogOptions const& options) {
  if (options.file.empty()) return std::make_shared<spdlog::sinks::stderr_sink_st>();  // only the writer's thread uses it
  return std::make_shared<spdlog::sinks::basic_file_sink_st>(options.file.native());
}

}  // namespace

/// Writes to a file or standard error, and counts.
class Log::Sink final : public spdlog::sinks::sink {
 public:
  explicit Sink(spdlog::sink_ptr target) : target_(std::move(target)) {}

  void log(spdlog::details::log_msg const& line) override {
    try {
      target_->log(line);
      target_->flush();  // a line that was written is in the file
    } catch (spdlog::spdlog_ex const&) {
      ++failed;
    }
    ++done;
  }
  void flush() override {}
  void set_pattern(std::string const& pattern) override { target_->set_pattern(pattern); }
  void set_formatter(std::unique_ptr<spdlog::formatter> formatter) override { target_->set_formatter(std::move(formatter)); }

  std::atomic<std::uint64_t> done = 0;
  std::atomic<std::uint64_t> failed = 0;

 private:
  spdlog::sink_ptr target_;
};

base::Result<std::unique_ptr<Log>> Log::open(LogOptions options) {
  RAPPORT_ASSERT(options.now != nullptr);
  if (!options.file.empty()) {
    auto made = make_file(options.file);
    if (!made) return made.error();
  }
  if (options.format == LogFormat::automatic) {
    bool const terminal = options.file.empty() && ::isatty(STDERR_FILENO) == 1;
    options.format = terminal ? LogFormat::text : LogFormat::json;
  }
  if (options.queue_max == 0) options.queue_max = limits::log_queue_max;
  try {
    return std::unique_ptr<Log>(new Log(std::move(options)));
  } catch (spdlog::spdlog_ex const& failure) {
    return base::Error{failure.what()};
  }
}

Log::Log(LogOptions options)
    : options_(std::move(options)),
      sink_(std::make_shared<Sink>(target_of(options_))),
      writer_(std::make_shared<spdlog::details::thread_pool>(options_.queue_max, 1)),
      logger_(std::make_shared<spdlog::async_logger>("rapport", sink_, writer_, spdlog::async_overflow_policy::overrun_oldest)) {
  logger_->set_formatter(std::make_unique<spdlog::pattern_formatter>("%v", spdlog::pattern_time_type::utc, "\n"));
  logger_->set_level(spdlog::level::trace);  // levels are looked at before a line is made
}

Log::~Log() {
  if (dropped() > 0) warning("log lines were dropped", {{LogField::count, static_cast<std::int64_t>(dropped())}});
}

void Log::write(LogLevel level, LogEvent event, std::span<LogValue const> values) {
  if (level < options_.level) return;
  ++given_;
  logger_->log(spdlog::level::info, spdlog::string_view_t(log_line(options_.format, level, options_.now(), event.text(), values)));
}

bool Log::drain(base::Millis limit) const {
  auto const end = std::chrono::steady_clock::now() + std::chrono::milliseconds(limit);
  while (sink_->done + dropped() < given_) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

std::uint64_t Log::failed() const { return sink_->failed; }

std::uint64_t Log::dropped() const { return writer_->overrun_counter(); }

}  // namespace rapport::app
