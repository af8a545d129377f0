#include "simulation/load.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json.hpp>
#include <cmath>
#include <unordered_map>
#include <vector>

#include "base/limits.hpp"
#include "base/random.hpp"
#include "simulation/awaiting.hpp"
#include "simulation/feed_connection.hpp"
#include "simulation/load_centre.hpp"

namespace rapport::simulation {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int messages_each = 8;
constexpr int feeds_each = 19;  // a user may have 20 connections; one is left for a person
constexpr std::chrono::seconds drain{20};
constexpr std::chrono::milliseconds lull{500};
constexpr std::string_view message_id = "\"id\":\"load-";

std::int64_t since(Clock::time_point begin) { return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin).count(); }

double own_cpu() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/// Every feed is a descriptor: as many as this process may have.
void raise_descriptors() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// One run, on one thread.
class LoadRun {
 public:
  explicit LoadRun(LoadOptions const& options) : options_(options), random_(options.seed), client_(context_, options.server) {}

  base::Result<LoadReport> run() {
    asio::co_spawn(context_, go(), [this](std::exception_ptr const& failed) {
      if (failed && problem_.empty()) problem_ = "the server answered in another way than its API says";
      context_.stop();
    });
    context_.run();
    if (!problem_.empty()) return base::Error{problem_};
    return report_;
  }

 private:
  asio::awaitable<void> go();
  asio::awaitable<bool> connect_feeds();
  asio::awaitable<void> listen(std::shared_ptr<FeedConnection> feed, std::size_t agent, bool desk);
  asio::awaitable<void> begin_interactions();
  asio::awaitable<void> start_one();
  asio::awaitable<void> handle(std::size_t agent, std::string interaction);
  asio::awaitable<bool> command(LoadPerson const& who, std::string const& interaction, char const* name, json::object body);
  asio::awaitable<void> wait(Clock::duration time);
  void take(std::string const& frame, std::size_t agent);
  void count(std::string_view name, Answer const& answer);

  LoadOptions const& options_;
  base::Random random_;
  // Goes after all that its coroutines refer to, but for what stands above.
  asio::io_context context_{1};
  ApiClient client_;
  LoadCentre centre_;
  std::vector<std::shared_ptr<FeedConnection>> desks_;
  std::unordered_map<std::uint64_t, Clock::time_point> sent_;  ///< messages by their number
  std::uint64_t messages_ = 0;
  std::uint64_t open_ = 0;  ///< interactions begun and not closed
  bool measuring_ = false;
  LoadReport report_;
  std::string problem_;
};

asio::awaitable<void> LoadRun::wait(Clock::duration time) {
  asio::steady_timer timer{context_, time};
  co_await timer.async_wait(as_result);
}

asio::awaitable<void> LoadRun::go() {
  centre_ = co_await make_load_centre(client_, options_);
  problem_ = centre_.problem;
  if (!problem_.empty()) co_return;
  bool const connected = co_await connect_feeds();
  if (!connected) co_return;
  for (LoadPerson const& agent : centre_.agents) {
    Answer const there = co_await client_.ask(agent.who, "PUT", "/api/v1/me/presence", fields("presence", "available"));
    if (!there.good()) count("presence", there);
  }
  options_.tell(fmt::format("{} feeds are connected; {} interactions a second for {} s", report_.feeds, options_.rate, options_.seconds));
  co_await wait(lull);
  co_await begin_interactions();
  auto const give_up = Clock::now() + drain;
  while (open_ > 0 && Clock::now() < give_up) co_await wait(std::chrono::milliseconds{50});
  report_.unfinished = open_;
  for (LoadPerson const& agent : centre_.agents) co_await client_.ask(agent.who, "PUT", "/api/v1/me/presence", fields("presence", "offline"));
}

asio::awaitable<bool> LoadRun::connect_feeds() {
  std::size_t const agents = centre_.agents.size();
  for (int i = 0; i < std::max(options_.feeds, options_.agents); ++i) {
    std::size_t const agent = static_cast<std::size_t>(i) % agents;
    bool const desk = static_cast<std::size_t>(i) < agents;
    auto const feed = std::make_shared<FeedConnection>(context_);
    bool const open = co_await feed->open(options_.server, centre_.agents[agent].who);
    if (!open) {
      problem_ = fmt::format("feed {} was refused: {}. More than limits.connections_per_address, or too few file descriptors?", i + 1, feed->problem());
      co_return false;
    }
    std::vector<std::string> names{"stream:agent/" + centre_.agents[agent].user};
    if (!desk) names = {std::string{"topic:queue/"} + load_queues[0], std::string{"topic:queue/"} + load_queues[1], names.front()};
    feed->subscribe(names);
    if (desk) desks_.push_back(feed);
    asio::co_spawn(context_, [this, feed, agent, desk] { return listen(feed, agent, desk); }, asio::detached);
    ++report_.feeds;
  }
  co_return true;
}

/// Only desks look into what comes: others read it away, as a screen in the background does.
asio::awaitable<void> LoadRun::listen(std::shared_ptr<FeedConnection> feed, std::size_t agent, bool desk) {
  for (;;) {
    std::string const frame = co_await feed->next_text();
    if (frame.empty()) break;
    if (measuring_) ++report_.feed_frames;
    if (desk) take(frame, agent);
  }
  if (measuring_) ++report_.errors["a feed was closed"];
}

