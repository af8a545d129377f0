#include "app/log.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "base/limits.hpp"
#include "base/secret.hpp"
#include "unit/app/temporary_folder.hpp"

namespace rapport::app {
namespace {

static_assert(!std::is_constructible_v<LogValue, LogField, base::Secret>);
static_assert(!std::is_convertible_v<std::string, LogEvent>);  // what happened is a literal, never text made while running
static_assert(!std::is_convertible_v<char const*, LogEvent>);

constexpr base::Instant nine{1'772'442'900'250};  // 2026-03-02T09:15:00.250Z

std::string line(LogFormat format, std::vector<LogValue> const& values) { return log_line(format, LogLevel::warning, nine, "it happened", values); }

std::vector<std::string> lines_of(std::filesystem::path const& file) {
  std::istringstream text{testing::bytes_of(file)};
  std::vector<std::string> lines;
  for (std::string one; std::getline(text, one);) lines.push_back(one);
  return lines;
}

TEST(LogLine, IsTextForPeopleAndJsonForMachines) {
  std::vector<LogValue> const values{{LogField::address, "127.0.0.1:80"}, {LogField::count, std::int64_t{-3}}, {LogField::status, true}, {LogField::problem, "disk is full"}};
  EXPECT_EQ(line(LogFormat::text, values), "2026-03-02T09:15:00.250Z warning it happened address=127.0.0.1:80 count=-3 status=true problem=\"disk is full\"");
  EXPECT_EQ(line(LogFormat::json, values),
            R"({"at":"2026-03-02T09:15:00.250Z","level":"warning","event":"it happened","address":"127.0.0.1:80","count":-3,"status":true,"problem":"disk is full"})");
}

TEST(LogLine, LetsNoValueBeginALineOrBreakJson) {
  std::string every;
  for (int byte = 0; byte < 256; ++byte) every += static_cast<char>(byte);
  for (std::string const& text : {every, std::string("a\nb\r\n{\"level\":\"error\"}"), std::string("\xED\xA0\x80\xF4\x90\x80\x80\xC0\xAF ä €"), std::string()}) {
    for (LogFormat const format : {LogFormat::text, LogFormat::json}) {
      std::string const made = line(format, {{LogField::problem, text}});
      for (char const c : made) EXPECT_GE(static_cast<unsigned char>(c), 0x20U);
      EXPECT_TRUE(format == LogFormat::text || boost::json::parse(made).is_object()) << made;
    }
  }
  EXPECT_EQ(line(LogFormat::text, {{LogField::problem, "a=b"}}), "2026-03-02T09:15:00.250Z warning it happened problem=\"a=b\"");
}

TEST(LogLine, CutsLongValuesBetweenCharacters) {
  std::string text(limits::log_value_bytes_max - 1, 'x');
  EXPECT_NE(line(LogFormat::json, {{LogField::problem, text + "ä"}}).find("x…\""), std::string::npos);
  EXPECT_NE(line(LogFormat::text, {{LogField::problem, text + "yz"}}).find("xy…\""), std::string::npos);
}

TEST(Log, WritesWhatIsAtItsLevelFromAllThreads) {
  testing::TemporaryFolder const folder;
  {
    auto const log = Log::open({.level = LogLevel::info, .file = folder / "log", .now = [] { return nine; }});
    ASSERT_TRUE(log);
    std::vector<std::thread> threads;
    for (std::int64_t thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&log, thread] {
        for (std::int64_t count = 0; count < 500; ++count) {
          (*log)->info("counted", {{LogField::count, thread * 500 + count}});
          (*log)->debug("not written");
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_TRUE((*log)->drain(10 * base::second));
    EXPECT_EQ((*log)->dropped(), 0U);
  }
  std::set<std::int64_t> counts;
  for (std::string const& one : lines_of(folder / "log")) counts.insert(boost::json::parse(one).at("count").as_int64());
  EXPECT_EQ(counts.size(), 2'000U);
  EXPECT_EQ(std::filesystem::status(folder / "log").permissions() & std::filesystem::perms::others_all, std::filesystem::perms::none);
}

TEST(Log, DropsAndCountsWhereWritingIsSlow) {
  testing::TemporaryFolder const folder;
  std::filesystem::path const fifo = folder / "log";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  std::FILE* reader = nullptr;
  std::thread opening([&] { reader = std::fopen(fifo.c_str(), "rb"); });  // a fifo opens when both ends are there
  auto log = Log::open({.file = fifo, .now = [] { return nine; }, .queue_max = 16});
  opening.join();
  ASSERT_TRUE(log);
  ASSERT_NE(reader, nullptr);
  constexpr std::uint64_t given = 5'000;  // far more than a pipe and the queue hold
  std::string const text(500, 'x');
  for (std::uint64_t count = 0; count < given; ++count) (*log)->info("counted", {{LogField::problem, text}});
  std::uint64_t const dropped = (*log)->dropped();
  EXPECT_GT(dropped, 0U);
  std::uint64_t read = 0;
  std::thread reading([&] {
    std::array<char, 4'096> bytes{};
    for (std::size_t count = 1; count > 0;) {
      count = std::fread(bytes.data(), 1, bytes.size(), reader);
      read += static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count), '\n'));
    }
  });
  EXPECT_TRUE((*log)->drain(10 * base::second));
  EXPECT_EQ((*log)->dropped(), dropped);
  *log = nullptr;  // says how many were dropped
  reading.join();
  static_cast<void>(std::fclose(reader));
  EXPECT_EQ(read, given - dropped + 1);
}

TEST(Log, SaysWhyItCannotOpen) {
  auto const log = Log::open({.file = "/nonexistent/log", .now = [] { return nine; }});
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().message, "/nonexistent/log: the log cannot be opened: No such file or directory");
}

TEST(LogRules, FieldsLeaveNoPlaceForPeoplesWords) {
  std::set<std::string> const of_people{"text", "words", "utterance", "message", "name", "email", "phone", "quote", "body", "note", "customer", "subject", "password", "token", "secret", "code"};
  std::set<std::string_view> seen;
  for (std::size_t index = 0; index < log_field_count; ++index) {
    std::string_view const field = name(static_cast<LogField>(index));
    EXPECT_FALSE(of_people.contains(std::string(field))) << field;
    EXPECT_FALSE(field.empty());
    EXPECT_TRUE(seen.insert(field).second) << field;
  }
}

/// The only way into the log is app/log.hpp; values given to it are looked at line by line.
TEST(LogRules, NobodyLogsWordsOrGoesAroundTheLog) {
  namespace fs = std::filesystem;
  std::vector<std::string> const ways_around{"spdlog", "syslog(", "std::clog"};
  std::vector<std::string> const words{".text", ".quote", ".words", ".reveal", "display_name", ".email", ".phone", "body", "password"};
  for (auto const& entry : fs::recursive_directory_iterator(fs::path{RAPPORT_SOURCE_DIR} / "src")) {
    if (!entry.is_regular_file()) continue;
    bool const is_log = entry.path().parent_path().filename() == "app" && entry.path().stem() == "log";
    for (std::string const& one : lines_of(entry.path())) {
      for (std::string const& way : ways_around) EXPECT_TRUE(is_log || one.find(way) == std::string::npos) << entry.path() << ": " << one;
      if (one.find("LogField::") == std::string::npos) continue;
      for (std::string const& word : words) EXPECT_EQ(one.find(word), std::string::npos) << entry.path() << ": " << one;
    }
  }
}

}  // namespace
}  // namespace rapport::app
