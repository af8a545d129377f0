// A search through every state that small centres can come into, breadth first. From each one there
// is a way back to rest (nobody waits, no agent has anything in hand, nobody is "not responding"),
// and one that needs neither agent nor supervisor: customers hang up and time passes.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "routing/floor.hpp"
#include "unit/routing/invariants.hpp"
#include "unit/routing/names.hpp"

namespace rapport::routing {
namespace {

using base::Instant;

constexpr Instant exits_start{1'000'000};
constexpr std::size_t states_max = 150'000;  ///< more would mean that the world does not close

/// A state up to what can still matter: times as spans from now, moments of the past as their order.
std::string essence(Floor const& floor, Instant now) {
  State const& state = floor.state();
  std::vector<Instant> entries;
  std::vector<Instant> idle;
  for (ContactNumber at = 0; at < state.contact_numbers_end(); ++at)
    entries.push_back(state.contact(at).effective_entry);
  for (AgentNumber at = 0; at < state.agent_count(); ++at) idle.push_back(state.agent(at).idle_since);
  auto const order = [](std::vector<Instant> const& all, Instant one) {
    return std::to_string(std::ranges::count_if(all, [&](Instant other) { return other < one; }));
  };
  auto const left = [&](Instant until) { return std::to_string(until - now); };
  std::string text;
  for (AgentNumber at = 0; at < state.agent_count(); ++at) {
    Agent const& agent = state.agent(at);
    text += "|a" + std::to_string(static_cast<int>(agent.presence)) + order(idle, agent.idle_since);
    if (agent.resumes) text += "r" + left(*agent.resumes);
    for (Slot const& slot : agent.slots) {
      text += "," + name_of(slot.contact) + std::to_string(static_cast<int>(slot.state));
      if (slot.state == SlotState::wrap_up) text += "w" + left(slot.until);
    }
  }
  std::map<std::string, std::string> contacts;
  for (ContactNumber at = 0; at < state.contact_numbers_end(); ++at) {
    Contact const& c = state.contact(at);
    if (c.id.nil()) continue;
    std::string& one = contacts[name_of(c.id)];
    one = std::to_string(static_cast<int>(c.state)) + "a" + std::to_string(c.agent) + "e" +
          order(entries, c.effective_entry) + "u" + std::to_string(c.unanswered) + "t" +
          std::to_string(c.attempts) + "s" + std::to_string(c.step) + "o" + std::to_string(c.overflows) +
          "b" + std::to_string(c.boost) + (c.callback ? "c" : "") + (c.handover ? "h" : "") + (c.needs_only ? "n" : "") +
          (c.directed ? "d" : "") + "q" + std::to_string(static_cast<int>(c.rules->id)) + name_of(c.consult) +
          name_of(c.about);
    if (c.reserved_for != none) one += "r" + std::to_string(c.reserved_for) + left(c.reserved_until);
    if (auto const due = c.deadline()) one += "@" + left(due->when);
  }
  for (auto const& [id, one] : contacts) text += "|" + id + ":" + one;
  return text;
}

bool at_rest(Floor const& floor) {
  State const& state = floor.state();
  for (AgentNumber at = 0; at < state.agent_count(); ++at) {
    if (!state.agent(at).slots.empty() || state.agent(at).resumes) return false;
  }
  return state.contact_count() == 0;
}

/// All states of one small centre, and which leads to which.
class Search {
 public:
  Search(std::vector<Command> const& setup, std::vector<Command> commands) : commands_(std::move(commands)) {
    Node first;
    for (Command const& command : setup)
      EXPECT_TRUE(static_cast<bool>(first.floor.handle(command, first.now)));
    visit(std::move(first));
  }

  void run() {
    while (!open_.empty() && known_.size() < states_max && !testing::Test::HasFailure()) expand();
    ASSERT_TRUE(open_.empty()) << "the world has more than " << states_max << " states";
  }

  std::size_t size() const { return known_.size(); }