void LoadRun::take(std::string const& frame, std::size_t agent) {
  if (std::size_t const at = frame.find(message_id); at != std::string::npos && frame.find("\"event\"") != std::string::npos) {
    auto const sent = sent_.find(std::strtoull(frame.c_str() + at + message_id.size(), nullptr, 10));
    if (sent == sent_.end()) return;
    if (measuring_) report_.to_desk.add(since(sent->second));
    sent_.erase(sent);
    return;
  }
  if (frame.find("\"kind\":\"offer\"") == std::string::npos) return;
  boost::system::error_code broken;
  json::value const parsed = json::parse(frame, broken);
  json::object const* const told = broken ? nullptr : parsed.if_object();
  json::value const* const event = told == nullptr ? nullptr : told->if_contains("event");
  json::value const* const interaction = event == nullptr || !event->is_object() ? nullptr : event->get_object().if_contains("interaction");
  if (interaction == nullptr || !interaction->is_string()) return;
  std::string id{interaction->get_string()};
  asio::co_spawn(context_, handle(agent, std::move(id)), asio::detached);
}

void LoadRun::count(std::string_view name, Answer const& answer) { ++report_.errors[fmt::format("{} {} {}", name, answer.status, answer.problem)]; }

asio::awaitable<bool> LoadRun::command(LoadPerson const& who, std::string const& interaction, char const* name, json::object body) {
  auto const begun = Clock::now();
  Answer const answer = co_await client_.ask(who.who, "POST", "/api/v1/interactions/" + interaction + '/' + name, std::move(body));
  if (measuring_) report_.api.add(since(begun));
  if (!answer.good()) count(name, answer);
  co_return answer.good();
}

/// An agent's desk works an interaction through: 12 commands, and the wrap-up that closes it.
asio::awaitable<void> LoadRun::handle(std::size_t agent, std::string interaction) {
  static constexpr char const* lines[] = {"Good morning, you are speaking with Ana at Northwind. How can I help you today?", "I understand, let me look at your account.",
                                          "Thank you for waiting.", "The bill is corrected, you will get a new one tomorrow.", "Is there anything else that I can do for you?"};
  LoadPerson const& who = centre_.agents[agent];
  std::vector<std::string> const stream{"stream:interaction/" + interaction, "topic:interaction/" + interaction + "/checklist"};
  bool good = co_await command(who, interaction, "answer", {});
  if (!good) co_return;  // it was offered to somebody else since
  desks_[agent]->subscribe(stream);
  for (int i = 0; i < messages_each && good; ++i) {
    if (i == messages_each / 2) {
      co_await command(who, interaction, "hold", {});
      co_await command(who, interaction, "resume", {});
    }
    std::uint64_t const number = ++messages_;
    if (measuring_) sent_[number] = Clock::now();
    good = co_await command(who, interaction, "events", fields("kind", "message", "text", lines[random_.below(5)], "id", fmt::format("load-{}", number)));
  }
  if (good) good = co_await command(who, interaction, "end", {});
  if (good) good = co_await command(who, interaction, "wrap-up", fields("reason", "billing", "outcome", "resolved"));
  if (good && measuring_) ++report_.closed;
  --open_;
}

asio::awaitable<void> LoadRun::start_one() {
  json::object chat = fields("channel", "chat", "brand", load_brand, "queue", load_queues[random_.below(2)]);
  chat["customer"] = fields("name", fmt::format("Customer {}", report_.started));
  auto const begun = Clock::now();
  Answer const answer = co_await client_.ask(centre_.supervisor.who, "POST", "/api/v1/interactions", std::move(chat));
  if (measuring_) report_.api.add(since(begun));
  if (answer.good()) co_return;
  count("start", answer);
  --open_;
}

asio::awaitable<void> LoadRun::begin_interactions() {
  auto const begun = Clock::now();
  double const cpu = own_cpu();
  measuring_ = true;
  auto const each = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>{1.0 / options_.rate});
  asio::steady_timer timer{context_};
  for (int i = 0; i < options_.rate * options_.seconds; ++i) {
    timer.expires_at(begun + i * each);
    co_await timer.async_wait(as_result);
    ++report_.started;
    ++open_;
    asio::co_spawn(context_, start_one(), asio::detached);
  }
  timer.expires_at(begun + std::chrono::seconds{options_.seconds});
  co_await timer.async_wait(as_result);
  measuring_ = false;
  report_.seconds = static_cast<double>(since(begun)) / 1e6;
  report_.own_cpu_seconds = own_cpu() - cpu;
}

}  // namespace

std::string LoadReport::text(LoadOptions const& options) const {
  std::string all;
  auto const line = [&all](std::string_view what, std::string const& value) { all += fmt::format("{:<17}{}\n", what, value); };
  line("asked for", fmt::format("{} interactions/s of 14 commands for {:.1f} s, {} agents, {} feeds, seed {}", options.rate, seconds, options.agents, feeds, options.seed));
  line("achieved", fmt::format("{:.1f} interactions/s closed ({} started, {:.1f} a second; {} closed in time, {} never)", static_cast<double>(closed) / std::max(seconds, 0.001), started,
                               static_cast<double>(started) / std::max(seconds, 0.001), closed, unfinished));
  line("API", api.text());
  line("event to desk", to_desk.text());
  line("feeds", fmt::format("{} frames", feed_frames));
  line("own CPU", fmt::format("{:.2f} s, {:.0f} % of a core", own_cpu_seconds, 100.0 * own_cpu_seconds / std::max(seconds, 0.001)));
  std::uint64_t wrong = 0;
  for (auto const& [what, times] : errors) wrong += times;
  line("errors", std::to_string(wrong));
  for (auto const& [what, times] : errors) line("", fmt::format("{} × {}", times, what));
  return all;
}

base::Result<LoadReport> make_load(LoadOptions const& options) {
  if (options.feeds > options.agents * feeds_each) {
    return base::Error{fmt::format("--feeds: found {}, expected at most {} for each of {} agents", options.feeds, feeds_each, options.agents)};
  }
  raise_descriptors();
  LoadRun run{options};
  return run.run();
}

}  // namespace rapport::simulation
