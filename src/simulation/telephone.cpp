#include "simulation/telephone.hpp"
#include "simulation/awaiting.hpp"

#include <algorithm>

namespace rapport::simulation {
namespace {

constexpr std::chrono::milliseconds look_every{60};
constexpr std::chrono::seconds polite_for{8};  // then one talks over who does not stop

}  // namespace

asio::awaitable<Span> say_aloud(Telephone& telephone, std::shared_ptr<SipCall> call, Voice voice, std::string text, base::Instant started_at) {
  asio::io_context& context = telephone.world.context;
  auto const words = co_await speak(context, voice, std::move(text));
  if (!words) ++telephone.world.trouble;
  asio::steady_timer timer{context};
  auto const since = std::chrono::steady_clock::now();
  auto const talks = [&] { return call->state() == SipCall::State::talking; };
  for (auto now = since; talks() && call->sound().hears(now) && now - since < polite_for; now = std::chrono::steady_clock::now()) {
    timer.expires_after(look_every);
    co_await timer.async_wait(as_result);
  }
  Span span;
  span.at_ms = std::max<base::Millis>(0, telephone.clock() - started_at);
  if (words) call->sound().say(words);
  while (talks() && !call->sound().silent()) {
    timer.expires_after(look_every);
    co_await timer.async_wait(as_result);
  }
  span.end_ms = std::max(span.at_ms, telephone.clock() - started_at);
  co_return span;
}

}  // namespace rapport::simulation
