#include <benchmark/benchmark.h>

#include <string>
#include <utility>

#include "base/assert.hpp"
#include "centre/core.hpp"
#include "centre/ids.hpp"

/// What the core does for each command, without a store: whole chats of one agent among many, with
/// changes and publications made and thrown away. Aim 100,000 commands a second with durable logging, of
/// which this is the centre's share; and the share of it that the numbers of the floor cost.
namespace rapport::centre {
namespace {

constexpr std::uint64_t agents = 1'000;
constexpr int messages = 8;

std::string agent_id(std::uint64_t number) { return uuid_text(0x0198'0000'0000'7000, 0x8000'0000'0000'0000 + number); }

std::vector<Command> configuration() {
  auto rules = std::make_shared<routing::Queue>();
  rules->id = routing::QueueId{1};
  rules->wrap_up_ms = 30 * base::second;
  std::vector<Command> made{ConfigureBrand{"northwind", "Northwind", "UTC", "en"}, ConfigureQueue{"billing", "northwind", std::move(rules), nullptr}};
  for (std::uint64_t number = 1; number <= agents; ++number) {
    auto profile = std::make_shared<routing::AgentProfile>();
    profile->id = *parse_id<routing::AgentId>(agent_id(number));
    profile->capacity = {1, 1, 1, 1};
    made.emplace_back(ConfigureAgent{agent_id(number), "An Agent", std::move(profile), std::vector<std::string>{"northwind"}});
  }
  return made;
}

class World {
 public:
  World() {
    RAPPORT_ASSERT(static_cast<bool>(core.recover({}, configuration(), now_, step)));
    for (std::uint64_t number = 1; number <= agents; ++number) ask(ChangePresence{agent_id(number), routing::Presence::available, {}});
  }

  std::string ask(Command const& command, Actor const& actor = {}) {
    now_ = now_ + 1;
    while (core.next_deadline() && *core.next_deadline() < now_) core.advance(base::Instant{now_.since_epoch - 1}, step);
    auto const outcome = core.handle(command, actor, now_, step);
    RAPPORT_ASSERT(static_cast<bool>(outcome));
    for (records::Change const& change : step.changes) counters += std::holds_alternative<records::AddCounters>(change) ? 1 : 0;
    step.changes.clear();
    step.publications.clear();
    ++commands;
    return outcome->interaction;
  }

  /// Started, answered, talked, ended, wrapped up and closed.
  void chat() {
    StartInteraction start;
    start.head.channel = domain::Channel::chat;
    start.head.brand = "northwind";
    start.head.queue = "billing";
    std::string const id = ask(start);
    std::string const agent = id_text(core.floor().agent(core.floor().contact(*parse_id<routing::ContactId>(id))->agent).id);
    Actor const by{Actor::Kind::agent, agent, {}};
    ask(AnswerOffer{agent, id}, by);
    for (int said = 0; said < messages; ++said) {
      AddEvent message{id, {}, false};
      message.event.kind = domain::EventKind::message;
      message.event.text = "I am sorry that the parcel has not come; I look into it at once.";
      ask(message, by);
    }
    ask(EndInteraction{id}, by);
    ask(WrapUp{id, agent, {}, {}, {}}, by);
    ask(CloseJudged{id, std::nullopt});
  }

  Core core{7};
  Step step;
  std::int64_t commands = 0;
  std::int64_t counters = 0;

 private:
  base::Instant now_{1'780'000'000'000};
};

void commands_of_chats(benchmark::State& state) {
  World world;
  world.commands = world.counters = 0;
  for (auto _ : state) world.chat();
  state.SetItemsProcessed(world.commands);
  state.counters["rows_a_chat"] = static_cast<double>(world.counters) / static_cast<double>(state.iterations());
  state.SetLabel("aim 100,000 commands/s");
}
BENCHMARK(commands_of_chats);

/// The events of a chat, counted, and made rows of.
void numbers_of_chats(benchmark::State& state) {
  Directory directory;
  for (Command const& command : configuration()) {
    if (auto const* brand = std::get_if<ConfigureBrand>(&command)) directory.set(*brand);
    if (auto const* queue = std::get_if<ConfigureQueue>(&command)) directory.set(*queue);
    if (auto const* agent = std::get_if<ConfigureAgent>(&command)) directory.set(*agent);
  }
  routing::Floor floor;
  Numbers numbers;
  base::Instant now{1'780'000'000'000};
  base::IdGenerator ids{1};
  auto const follow = [&](std::vector<routing::Event> const& events) {
    for (routing::Event const& event : events) numbers.happened(event, directory);
    numbers.settle(floor.state(), now, directory);
    for (auto const& [key, counters] : numbers.take_counted()) {
      numbers.live().counted(now, key, counters, directory);
      benchmark::DoNotOptimize(insight::row_of(counters));
      benchmark::DoNotOptimize(counters_key(key.scope, key.brand, key.id));
    }
  };
  auto const ask = [&](routing::Command const& command) {
    now = now + 1;
    auto const events = floor.handle(command, now);
    RAPPORT_ASSERT(static_cast<bool>(events));
    return *events;
  };
  follow(ask(routing::SetQueue{directory.queue("billing")->rules}));
  routing::AgentId const agent = *parse_id<routing::AgentId>(agent_id(1));
  follow(ask(routing::SetAgent{directory.agent(agent_id(1))->profile}));
  follow(ask(routing::SetPresence{agent, routing::Presence::available, {}}));
  for (auto _ : state) {
    auto const contact = *parse_id<routing::ContactId>(ids.next(now));
    for (routing::Command const& command : {routing::Command{routing::Enter{contact, routing::QueueId{1}, domain::Channel::chat, 0, {}, {}}},
                                            routing::Command{routing::Answer{agent, contact}}, routing::Command{routing::End{contact}},
                                            routing::Command{routing::EndWrapUp{agent, contact}}}) {
      state.PauseTiming();
      auto const events = ask(command);
      state.ResumeTiming();
      follow(events);
    }
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(numbers_of_chats)->Iterations(50'000);

}  // namespace
}  // namespace rapport::centre

BENCHMARK_MAIN();
