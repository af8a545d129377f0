#include "app/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace rapport::app {

Progress::Progress(std::string what)
    : what_(std::move(what)),
      terminal_(isatty(STDERR_FILENO) == 1),
      started_(Clock::now()),
      next_(started_ + std::chrono::seconds{1}) {}

Progress::~Progress() {
  if (shown_ && terminal_) fmt::print(stderr, "\r\033[K");
}

void Progress::advance() {
  ++done_;
  if (done_ % 16 != 0) return;  // reading the clock for each would show in the figure
  auto const now = Clock::now();
  if (now < next_) return;
  next_ = now + (terminal_ ? std::chrono::milliseconds{250} : std::chrono::milliseconds{10'000});
  shown_ = true;
  double const seconds = std::chrono::duration<double>(now - started_).count();
  fmt::print(stderr, "{}{} {}, {:.0f} a second{}", terminal_ ? "\r\033[K" : "", done_, what_,
             static_cast<double>(done_) / seconds, terminal_ ? "" : "\n");
  std::fflush(stderr);
}

}  // namespace rapport::app
