#include "app/lifecycle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <future>
#include <memory>
#include <thread>
#include <utility>

#include "app/exit_status.hpp"
#include "base/assert.hpp"

namespace rapport::app {
namespace {

using Clock = std::chrono::steady_clock;

base::Millis since(Clock::time_point begin) { return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin).count(); }

constexpr base::Millis wait_without_watchdog = 60 * base::second;

}  // namespace

Lifecycle::~Lifecycle() { RAPPORT_ASSERT(started_ == 0); }

void Lifecycle::add(Component component) {
  RAPPORT_ASSERT(started_ == 0 && component.start && component.stop);
  components_.push_back(std::move(component));
}

base::Result<void> Lifecycle::start() {
  for (Component const& component : components_) {
    auto const begin = Clock::now();
    auto started = component.start();
    if (!started) {
      log_.error("part did not start", {{LogField::component, component.name}, {LogField::problem, started.error().message}});
      base::Millis limit = 0;
      for (std::size_t index = 0; index < started_; ++index) limit += components_[index].stop_limit;
      stop(limit);
      return base::Error{fmt::format("{} did not start: {}", component.name, started.error().message)};
    }
    ++started_;
    log_.debug("part started", {{LogField::component, component.name}, {LogField::milliseconds, since(begin)}});
  }
  return {};
}

bool Lifecycle::stop(base::Millis limit) {
  auto const begin = Clock::now();
  bool all = true;
  while (started_ > 0) {
    --started_;
    Component const& component = components_[started_];
    base::Millis const left = std::max<base::Millis>(0, limit - since(begin));
    all = stop_one(component, std::min(component.stop_limit, left)) && all;
  }
  return all;
}

bool Lifecycle::stop_one(Component const& component, base::Millis limit) {
  auto const begin = Clock::now();
  auto stopped = std::make_shared<std::promise<void>>();
  auto done = stopped->get_future();
  std::thread([stop = component.stop, stopped] {  // a copy: the thread may outlive this object
    stop();
    stopped->set_value();
  })
      .detach();
  bool const in_time = done.wait_for(std::chrono::milliseconds(limit)) == std::future_status::ready;
  if (in_time) {
    log_.debug("part stopped", {{LogField::component, component.name}, {LogField::milliseconds, since(begin)}});
  } else {
    log_.error("part did not stop in time", {{LogField::component, component.name}, {LogField::limit, limit}});
  }
  return in_time;
}

int run_until_stopped(Lifecycle& parts, StopSignals& signals, ServiceNotifier const& manager, Log& log, Running const& running) {
  auto const started = parts.start();
  if (!started) return exit_some_failed;
  manager.ready();
  log.info("server is ready");
  auto const every = manager.alive_every();
  std::optional<int> signal;
  while (!signal) {
    if (every && running.healthy()) manager.alive();
    signal = signals.wait_for(every.value_or(wait_without_watchdog));
  }
  manager.stopping();
  log.info("server stops", {{LogField::signal, std::int64_t{*signal}}});
  if (parts.stop(running.shutdown_limit)) {
    log.info("server has stopped");
    return exit_ok;
  }
  log.drain(base::second);  // nothing is destroyed from here on
  std::_Exit(exit_some_failed);
}

}  // namespace rapport::app
