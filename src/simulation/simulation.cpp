#include "simulation/simulation.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <thread>

#include "base/assert.hpp"
#include "simulation/arrivals.hpp"
#include "simulation/awaiting.hpp"
#include "simulation/live_caller.hpp"
#include "simulation/live_customer.hpp"
#include "simulation/telephone.hpp"

namespace rapport::simulation {
namespace {

constexpr base::Millis conversation = 170 * base::second;  // with its wrap-up, on average
constexpr int load_percent = 85;                           // of what the agents can do, in the busiest hour
constexpr int least_busy = 40;                             // somebody who watches at night shall see something, too
constexpr int first_customers = 6;                         // who wait at the door
constexpr base::Millis between_calls = 4 * base::minute;   // on average
constexpr int callers_max = 3;                             // at once: each is spoken and carried in real time
constexpr std::chrono::seconds phones_log_in{3};

}  // namespace

struct Simulation::Impl {
  Impl(PhraseBook const& book, SimulationOptions with) : options(std::move(with)), world(context, options.server, book, options.seed, options.pace) {}

  void open();
  asio::awaitable<void> set_up_phones(std::vector<std::pair<std::shared_ptr<LiveAgent>, SimulatedAgent>> agents);
  asio::awaitable<void> callers_come();
  asio::awaitable<void> customers_come();
  void admit();
  base::Millis mean_between() const;

  // Goes last of all: the coroutines that it holds have parts of the rest in them, and touch nothing as they go.
  asio::io_context context{1};
  SimulationOptions options;
  World world;
  std::unique_ptr<Telephone> telephone;
  std::thread thread;
};

/// How long between two customers now, on the simulated clock.
base::Millis Simulation::Impl::mean_between() const {
  auto const at_once = std::max<std::int64_t>(1, std::ranges::count_if(options.agents, &SimulatedAgent::chats) * options.chats_each);
  auto const minute = static_cast<int>((options.minute_of_day + world.now() / base::minute) % (24 * 60));
  int const busy = std::max(least_busy, busyness(minute));
  return conversation * 100 * 100 / (at_once * load_percent * busy);
}

void Simulation::Impl::admit() {
  Industry const& industry = world.random.pick(world.book.industries);
  std::uint64_t const seed = world.random.next();
  asio::co_spawn(context, live_as_customer(world, industry, seed), asio::detached);
}

asio::awaitable<void> Simulation::Impl::customers_come() {
  asio::steady_timer timer{context};
  auto const most = 4 * static_cast<int>(options.agents.size()) * options.chats_each + 20;
  for (int come = 0;; ++come) {
    bool const at_the_door = come < first_customers;  // by the clock on the wall: they are there whatever the pace
    timer.expires_after(std::chrono::milliseconds{600});
    if (!at_the_door) timer.expires_at(world.wall(world.now() + next_arrival(world.random, mean_between())));
    auto const [stopped] = co_await timer.async_wait(as_result);
    if (stopped) co_return;
    if (world.customers < most) admit();
  }
}

/// Each agent who takes calls gets a phone with a password of its own.
asio::awaitable<void> Simulation::Impl::set_up_phones(std::vector<std::pair<std::shared_ptr<LiveAgent>, SimulatedAgent>> agents) {
  Credentials const administrator = bearer(options.telephone->administrator);
  for (auto const& [agent, self] : agents) {
    Answer const made = co_await world.client.ask(administrator, "POST", "/api/v1/users/" + self.user + "/phone", nullptr);
    auto const phone = telephone->new_phone();
    if (!made.good() || !phone->open()) {
      ++world.trouble;
      continue;
    }
    phone->log_in(made.text("login"), made.text("password"));
    agent->use_phone(phone);
  }
  bool const ready = telephone->callers->open();
  if (ready) co_await callers_come();
}

asio::awaitable<void> Simulation::Impl::callers_come() {
  asio::steady_timer timer{context, phones_log_in};
  for (;;) {
    auto const [stopped] = co_await timer.async_wait(as_result);
    if (stopped) co_return;
    if (world.callers < callers_max) {
      Industry const& industry = world.random.pick(world.book.industries);
      asio::co_spawn(context, [this, &industry, seed = world.random.next()] { return live_as_caller(*telephone, industry, seed); }, asio::detached);
    }
    timer.expires_at(world.wall(world.now() + next_arrival(world.random, between_calls)));
  }
}

void Simulation::Impl::open() {
  std::vector<std::pair<std::shared_ptr<LiveAgent>, SimulatedAgent>> on_phone;
  if (options.telephone) {
    SimulatedTelephone const& to = *options.telephone;
    telephone = std::make_unique<Telephone>(world, asio::ip::udp::endpoint{asio::ip::make_address_v4(to.host), to.port}, to.recogniser, to.clock);
    world.telephone = telephone.get();
  }
  for (SimulatedAgent const& one : options.agents) {
    Industry const* const industry = world.book.industry(one.brand);
    if (industry == nullptr) continue;
    auto const agent = std::make_shared<LiveAgent>(world, *industry, one, world.random.next());
    asio::co_spawn(context, [agent] { return agent->work(); }, asio::detached);
    asio::co_spawn(context, [agent] { return agent->take_breaks(); }, asio::detached);
    if (telephone && one.calls) on_phone.emplace_back(agent, one);
  }
  if (telephone) asio::co_spawn(context, [this, on_phone = std::move(on_phone)] { return set_up_phones(on_phone); }, asio::detached);
  asio::co_spawn(context, customers_come(), asio::detached);
}

Simulation::Simulation(PhraseBook const& book, SimulationOptions options) : impl_(std::make_unique<Impl>(book, std::move(options))) {}
Simulation::~Simulation() { stop(); }

void Simulation::start() {
  RAPPORT_ASSERT(!impl_->thread.joinable());
  impl_->open();
  impl_->thread = std::thread{[impl = impl_.get()] { impl->context.run(); }};
}

void Simulation::stop() {
  impl_->context.stop();
  if (impl_->thread.joinable()) impl_->thread.join();
}

std::uint64_t Simulation::trouble() const { return impl_->world.trouble; }

}  // namespace rapport::simulation