  /// States without a way to rest, over all edges or over those that need no agent.
  std::vector<std::string> stuck(bool without_agents) const {
    std::vector<std::vector<std::size_t>> back(essences_.size());
    for (Edge const& edge : edges_) {
      if (!without_agents || edge.by_itself) back[edge.to].push_back(edge.from);
    }
    std::vector<bool> good(essences_.size(), false);
    std::deque<std::size_t> next;
    for (std::size_t at = 0; at < essences_.size(); ++at) {
      if (!rest_[at]) continue;
      good[at] = true;
      next.push_back(at);
    }
    for (; !next.empty(); next.pop_front()) {
      for (std::size_t const from : back[next.front()]) {
        if (good[from]) continue;
        good[from] = true;
        next.push_back(from);
      }
    }
    std::vector<std::string> bad;
    for (std::size_t at = 0; at < essences_.size(); ++at) {
      if (!good[at]) bad.push_back(essences_[at]);
    }
    return bad;
  }

 private:
  struct Node {
    Floor floor;
    Instant now = exits_start;
    std::size_t number = 0;
  };
  struct Edge {
    std::size_t from = 0;
    std::size_t to = 0;
    bool by_itself = false;
  };

  std::size_t visit(Node node) {
    std::string text = essence(node.floor, node.now);
    auto const [at, added] = known_.try_emplace(text, essences_.size());
    if (!added) return at->second;
    State state = node.floor.state();
    EXPECT_EQ(broken_invariant(state, node.now), "") << text;
    node.number = at->second;
    rest_.push_back(at_rest(node.floor));
    essences_.push_back(std::move(text));
    open_.push_back(std::move(node));
    return at->second;
  }

  void expand() {
    Node const node = std::move(open_.front());
    open_.pop_front();
    Node next = node;
    for (Command const& command : commands_) {
      if (!next.floor.handle(command, node.now)) continue;
      bool const by_itself = std::holds_alternative<End>(command);
      edges_.push_back({node.number, visit(next), by_itself});
      next = node;
    }
    if (auto const due = node.floor.next_deadline()) {
      next.now = *due;
      next.floor.advance(*due);
      edges_.push_back({node.number, visit(std::move(next)), true});
    }
  }

