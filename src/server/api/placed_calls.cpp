#include "server/api/placed_calls.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "base/limits.hpp"
#include "base/phone_limits.hpp"
#include "customers/identifier.hpp"
#include "people/secret.hpp"
#include "server/api/arrival.hpp"
#include "server/api/commands.hpp"
#include "server/api/problems.hpp"
#include "server/api/resource.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using people::Permission;

constexpr std::size_t number_bytes_max = 64;

/// What somebody asked for.
struct WantedCall {
  Asked asked;
  http::Reply reply;
  CallPlan plan;
};

WantedCall read_placing(Asked&& asked, http::Reply&& reply, Body& body) {
  WantedCall wanted{std::move(asked), std::move(reply), {}};
  CallPlan& plan = wanted.plan;
  plan.agent = wanted.asked.principal().user;
  plan.to = body.text("to", number_bytes_max);
  plan.purpose = body.words_or("purpose", {}, limits::call_purpose_bytes_max);
  plan.brand = body.text("brand", 64);
  plan.queue = body.text("queue", 64);
  plan.case_id = body.text_or("case", {}, limits::name_bytes_max);
  body.expect_no_more();
  return wanted;
}

centre::StartInteraction start_of(CallPlan&& plan) {
  centre::StartInteraction start;
  start.head.channel = domain::Channel::voice;
  start.head.direction = domain::Direction::outbound;
  start.head.brand = std::move(plan.brand);
  start.head.queue = std::move(plan.queue);
  start.head.case_id = std::move(plan.case_id);
  start.head.language.clear();  // the brand's
  start.head.id = std::move(plan.id);
  start.agent = std::move(plan.agent);
  if (!plan.purpose.empty()) start.context.push_back({{}, "purpose", domain::Value::of_text(std::move(plan.purpose))});
  return start;
}

/// Blocks.
void place(Services& services, CallParts const& calls, WantedCall& wanted) {
  Asked const& asked = wanted.asked;
  // A repeat is answered as it was, and counts for no limit.
  if (auto const key = asked.request.header("idempotency-key").value_or(""); !key.empty()) {
    auto const kept = services.store.answer(people::who(asked.principal()), key);
    if (!kept) return wanted.reply(api::problem_of(kept.error()));
    centre::Actor actor{centre::Actor::Kind::system, wanted.plan.agent, std::nullopt};
    if (*kept) return command(services, asked, std::move(wanted.reply), start_of(std::move(wanted.plan)), std::move(actor), {.status = http::status::created});
  }
  auto prepared = prepare_call(services.store, services.book, calls, std::move(wanted.plan), asked.now);
  if (!prepared) return wanted.reply(prepared.error());
  command(services, asked, std::move(wanted.reply), std::move(prepared->start), std::move(prepared->actor), {.status = http::status::created}, std::move(prepared->beside));
}

Resource do_not_call(Gate& gate) {
  Resource listed;
  listed.kind = do_not_call_kind;
  listed.path = "/api/v1/do-not-call";
  listed.read = Permission::calls_forbid;
  listed.write = Permission::calls_forbid;
  listed.slugs = false;
  listed.take = [&gate](Body& body, Asked const& asked, std::optional<records::Document> const& before) {
    json::object kept;
    std::string const brand = body.text_or("brand", before ? before->brand : std::string{});
    auto const normal = customers::normalised({"tel", body.text("number", number_bytes_max), false}, gate.services().brands.region(brand));
    if (!normal) body.wrong("number: " + normal.error().message);
    std::string const number = normal ? normal->value : std::string{};
    kept["number"] = number;
    kept["reason"] = body.words_or("reason", {}, limits::name_bytes_max);
    kept["by"] = asked.principal().user;
    body.ignore("by");
    return Resource::Wanted{std::move(kept), {number}, {}};
  };
  return listed;
}

}  // namespace

http::Problem problem_of(CallRefused const& refused) {
  bool const unreadable = refused.code == "number_not_readable" || refused.code == "unknown_number";
  bool const later = refused.code == "too_many_calls" || refused.code == "calls_at_once";
  http::Problem problem;
  problem.status = unreadable ? http::status::unprocessable : later ? http::status::too_many_requests
                                                                    : http::status::forbidden;
  problem.code = refused.code;
  problem.detail = refused.detail;
  return problem;
}

base::Result<PreparedCall, http::Problem> prepare_call(records::Store& store, CustomerBook const& book, CallParts const& calls, CallPlan plan, base::Instant now) {
  std::string const brand = plan.brand;
  auto const listed = [&](std::string const& number) {
    auto const found = store.document_by_name(do_not_call_kind, brand, number);
    return !found || found->has_value();  // where it cannot be read nobody is called
  };
  auto granted = calls.look({plan.agent, plan.to, listed}, book.rules().region(brand), now);
  if (!granted) return problem_of(granted.error());
  centre::Actor actor{centre::Actor::Kind::system, plan.agent, std::nullopt};
  centre::StartInteraction start = start_of(std::move(plan));
  if (start.head.id.empty()) start.head.id = people::make_id(now);
  domain::Participant customer;
  customer.id = "p1";
  if (!granted->emergency) customer.identifiers.push_back({"tel", granted->to, false});
  start.head.participants.push_back(std::move(customer));
  if (!granted->emergency) granted->recording = placed_recording(store, brand, granted->country);
  if (granted->recording == PlacedRecording::prompted) granted->prompt = consent_prompt(store, brand);
  if (granted->recording == PlacedRecording::asked) start.context.push_back({{}, "consent_required", domain::Value::of_boolean(true)});
  calls.expect(start.head.id, *granted, book.rules().caller_number(brand));
  Beside beside;
  if (!granted->emergency) {
    auto received = receive(book, start, now);
    if (!received) return received.error();
    beside = std::move(*received);
  }
  return PreparedCall{std::move(start), std::move(actor), std::move(beside)};
}

std::string read_caller_number(Body& body, std::string const& region) {
  std::string const caller = body.text_or("caller_number", {}, 32);
  if (caller.empty()) return caller;
  auto const normal = customers::normalised({"tel", caller, false}, region);
  if (normal) return normal->value;
  body.wrong("caller_number: " + normal.error().message);
  return caller;
}

void add_placed_calls(Gate& gate, CallParts parts) {
  auto const calls = std::make_shared<CallParts const>(std::move(parts));
  gate.pass_on(http::Method::post, "/api/v1/calls", {{Permission::calls_place}}, [&gate, calls](Asked&& asked, http::Reply reply) {
    Body body{asked.request.body};
    if (!body.is_json()) return reply(malformed(*body.problem()));
    auto const wanted = std::make_shared<WantedCall>(read_placing(std::move(asked), std::move(reply), body));
    if (body.problem()) return wanted->reply(invalid(*body.problem()));
    if (!wanted->asked.principal().brands.has(wanted->plan.brand)) return wanted->reply(forbidden("brand: not one of yours"));
    if (!calls->look) return wanted->reply(conflict("no_trunk", "no trunk is configured (phone.trunks)"));
    bool const taken = gate.services().readers.submit([&gate, calls, wanted] { place(gate.services(), *calls, *wanted); });
    if (!taken) wanted->reply(http::WorkerPool::busy());
  });
  add_resource(gate, do_not_call(gate));
}

}  // namespace rapport::server::api
