#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "app/settings.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace spdlog {
class async_logger;  // NOLINT(readability-identifier-naming): theirs
namespace details {
class thread_pool;  // NOLINT(readability-identifier-naming): theirs
}
}  // namespace spdlog

namespace rapport::app {

/// What a value of a log line is: a closed list, so that a line has no place for customers' words,
/// names or numbers. Identifiers of things are no names of people.
enum class LogField : std::uint8_t { address,
                                     attempt,
                                     bytes,
                                     component,
                                     count,
                                     file,
                                     format,
                                     interaction,
                                     key,
                                     limit,
                                     method,
                                     milliseconds,
                                     pid,
                                     problem,
                                     queue,
                                     request,
                                     route,
                                     signal,
                                     status,
                                     store,
                                     user,
                                     version,
                                     webhook };
inline constexpr std::size_t log_field_count = 23;
std::string_view name(LogField field);

/// What happened, as a literal of the program: text made while running does not compile.
class LogEvent {
 public:
  template <std::size_t size>
  consteval LogEvent(char const (&text)[size]) : text_(text, size - 1) {}  // NOLINT(google-explicit-constructor)
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// One value of a line. A text is cut after limits::log_value_bytes_max; a base::Secret is none.
struct LogValue {
  LogField field;
  std::variant<std::int64_t, bool, std::string_view> value;
};

/// One line, without its end: "2026-03-02T09:15:00Z info server started address=127.0.0.1:8080", or
/// {"at":"…","level":"info","event":"server started","address":"127.0.0.1:8080"}. Control characters
/// are escaped and bytes that are no UTF-8 replaced, so that a value cannot begin a line of its own.
std::string log_line(LogFormat format, LogLevel level, base::Instant at, std::string_view event, std::span<LogValue const> values);

struct LogOptions {
  LogLevel level = LogLevel::info;
  LogFormat format = LogFormat::automatic;
  std::filesystem::path file;          ///< empty: standard error
  std::function<base::Instant()> now;  ///< the clock
  std::size_t queue_max = 0;           ///< 0: limits::log_queue_max
};

/// The server's log. Any thread may write; a line is made by the caller, put on a bounded queue and
/// written by one thread of the log's own, so that a slow disk holds nobody up: where the queue is
/// full the oldest lines are dropped and counted. Destroying it writes what waits.
class Log {
 public:
  /// Error: the file cannot be opened.
  static base::Result<std::unique_ptr<Log>> open(LogOptions options);
  ~Log();
  Log(Log const&) = delete;
  Log& operator=(Log const&) = delete;

  void debug(LogEvent event, std::initializer_list<LogValue> values = {}) { write(LogLevel::debug, event, values); }
  void info(LogEvent event, std::initializer_list<LogValue> values = {}) { write(LogLevel::info, event, values); }
  void warning(LogEvent event, std::initializer_list<LogValue> values = {}) { write(LogLevel::warning, event, values); }
  void error(LogEvent event, std::initializer_list<LogValue> values = {}) { write(LogLevel::error, event, values); }

  /// Lines lost because the queue was full, and because writing failed.
  std::uint64_t dropped() const;
  std::uint64_t failed() const;

  /// Waits until every line given so far is written or dropped; false if that takes longer than `limit`.
  bool drain(base::Millis limit) const;

 private:
  class Sink;

  explicit Log(LogOptions options);
  void write(LogLevel level, LogEvent event, std::span<LogValue const> values);
  void write(LogLevel level, LogEvent event, std::initializer_list<LogValue> values) { write(level, event, std::span(values.begin(), values.size())); }

  LogOptions options_;
  std::atomic<std::uint64_t> given_ = 0;
  std::shared_ptr<Sink> sink_;
  std::shared_ptr<spdlog::details::thread_pool> writer_;
  std::shared_ptr<spdlog::async_logger> logger_;
};

}  // namespace rapport::app
