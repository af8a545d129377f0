#include "server/api/interaction_commands.hpp"

#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

#include "base/limits.hpp"
#include "base/phone_limits.hpp"
#include "centre/event_codec.hpp"
#include "server/api/arrival.hpp"
#include "server/api/commands.hpp"
#include "server/api/learning.hpp"
#include "server/api/problems.hpp"
#include "server/api/start_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using people::Permission;

/// A command from a body; what is wrong stands in the body.
using Make = std::function<centre::Command(Asked const&, Body&)>;
using WhoActs = centre::Actor (*)(Asked const&);

Pass handling() { return {{Permission::contacts_handle}}; }
Pass supervising() { return {{Permission::floor_supervise}}; }

std::string const& commanded_interaction(Asked const& asked) { return asked.request.parameter("id"); }

/// POST …/interactions/{id}/NAME: a body (which may be empty), a command, its answer.
void add(Gate& gate, std::string const& name, Pass pass, WhoActs who, Make make) {
  std::string const path = "/api/v1/interactions/{id}/" + name;
  gate.pass_on(http::Method::post, path, std::move(pass), [&gate, who, make = std::move(make)](Asked&& asked, http::Reply reply) {
    Body body{asked.request.body.empty() ? std::string_view{"{}"} : std::string_view{asked.request.body}};
    if (!body.is_json()) return reply(malformed(*body.problem()));
    centre::Command made = make(asked, body);
    body.expect_no_more();
    if (body.problem()) return reply(invalid(*body.problem()));
    Beside beside;
    if (auto const* const added = std::get_if<centre::AddEvent>(&made)) {
      bool const help = added->event.kind == domain::EventKind::help_requested;
      if (help && !people::may(asked.principal(), Permission::help_ask)) return reply(forbidden("help_requested: needs help.ask"));
      beside.afterwards = lesson_of(gate.services(), *added);
    }
    command(gate.services(), asked, std::move(reply), std::move(made), who(asked), {}, std::move(beside));
  });
}

/// The body is one event of the interaction format, but for who did it and when, which the server knows.
centre::Command event_of(Asked const& asked, Body& body) {
  json::object fields = body.all();
  for (json::key_value_pair const& field : body.all()) body.ignore({field.key().data(), field.key().size()});
  bool const timed = fields.contains("at_ms");
  if (!timed) fields["at_ms"] = 0;
  for (std::string_view const ours : {"by", "participant", "seq", "recorded_at", "attachments"}) {
    if (fields.contains(ours)) body.wrong(std::string{ours} + ": the server's to say");
  }
  fields["by"] = "agent";  // the format asks for one; the centre says who it really was
  centre::AddEvent command{commanded_interaction(asked), {}, timed};
  auto event = centre::decode_event({{}, json::serialize(fields)}, domain::Interaction{});
  if (!event) {
    body.wrong(event.error().message);
  } else {
    command.event = std::move(*event);
  }
  return command;
}

/// Words that a recogniser heard in a call, of either side; it is not who said them.
centre::Command words_of(Asked const& asked, Body& body) {
  centre::AddEvent command{commanded_interaction(asked), {}, true};
  domain::Event& words = command.event;
  words.kind = domain::EventKind::utterance;
  words.by = body.one_of("by", {"customer", "agent"}) == "customer" ? domain::Role::customer : domain::Role::agent;
  words.text = body.text("text", limits::text_bytes_max);
  words.id = body.text_or("id", {}, limits::name_bytes_max);
  auto const moment = [&body](char const* name) {
    auto const value = body.whole(name, 0, limits::interaction_span_max);
    if (!value) body.wrong(std::string{name} + ": missing, expected milliseconds from the interaction's start");
    return value.value_or(0);
  };
  words.at_ms = moment("at_ms");
  words.end_ms = moment("end_ms");
  return command;
}

centre::Actor recogniser_of(Asked const& asked) {
  centre::Actor actor = supervisor_of(asked);  // the same brands
  actor.kind = centre::Actor::Kind::system;
  return actor;
}

centre::Command transfer_of(Asked const& asked, Body& body, Configuration const& configuration) {
  centre::TransferInteraction command;
  command.interaction = commanded_interaction(asked);
  std::string const to = body.one_of("to", {"queue", "agent", "skill"});
  command.warm = body.flag_or("warm", false);
  if (to == "skill") {
    command.to = centre::TransferInteraction::To::skill;
    command.needs = read_needs(body, configuration);
    if (command.needs.empty()) body.wrong("needs: expected at least one skill");
    return command;
  }
  command.to = to == "agent" ? centre::TransferInteraction::To::agent : centre::TransferInteraction::To::queue;
  command.target = body.text("target", 64);
  return command;
}

