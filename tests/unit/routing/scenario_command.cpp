#include "unit/routing/names.hpp"
#include "unit/routing/scenario.hpp"

namespace rapport::routing {
namespace {

/// True if `words` read like `pattern`; a "_" takes any word.
bool reads(std::vector<std::string> const& words, std::vector<std::string> const& pattern) {
  if (words.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (pattern[i] != "_" && pattern[i] != words[i]) return false;
  }
  return true;
}

std::optional<domain::Channel> channel_of(std::string const& word) {
  if (word == "call") return domain::Channel::voice;
  if (word == "chat") return domain::Channel::chat;
  if (word == "e-mail") return domain::Channel::email;
  if (word == "message") return domain::Channel::message;
  return std::nullopt;
}

}  // namespace

std::optional<Command> Scenario::agent_command(Words const& words) {
  AgentId const who = agent(words.front());
  if (reads(words, {"_", "is", "available"})) return SetPresence{who, Presence::available, {}};
  if (reads(words, {"_", "goes", "offline"})) return SetPresence{who, Presence::offline, {}};
  if (reads(words, {"_", "takes", "a", "break"})) return SetPresence{who, Presence::on_break, {}};
  if (reads(words, {"_", "takes", "a", "break", "for", "_"}))
    return SetPresence{who, Presence::on_break, words[5]};
  if (reads(words, {"_", "is", "back"})) return Resume{who};
  if (reads(words, {"_", "answers", "_"})) return Answer{who, contact(words[2])};
  if (reads(words, {"_", "refuses", "_"})) return Refuse{who, contact(words[2])};
  if (reads(words, {"_", "acknowledges", "_"})) return Acknowledge{who, contact(words[2])};
  if (reads(words, {"_", "ends", "wrap-up", "of", "_"})) return EndWrapUp{who, contact(words[4])};
  if (reads(words, {"_", "completes", "the", "transfer", "of", "_"}))
    return CompleteTransfer{contact(words[5]), who};
  if (reads(words, {"_", "cancels", "the", "transfer", "of", "_"}))
    return CancelTransfer{contact(words[5]), who};
  if (reads(words, {"_", "takes", "over", "_"})) return TakeOver{contact(words[3]), who};
  if (reads(words, {"_", "starts", "_", "_", "in", "_"})) {
    auto const channel = channel_of(words[2]);
    if (!channel) return std::nullopt;
    return Assign{contact(words[3]), who, queue_id(words[5]), *channel};
  }
  if (reads(words, {"_", "transfers", "_", "to", "_", "_"})) return transfer(words, false);
  if (reads(words, {"_", "consults", "_", "_", "about", "_", "as", "_"})) return transfer(words, true);
  return std::nullopt;
}

/// "ana transfers c1 to queue tech", "ana consults agent ben about c1 as k1".
std::optional<Command> Scenario::transfer(Words const& words, bool warm) {
  std::string const& kind = warm ? words[2] : words[4];
  std::string const& target = warm ? words[3] : words[5];
  Transfer command{contact(warm ? words[5] : words[2]), agent(words[0]), TransferTo::queue, {}, {}, {}, {}};
  if (warm) command.consult = contact(words[7]);
  if (kind == "queue") {
    command.queue = queue_id(target);
  } else if (kind == "agent") {
    command.to = TransferTo::agent;
    command.agent = agent(target);
  } else if (kind == "skill") {
    command.to = TransferTo::skill;
    if (!command.needs.add(skill_level(target))) return std::nullopt;
  } else {
    return std::nullopt;
  }
  return command;
}

std::optional<Command> Scenario::contact_command(Words const& words) {
  if (auto const channel = channel_of(words.front()); channel && words.size() >= 4 && words[2] == "enters") {
    Enter command{contact(words[1]), queue_id(words[3]), *channel, 0, {}, {}};
    for (std::size_t at = 4; at + 1 < words.size(); at += 2) {
      if (words[at] == "needs" && command.needs.add(skill_level(words[at + 1]))) continue;
      if (words[at] == "boost")
        command.boost = static_cast<std::uint8_t>(std::stoi(words[at + 1]));
      else if (words[at] == "after")
        command.last_agent = agent(words[at + 1]);
      else
        return std::nullopt;
    }
    return command;
  }
  ContactId const which = contact(words.front());
  if (reads(words, {"_", "ends"})) return End{which};
  if (reads(words, {"_", "is", "put", "back"})) return PutBack{which};
  if (reads(words, {"_", "is", "given", "boost", "_"}))
    return SetBoost{which, static_cast<std::uint8_t>(std::stoi(words[4]))};
  if (reads(words, {"_", "is", "moved", "to", "_"})) return Move{which, queue_id(words[4]), true};
  if (reads(words, {"_", "is", "moved", "to", "the", "end", "of", "_"}))
    return Move{which, queue_id(words[7]), false};
  if (reads(words, {"_", "is", "not", "reached"})) return CallbackMissed{which};
  if (reads(words, {"_", "asks", "for", "a", "callback"})) return RequestCallback{which, std::nullopt};
  if (reads(words, {"_", "asks", "for", "a", "callback", "at", "_"})) {
    return RequestCallback{which, start_ + parse_clock(words[6]).value_or(0)};
  }
  return std::nullopt;
}

std::optional<Command> Scenario::command(Words const& words) {
  if (auto const by_agent = agent_command(words)) return by_agent;
  return contact_command(words);
}

}  // namespace rapport::routing
