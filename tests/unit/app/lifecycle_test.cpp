#include "app/lifecycle.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <future>
#include <memory>
#include <string>

#include "unit/app/temporary_folder.hpp"

namespace rapport::app {
namespace {

constexpr base::Millis long_time = 20 * base::second;  // nothing waits for it to pass

class LifecycleTest : public ::testing::Test {
 protected:
  LifecycleTest() {
    auto log = Log::open({.level = LogLevel::debug, .format = LogFormat::text, .file = folder_ / "log", .now = [] { return base::Instant{}; }});
    log_ = std::move(*log);
  }

  Component part(std::string const& name) {
    return {name, [this, name] { story_ += "+" + name; return base::Result<void>(); }, [this, name] { story_ += "-" + name; }, long_time};
  }
  std::string log_text() {
    EXPECT_TRUE(log_->drain(long_time));
    return testing::bytes_of(folder_ / "log");
  }

  StopSignals signals_;  // before the log, which has a thread
  testing::TemporaryFolder folder_;
  std::unique_ptr<Log> log_;
  std::string story_;
};

TEST_F(LifecycleTest, StopsInReverse) {
  Lifecycle parts(*log_);
  for (char const* name : {"a", "b", "c"}) parts.add(part(name));
  EXPECT_TRUE(parts.start());
  EXPECT_TRUE(parts.stop(long_time));
  EXPECT_EQ(story_, "+a+b+c-c-b-a");
  EXPECT_TRUE(parts.stop(long_time));  // nothing is left to stop
  EXPECT_EQ(story_, "+a+b+c-c-b-a");
}

TEST_F(LifecycleTest, StopsWhatStartedWhereOneDoesNot) {
  Lifecycle parts(*log_);
  parts.add(part("a"));
  parts.add(part("b"));
  parts.add({"c", [] { return base::Result<void>(base::Error{"no port"}); }, [this] { story_ += "-c"; }});
  parts.add(part("d"));
  auto const started = parts.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().message, "c did not start: no port");
  EXPECT_EQ(story_, "+a+b-b-a");
  EXPECT_NE(log_text().find("error part did not start component=c problem=\"no port\""), std::string::npos);
}

TEST_F(LifecycleTest, LeavesAPartThatDoesNotStopAndStopsTheRest) {
  auto let_go = std::make_shared<std::promise<void>>();
  auto gone = std::make_shared<std::promise<void>>();
  Lifecycle parts(*log_);
  parts.add(part("a"));
  parts.add({"stuck", [] { return base::Result<void>(); },
             [let_go, gone] {
               let_go->get_future().wait();
               gone->set_value();
             },
             1});
  parts.add(part("c"));
  EXPECT_TRUE(parts.start());
  EXPECT_FALSE(parts.stop(long_time));
  EXPECT_EQ(story_, "+a+c-c-a");
  EXPECT_NE(log_text().find("error part did not stop in time component=stuck limit=1"), std::string::npos);
  let_go->set_value();
  gone->get_future().wait();
}

TEST_F(LifecycleTest, HasOneLimitForAllTogether) {
  auto let_go = std::make_shared<std::promise<void>>();
  auto gone = std::make_shared<std::promise<void>>();
  Lifecycle parts(*log_);
  parts.add({"stuck", [] { return base::Result<void>(); },
             [let_go, gone] {
               let_go->get_future().wait();
               gone->set_value();
             },
             long_time});
  EXPECT_TRUE(parts.start());
  EXPECT_FALSE(parts.stop(0));
  let_go->set_value();
  gone->get_future().wait();
}

TEST(StopSignals, HearTheFirstAndActOnTheSecond) {
  std::promise<int> second;
  StopSignals signals([&second](int signal) { second.set_value(signal); });
  EXPECT_EQ(signals.wait_for(0), std::nullopt);
  ASSERT_EQ(::kill(::getpid(), SIGTERM), 0);
  EXPECT_EQ(signals.wait_for(long_time), SIGTERM);
  ASSERT_EQ(::kill(::getpid(), SIGINT), 0);
  EXPECT_EQ(second.get_future().get(), SIGINT);
  EXPECT_EQ(signals.wait_for(0), SIGTERM);
}

TEST(StopSignals, LetTheProgramAskItself) {
  StopSignals signals([](int) { FAIL(); });
  signals.request_stop();
  signals.request_stop();
  EXPECT_EQ(signals.wait_for(long_time), 0);
}

TEST(StopSignals, EndTheProcessAtOnceByDefault) {
  pid_t const child = ::fork();
  if (child == 0) {
    StopSignals signals;
    ::kill(::getpid(), SIGTERM);
    signals.wait_for(long_time);
    ::kill(::getpid(), SIGTERM);
    ::pause();
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 128 + SIGTERM);
}

/// A service manager's end of the socket.
class Manager {
 public:
  explicit Manager(std::string const& name) : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name[0] == '@') address.sun_path[0] = '\0';
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size())), 0);
  }
  ~Manager() { ::close(socket_); }

  std::string next() {
    pollfd waited{socket_, POLLIN, 0};
    std::array<char, 256> bytes{};
    if (::poll(&waited, 1, static_cast<int>(long_time)) != 1) return "nothing came";
    ssize_t const count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    return {bytes.data(), static_cast<std::size_t>(count)};
  }

 private:
  int socket_;
};