void add_offers(Gate& gate) {
  add(gate, "answer", handling(), agent_of, [](Asked const& asked, Body&) -> centre::Command {
    return centre::AnswerOffer{asked.principal().user, commanded_interaction(asked)};
  });
  add(gate, "refuse", handling(), agent_of, [](Asked const& asked, Body&) -> centre::Command {
    return centre::RefuseOffer{asked.principal().user, commanded_interaction(asked)};
  });
  add(gate, "acknowledge", handling(), agent_of, [](Asked const& asked, Body&) -> centre::Command {
    return centre::AcknowledgeContext{asked.principal().user, commanded_interaction(asked)};
  });
  add(gate, "not-reached", handling(), agent_of, [](Asked const& asked, Body&) -> centre::Command {
    return centre::CustomerNotReached{commanded_interaction(asked)};
  });
}

/// Whoever may write to others' interactions acts as a supervisor, an agent only on what they have in hand.
centre::Actor agent_or_supervisor_of(Asked const& asked) {
  return people::may(asked.principal(), Permission::interactions_write_any) ? supervisor_of(asked) : agent_of(asked);
}

/// What is only of calls.
void add_call(Gate& gate) {
  Pass const recorded{{Permission::contacts_handle, Permission::interactions_write_any}};
  add(gate, "pause-recording", recorded, agent_or_supervisor_of, [](Asked const& asked, Body&) -> centre::Command { return centre::PauseRecording{commanded_interaction(asked)}; });
  add(gate, "resume-recording", recorded, agent_or_supervisor_of, [](Asked const& asked, Body&) -> centre::Command { return centre::ResumeRecording{commanded_interaction(asked)}; });
  add(gate, "keys", handling(), agent_of, [](Asked const& asked, Body& body) -> centre::Command {
    return centre::PressKeys{commanded_interaction(asked), body.text("keys", limits::keys_at_once_max)};
  });
}

void add_conversation(Gate& gate, Configuration const& configuration) {
  add(gate, "events", handling(), agent_of, event_of);
  add(gate, "words", {{Permission::interactions_write_any}}, recogniser_of, words_of);
  add(gate, "hold", handling(), agent_of, [](Asked const& asked, Body&) -> centre::Command { return centre::StartHold{commanded_interaction(asked)}; });
  add(gate, "resume", handling(), agent_of, [](Asked const& asked, Body&) -> centre::Command { return centre::EndHold{commanded_interaction(asked)}; });
  add(gate, "typing", handling(), agent_of, [](Asked const& asked, Body&) -> centre::Command { return centre::Typing{commanded_interaction(asked)}; });
  add(gate, "seen", handling(), agent_of, [](Asked const& asked, Body& body) -> centre::Command {
    return centre::MarkSeen{commanded_interaction(asked), body.text("event", limits::name_bytes_max)};
  });
  add(gate, "end", handling(), agent_of, [](Asked const& asked, Body&) -> centre::Command { return centre::EndInteraction{commanded_interaction(asked)}; });
  add(gate, "put-back", handling(), agent_of, [](Asked const& asked, Body&) -> centre::Command { return centre::PutBack{commanded_interaction(asked)}; });
  add(gate, "transfer", handling(), agent_of, [&configuration](Asked const& asked, Body& body) { return transfer_of(asked, body, configuration); });
  add(gate, "complete-transfer", handling(), agent_of, [](Asked const& asked, Body&) -> centre::Command { return centre::CompleteTransfer{commanded_interaction(asked)}; });
  add(gate, "cancel-transfer", handling(), agent_of, [](Asked const& asked, Body&) -> centre::Command { return centre::CancelTransfer{commanded_interaction(asked)}; });
  add(gate, "wrap-up", handling(), agent_of, [](Asked const& asked, Body& body) -> centre::Command {
    centre::WrapUp done{commanded_interaction(asked), asked.principal().user, {}, {}, {}};
    done.reason = body.text_or("reason", {}, limits::name_bytes_max);
    if (body.has("outcome")) done.outcome = body.one_of("outcome", {"resolved", "unresolved", "follow_up"});
    done.root_cause = body.text_or("root_cause", {}, limits::name_bytes_max);
    return done;
  });
}

/// Of calls alone.
void add_parties(Gate& gate) {
  add(gate, "mute", handling(), agent_of, [](Asked const& asked, Body&) -> centre::Command { return centre::MuteAgent{commanded_interaction(asked), true}; });
  add(gate, "unmute", handling(), agent_of, [](Asked const& asked, Body&) -> centre::Command { return centre::MuteAgent{commanded_interaction(asked), false}; });
  add(gate, "conference", handling(), agent_of, [](Asked const& asked, Body&) -> centre::Command { return centre::JoinColleague{commanded_interaction(asked)}; });
  add(gate, "leave", {{Permission::contacts_handle, Permission::calls_listen}}, agent_of, [](Asked const& asked, Body&) -> centre::Command { return centre::LeaveCall{commanded_interaction(asked)}; });
  add(gate, "listen", {{Permission::calls_listen}}, supervisor_of, [](Asked const& asked, Body& body) -> centre::Command {
    std::string const how = body.one_of("how", {"monitor", "whisper", "barge"});
    std::string const detail = json::serialize(json::object{{"how", how}});
    records::AuditEntry audit{asked.now, people::who(asked.principal()), "call.listen", "interaction:" + commanded_interaction(asked), {}, asked.request.remote_address, detail};
    return centre::ListenIn{commanded_interaction(asked), centre::parse_listening(how).value_or(centre::Party::Kind::monitoring), std::move(audit)};
  });
}

