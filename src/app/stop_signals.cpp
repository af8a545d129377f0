#include "app/stop_signals.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>

#include "base/assert.hpp"

namespace rapport::app {

StopSignals::StopSignals(std::function<void(int)> at_once) : at_once_(std::move(at_once)) {
  if (!at_once_) at_once_ = [](int signal) { std::_Exit(128 + signal); };
  sigset_t taken{};
  sigemptyset(&taken);
  sigaddset(&taken, SIGTERM);
  sigaddset(&taken, SIGINT);
  RAPPORT_ASSERT(::pthread_sigmask(SIG_BLOCK, &taken, &before_) == 0);
  ::signal(SIGPIPE, SIG_IGN);
  signals_ = ::signalfd(-1, &taken, SFD_CLOEXEC);
  end_ = ::eventfd(0, EFD_CLOEXEC);
  RAPPORT_ASSERT(signals_ >= 0 && end_ >= 0);
  watcher_ = std::thread([this] { watch(); });
}

StopSignals::~StopSignals() {
  ::eventfd_write(end_, 1);
  watcher_.join();
  ::close(signals_);
  ::close(end_);
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void StopSignals::watch() {
  while (true) {
    std::array<pollfd, 2> waited{{{signals_, POLLIN, 0}, {end_, POLLIN, 0}}};
    if (::poll(waited.data(), waited.size(), -1) < 0) continue;  // interrupted
    if (waited[1].revents != 0) return;
    signalfd_siginfo information{};
    if (::read(signals_, &information, sizeof information) == sizeof information) note(static_cast<int>(information.ssi_signo));
  }
}

void StopSignals::note(int signal) {
  {
    std::lock_guard const lock(mutex_);
    if (!first_) {
      first_ = signal;
      changed_.notify_all();
      return;
    }
  }
  if (signal != 0) at_once_(signal);
}

std::optional<int> StopSignals::wait_for(base::Millis time) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(time), [this] { return first_.has_value(); });
  return first_;
}

void StopSignals::request_stop() { note(0); }

}  // namespace rapport::app
