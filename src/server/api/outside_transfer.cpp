#include "server/api/outside_transfer.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "server/api/commands.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {

namespace {

using people::Permission;

constexpr std::size_t outside_number_bytes_max = 64;

/// What somebody asked for.
struct WantedOutside {
  Asked asked;
  http::Reply reply;
  OutsidePlan plan;
};

/// Blocks.
void send_outside(Services& services, CallParts const& calls, WantedOutside& wanted) {
  Asked const& asked = wanted.asked;
  // A repeat is answered as it was, and counts for no limit.
  if (auto const key = asked.request.header("idempotency-key").value_or(""); !key.empty()) {
    auto const kept = services.store.answer(people::who(asked.principal()), key);
    if (!kept) return wanted.reply(problem_of(kept.error()));
    if (*kept) return command(services, asked, std::move(wanted.reply), centre::TransferOutside{wanted.plan.interaction, {}}, agent_of(asked));
  }
  auto prepared = prepare_outside(services.store, services.book, calls, wanted.plan, asked.now);
  if (!prepared) return wanted.reply(prepared.error());
  command(services, asked, std::move(wanted.reply), std::move(*prepared), agent_of(asked));
}

}  // namespace

base::Result<centre::TransferOutside, http::Problem> prepare_outside(records::Store& store, CustomerBook const& book, CallParts const& calls, OutsidePlan const& plan, base::Instant now) {
  auto const row = store.row(plan.interaction);
  if (!row) return problem_of(row.error());
  bool const theirs = *row && !(**row).closed_at && std::ranges::find((**row).agents, plan.agent) != (**row).agents.end();
  if (!theirs) return problem_of(centre::refusal(centre::refused::unknown_interaction, plan.interaction));
  if ((**row).channel != domain::Channel::voice) return problem_of(centre::refusal(centre::refused::no_call));
  std::string const brand = (**row).brand;
  auto const listed = [&](std::string const& number) {
    auto const found = store.document_by_name(do_not_call_kind, brand, number);
    return !found || found->has_value();  // where it cannot be read nobody is called
  };
  auto const granted = calls.look({plan.agent, plan.to, listed, true}, book.rules().region(brand), now);
  if (!granted) return problem_of(granted.error());
  if (granted->emergency) return problem_of(CallRefused{"emergency_number", "nobody is transferred there"});
  std::string const refused = calls.expect_outside(plan.interaction, *granted, book.rules().caller_number(brand));
  if (!refused.empty()) return problem_of(centre::refusal(refused));
  return centre::TransferOutside{plan.interaction, granted->to};
}

void add_outside_transfer(Gate& gate, CallParts const& parts) {
  auto const calls = std::make_shared<CallParts const>(parts);
  gate.pass_on(http::Method::post, "/api/v1/interactions/{id}/transfer-outside", {{Permission::calls_place}}, [&gate, calls](Asked&& asked, http::Reply reply) {
    Body body{asked.request.body};
    if (!body.is_json()) return reply(malformed(*body.problem()));
    auto const wanted = std::make_shared<WantedOutside>(WantedOutside{std::move(asked), std::move(reply), {}});
    wanted->plan = {wanted->asked.principal().user, wanted->asked.request.parameter("id"), body.text("to", outside_number_bytes_max)};
    body.expect_no_more();
    if (body.problem()) return wanted->reply(invalid(*body.problem()));
    if (!calls->look) return wanted->reply(conflict("no_trunk", "no trunk is configured (phone.trunks)"));
    bool const taken = gate.services().readers.submit([&gate, calls, wanted] { send_outside(gate.services(), *calls, *wanted); });
    if (!taken) wanted->reply(http::WorkerPool::busy());
  });
}

}  // namespace rapport::server::api