/// What a supervisor does with any interaction of their brands.
void add_supervision(Gate& gate) {
  add(gate, "take-over", supervising(), supervisor_of, [](Asked const& asked, Body&) -> centre::Command { return centre::TakeOver{commanded_interaction(asked)}; });
  add(gate, "move", supervising(), supervisor_of, [](Asked const& asked, Body& body) -> centre::Command {
    return centre::MoveToQueue{commanded_interaction(asked), body.text("queue", 64)};
  });
  add(gate, "priority", supervising(), supervisor_of, [](Asked const& asked, Body& body) -> centre::Command {
    auto const boost = body.whole("boost", 0, limits::priority_max);
    if (!boost) body.wrong("boost: missing, expected a whole number");
    return centre::ChangePriority{commanded_interaction(asked), static_cast<std::uint8_t>(boost.value_or(0))};
  });
  add(gate, "callback", supervising(), supervisor_of, [](Asked const& asked, Body& body) -> centre::Command {
    return centre::RequestCallback{commanded_interaction(asked), body.instant("due")};
  });
  add(gate, "whisper", supervising(), supervisor_of, [](Asked const& asked, Body& body) -> centre::Command {
    centre::AddEvent whisper{commanded_interaction(asked), {}, false};
    whisper.event.kind = domain::EventKind::note;
    whisper.event.text = body.text("text", limits::text_bytes_max);
    whisper.event.id = body.text_or("id", {}, limits::name_bytes_max);
    return whisper;
  });
}

/// What closed is looked up in the store: the centre knows of those that live.
std::optional<http::Problem> refuse_closed(records::Store& store, std::string const& id) {
  auto const row = store.row(id);
  if (!row) return problem_of(row.error());
  if (!*row || !(**row).closed_at) return std::nullopt;
  return problem_of(centre::refusal(centre::refused::interaction_exists, id));
}

/// Beside a start under an id that the asker chose.
void refuse_if_closed(Services& services, std::string const& id, Beside& beside) {
  if (id.empty()) return;
  beside.before = [&store = services.store, id] { return refuse_closed(store, id); };
}

/// A start whose customer is known, or becomes known: looked up first, which blocks.
void start_with_customer(Services& services, Asked&& asked, http::Reply&& reply, centre::StartInteraction&& start, centre::Actor&& actor) {
  std::string const given_id = start.head.id;
  auto const waiting = std::make_shared<std::tuple<Asked, http::Reply, centre::StartInteraction, centre::Actor>>(std::move(asked), std::move(reply), std::move(start), std::move(actor));
  bool const taken = services.readers.submit([&services, waiting, given_id] {
    auto& [question, answer, command_of_it, who] = *waiting;
    auto beside = receive(services.book, command_of_it, question.now);
    if (!beside) return answer(beside.error());
    refuse_if_closed(services, given_id, *beside);
    command(services, question, std::move(answer), std::move(command_of_it), std::move(who), {.status = http::status::created}, std::move(*beside));
  });
  if (!taken) std::get<http::Reply> (*waiting)(http::WorkerPool::busy());
}

void add_start(Gate& gate, Configuration const& configuration) {
  Pass const pass{{Permission::contacts_outbound, Permission::interactions_write_any}};
  gate.pass_on(http::Method::post, "/api/v1/interactions", pass, [&gate, &configuration](Asked&& asked, http::Reply reply) {
    Body body{asked.request.body};
    if (!body.is_json()) return reply(malformed(*body.problem()));
    centre::StartInteraction start = read_start(body, configuration);
    bool const for_others = people::may(asked.principal(), Permission::interactions_write_any);
    if (!for_others) start.agent = asked.principal().user;  // an agent starts only what they take themselves
    if (body.problem()) return reply(invalid(*body.problem()));
    if (!asked.principal().brands.has(start.head.brand)) return reply(forbidden("brand: not one of yours"));
    centre::Actor actor{centre::Actor::Kind::system, asked.principal().user, std::nullopt};
    if (names_customer(start)) return start_with_customer(gate.services(), std::move(asked), std::move(reply), std::move(start), std::move(actor));
    Beside beside;
    refuse_if_closed(gate.services(), start.head.id, beside);
    command(gate.services(), asked, std::move(reply), std::move(start), std::move(actor), {.status = http::status::created}, std::move(beside));
  });
}

}  // namespace

void add_interaction_commands(Gate& gate, Configuration const& configuration) {
  add_start(gate, configuration);
  add_offers(gate);
  add_conversation(gate, configuration);
  add_parties(gate);
  add_call(gate);
  add_supervision(gate);
}

}  // namespace rapport::server::api