TEST(ServiceNotifier, SpeaksToPathsAndAbstractNames) {
  testing::TemporaryFolder const folder;
  for (std::string const& name : {(folder / "notify").native(), "@rapport-test-" + std::to_string(::getpid())}) {
    Manager manager(name);
    ServiceNotifier const notifier(name, 0);
    EXPECT_TRUE(notifier.ready());
    EXPECT_EQ(manager.next(), "READY=1");
    EXPECT_TRUE(notifier.status("12 agents"));
    EXPECT_EQ(manager.next(), "STATUS=12 agents");
    EXPECT_EQ(notifier.alive_every(), std::nullopt);
  }
}

TEST(ServiceNotifier, IsSilentWhereNobodyAsks) {
  EXPECT_FALSE(ServiceNotifier("", 0).ready());
  EXPECT_FALSE(ServiceNotifier("relative", 0).ready());
  EXPECT_FALSE(ServiceNotifier("/nonexistent/notify", 0).ready());
  EXPECT_FALSE(ServiceNotifier("/" + std::string(200, 'x'), 0).ready());
  EXPECT_EQ(ServiceNotifier("", 1'000).alive_every(), std::nullopt);
  EXPECT_EQ(ServiceNotifier("/x", 1'000).alive_every(), 500);
}

TEST_F(LifecycleTest, RunsUntilASignalAndTellsTheManager) {
  std::string const name = (folder_ / "notify").native();
  Manager manager(name);
  ServiceNotifier const notifier(name, 20);
  Lifecycle parts(*log_);
  parts.add(part("a"));
  std::atomic<int> asked = 0;
  auto running = std::async(std::launch::async, [&] { return run_until_stopped(parts, signals_, notifier, *log_, {long_time, [&] { return ++asked == 3; }}); });
  EXPECT_EQ(manager.next(), "READY=1");
  EXPECT_EQ(manager.next(), "WATCHDOG=1");
  EXPECT_GE(asked, 3);  // not while the server was not healthy
  ASSERT_EQ(::kill(::getpid(), SIGTERM), 0);
  EXPECT_EQ(manager.next(), "STOPPING=1");
  EXPECT_EQ(running.get(), 0);
  EXPECT_EQ(story_, "+a-a");
  std::string const told = log_text();
  EXPECT_NE(told.find("info server is ready"), std::string::npos) << told;
  EXPECT_NE(told.find("info server stops signal=15"), std::string::npos) << told;
}

TEST_F(LifecycleTest, SaysThatItDidNotStart) {
  Lifecycle parts(*log_);
  parts.add({"a", [] { return base::Result<void>(base::Error{"no"}); }, [] {}});
  EXPECT_EQ(run_until_stopped(parts, signals_, ServiceNotifier("", 0), *log_, {long_time, [] { return true; }}), 1);
}

}  // namespace
}  // namespace rapport::app