  std::vector<Command> commands_;
  std::map<std::string, std::size_t> known_;
  std::vector<std::string> essences_;
  std::vector<bool> rest_;
  std::vector<Edge> edges_;
  std::deque<Node> open_;
};

std::shared_ptr<Queue> small_queue() {
  auto queue = std::make_shared<Queue>();
  queue->offer_ms = queue->acknowledge_ms = queue->wrap_up_ms = 2 * base::second;
  queue->refusal_pause_ms = queue->not_responding_ms = queue->directed_ms = 2 * base::second;
  queue->callback_retry_ms = 2 * base::second;
  queue->callback_attempts_max = 2;
  queue->unanswered_max = 2;
  return queue;
}

Command worker(std::string_view id, std::uint8_t calls) {
  auto profile = std::make_shared<AgentProfile>();
  profile->id = agent(id);
  profile->capacity[0] = calls;
  return SetAgent{profile};
}

void add_agent_commands(std::vector<Command>& commands, std::string_view id,
                        std::vector<std::string> const& contacts) {
  AgentId const who = agent(id);
  commands.push_back(SetPresence{who, Presence::available, {}});
  commands.push_back(SetPresence{who, Presence::on_break, "lunch"});
  commands.push_back(SetPresence{who, Presence::offline, {}});
  commands.push_back(Resume{who});
  for (std::string const& name : contacts) {
    commands.push_back(Answer{who, contact(name)});
    commands.push_back(Refuse{who, contact(name)});
    commands.push_back(Acknowledge{who, contact(name)});
    commands.push_back(EndWrapUp{who, contact(name)});
  }
}

void expect_exits(Search& search) {
  search.run();
  EXPECT_GT(search.size(), 500U) << "the world is too small to show anything";
  testing::Test::RecordProperty("states", static_cast<int>(search.size()));
  auto const stuck = search.stuck(false);
  EXPECT_TRUE(stuck.empty()) << stuck.size() << " of " << search.size()
                             << " states have no way to rest, such as " << stuck[0];
  auto const alone = search.stuck(true);
  EXPECT_TRUE(alone.empty()) << alone.size() << " of " << search.size() << " states need an agent, such as "
                             << alone[0];
}

/// One customer, two agents, everything that can be done: callbacks, cold and warm transfers.
TEST(RoutingExits, OfOneCustomerWithTransfersAndCallbacks) {
  std::vector<Command> commands{Enter{contact("c"), {}, domain::Channel::voice, 0, {}, agent("b")},
                                End{contact("c")},
                                End{contact("k")},
                                PutBack{contact("c")},
                                RequestCallback{contact("c"), {}},
                                CallbackMissed{contact("c")}};
  for (std::string const id : {"a", "b"}) {
    add_agent_commands(commands, id, {"c", "k"});
    commands.push_back(CompleteTransfer{contact("c"), agent(id)});
    commands.push_back(CancelTransfer{contact("c"), agent(id)});
    AgentId const other = agent(id == "a" ? "b" : "a");
    for (ContactId const consult : {ContactId{}, contact("k")}) {
      commands.push_back(Transfer{contact("c"), agent(id), TransferTo::queue, {}, {}, {}, consult});
      commands.push_back(Transfer{contact("c"), agent(id), TransferTo::agent, {}, other, {}, consult});
    }
  }
  Search search{{SetQueue{small_queue()}, worker("a", 1), worker("b", 1)}, commands};
  expect_exits(search);
}

/// Two customers, an agent who takes two at a time and one who takes one; affinity and overflow.
TEST(RoutingExits, OfTwoCustomersWithAffinityAndOverflow) {
  auto const second = small_queue();
  second->id = QueueId{1};
  auto const first = small_queue();
  first->affinity_ms = 2 * base::second;
  first->overflow_to = second->id;
  first->wrap_up_ms = second->wrap_up_ms = 0;  // wrap-up has its turn in the other world, as presence has
  std::vector<Command> commands;
  for (std::string const id : {"c", "d"}) {
    commands.push_back(Enter{contact(id), {}, domain::Channel::voice, 0, {}, agent("b")});
    commands.push_back(End{contact(id)});
  }
  add_agent_commands(commands, "a", {"c", "d"});
  add_agent_commands(commands, "b", {"c", "d"});
  // Presence and acknowledging have their turn in the other world: here they would only multiply it.
  std::erase_if(commands, [](Command const& command) {
    auto const* presence = std::get_if<SetPresence>(&command);
    return std::holds_alternative<Acknowledge>(command) ||
           (presence != nullptr && presence->presence != Presence::available);
  });
  Search search{{SetQueue{second}, SetQueue{first}, worker("a", 2), worker("b", 1)}, commands};
  expect_exits(search);
}

/// One customer, two queues, an agent and a supervisor: contacts that agents start, and every way to
/// step in.
TEST(RoutingExits, OfOneCustomerWithASupervisorWhoStepsIn) {
  auto const second = small_queue();
  second->id = QueueId{1};
  std::vector<Command> commands{Enter{contact("c"), {}, domain::Channel::voice, 0, {}, {}},
                                End{contact("c")},
                                End{contact("k")},
                                SetBoost{contact("c"), 1},
                                Move{contact("c"), QueueId{1}, true},
                                Move{contact("c"), QueueId{0}, false}};
  for (std::string const id : {"a", "s"}) {
    add_agent_commands(commands, id, {"c", "k"});
    commands.push_back(Assign{contact("c"), agent(id), {}, domain::Channel::voice});
    commands.push_back(TakeOver{contact("c"), agent(id)});
  }
  commands.push_back(Transfer{contact("c"), agent("a"), TransferTo::agent, {}, agent("s"), {}, contact("k")});
  Search search{{SetQueue{second}, SetQueue{small_queue()}, worker("a", 1), worker("s", 2)}, commands};
  expect_exits(search);
}

}  // namespace
}  // namespace rapport::routing
