#include "server/api/cases.hpp"

#include <boost/json.hpp>
#include <utility>

#include "base/limits.hpp"
#include "people/secret.hpp"
#include "server/api/commands.hpp"
#include "server/api/customer_change.hpp"
#include "server/api/customer_view.hpp"
#include "server/api/kept_list.hpp"
#include "server/api/stored.hpp"
#include "server/api/with_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using customers::Case;
using http::Method;
using http::Response;
using people::Permission;

std::string subject_of(Case const& matter) { return "case:" + matter.id; }

http::Problem problem_of_step(customers::CaseRefusal refusal) {
  http::Problem problem;
  problem.status = refusal == customers::CaseRefusal::too_many ? http::status::unprocessable : http::status::conflict;
  problem.code = customers::name(refusal);
  return problem;
}

/// What the cases are looked up by that the list wants; nothing: none, all are looked through.
std::vector<std::string> lookups_of(ListAsked const& list_cases, std::optional<customers::CaseState> state) {
  std::vector<std::string> lookups;
  if (list_cases.customer) {
    for (std::string const& part : ids_of(list_cases.customer->value)) lookups.push_back(customers::cases_of_customer(part, false));
  } else if (list_cases.owner) {
    lookups.push_back(state ? customers::cases_of_owner_in_state(*list_cases.owner, *state) : customers::cases_of_owner(*list_cases.owner));
  } else if (state) {
    lookups.push_back(customers::cases_in_state(*state));
  }
  return lookups;
}

Response list_cases(Services& services, Asked const& asked) {
  auto const wanted = read_list(services, asked, Permission::cases_read);
  if (!wanted) return wanted.error().response();
  std::optional<customers::CaseState> state;
  if (auto const text = query_text(asked.request, "state")) {
    state = customers::parse_case_state(*text);
    if (!state) return malformed("state: expected open, waiting, resolved or closed").response();
  }
  ListAsked const& list_cases = *wanted;
  auto const lookups = lookups_of(list_cases, state);
  auto const found = lookups.empty() ? services.book.cases(list_cases.brand, list_cases.page.after, list_cases.page.limit) : services.book.cases(lookups, list_cases.page.after, list_cases.page.limit);
  return answer_list<Case>(asked, list_cases, found, [&](Case const& one) { return !state || one.state == *state; }, [](KeptCase const& one) { return shown(one); });
}

/// The owner's field: a user or team that exists, or nobody; else it is wrong in the body. A problem: the store's.
std::optional<http::Problem> check_owner(Services& services, Body& body, std::string const& owner) {
  if (owner.empty()) return std::nullopt;
  for (std::string_view const kind : {people::user_kind, people::team_kind}) {
    auto const found = services.store.document(kind, owner);
    if (!found) return problem_of(found.error());
    if (*found) return std::nullopt;
  }
  body.wrong("owner: found \"" + owner + "\", expected the id of a user or team");
  return std::nullopt;
}

Response open(Services& services, Asked const& asked) {
  return with_body(asked.request.body, [&](Body& body) {
    KeptCase made{{}, 1, asked.now};
    Case& matter = made.value;
    matter.id = people::make_id(asked.now);
    matter.customer = body.text("customer", 64);
    matter.title = body.words("title", limits::case_text_bytes_max);
    matter.reason = body.words_or("reason", {}, limits::name_bytes_max);
    matter.owner = body.text_or("owner", {}, 64);
    matter.opened_at = matter.changed_at = asked.now;
    if (auto const problem = check_owner(services, body, matter.owner)) return problem->response();
    if (auto answer = wrong(body)) return std::move(*answer);
    auto const customer = find_customer(services, asked, Permission::cases_write, matter.customer);
    bool const unknown = !customer && customer.error().status == http::status::not_found;
    if (unknown) return invalid("customer: found \"" + matter.customer + "\", expected the id of a customer").response();
    if (!customer) return customer.error().response();
    matter.brand = customers::find_part((*customer).value, matter.customer)->brand;
    return until_done([&] {
      return keep(services, asked, {customers::to_document(matter, 0)}, "case.open", subject_of(matter), matter.brand, [&] {
        return show_case(services.book, made, asked.now, http::status::created).with("Location", "/api/v1/cases/" + matter.id);
      });
    });
  });
}

Response read_case(Services& services, Asked const& asked) {
  auto const found = find_case(services, asked, Permission::cases_read, asked.request.parameter("id"));
  if (!found) return found.error().response();
  return show_case(services.book, *found, asked.now);
}

/// A change of one case: `make` does it, or says why not.
Response change(Services& services, Asked const& asked, std::string_view action, std::function<std::optional<http::Problem>(Case&)> const& make) {
  return until_done([&]() -> std::optional<Response> {
    auto found = find_case(services, asked, Permission::cases_write, asked.request.parameter("id"));
    if (!found) return found.error().response();
    KeptCase& matter = *found;
    if (auto answer = wrong_version(asked, matter.version, false)) return answer;
    if (auto const problem = make(matter.value)) return problem->response();
    auto const document = customers::to_document(matter.value, matter.version);
    ++matter.version;
    return keep(services, asked, {document}, std::string{action}, subject_of(matter.value), matter.value.brand, [&] { return show_case(services.book, matter, asked.now); });
  });
}

Response move_on(Services& services, Asked const& asked) {
  return with_body(asked.request.body, [&](Body& body) {
    auto const action = customers::parse_case_action(body.one_of("action", {"wait", "resume", "resolve", "close", "reopen"}));
    if (auto answer = wrong(body)) return std::move(*answer);
    return change(services, asked, "case." + std::string{customers::name(*action)}, [&](Case& matter) -> std::optional<http::Problem> {
      auto const owed = services.book.promises_of(matter.id, true);
      if (!owed) return problem_of(owed.error());
      std::vector<customers::Promise> promises;
      for (KeptPromise const& one : *owed) promises.push_back(one.value);
      if (auto const refused = customers::apply(matter, *action, promises, asked.now)) return problem_of_step(*refused);
      return std::nullopt;
    });
  });
}

Response give(Services& services, Asked const& asked) {
  return with_body(asked.request.body, [&](Body& body) {
    std::string const owner = body.text_or("owner", {}, 64);
    if (!body.all().contains("owner")) body.wrong("owner: missing, expected the id of a user or team, or \"\" for nobody");
    if (auto const problem = check_owner(services, body, owner)) return problem->response();
    if (auto answer = wrong(body)) return std::move(*answer);
    return change(services, asked, "case.give", [&](Case& matter) -> std::optional<http::Problem> {
      customers::give_to(matter, owner, asked.now);
      return std::nullopt;
    });
  });
}

/// The interaction as it may be attached: one that the asker may read, of the case's customer and brand.
base::Result<records::InteractionRow, http::Problem> row_to_attach(Services& services, Asked const& asked, Case const& matter, std::string const& interaction) {
  auto const unknown = [&] { return invalid("interaction: found \"" + interaction + "\", expected one of the case's customer"); };
  Asked about = asked;
  about.request.path_parameters = {};
  about.request.path_parameters.add("id", interaction);
  auto const found = find_interaction(services, about);
  if (!found && found.error().status == http::status::not_found) return unknown();
  if (!found) return found.error();
  records::InteractionRow const& row = (*found).row;
  auto const customer = services.book.customer(matter.customer);
  if (!customer) return problem_of(customer.error());
  bool const theirs = *customer && customers::find_part((**customer).value, row.customer) != nullptr;
  if (!theirs) return unknown();
  return row;
}

/// The changes that put the interaction and what was promised in it into the case.
base::Result<std::vector<records::Change>, http::Problem> attached(Services& services, KeptCase& matter, std::string const& interaction) {
  std::vector<records::Change> changes;
  auto const refused = customers::add_interaction(matter.value, interaction);
  if (refused == customers::CaseRefusal::too_many) return problem_of_step(*refused);
  if (!refused) changes.emplace_back(customers::to_document(matter.value, matter.version));
  std::vector<std::string> const lookups{customers::promises_of_interaction(interaction)};
  auto const promises = services.book.promises(lookups, {}, limits::page_max);
  if (!promises) return problem_of(promises.error());
  for (KeptPromise one : promises->items) {
    if (one.value.case_id == matter.value.id) continue;
    one.value.case_id = matter.value.id;
    changes.emplace_back(customers::to_document(one.value, one.version));
  }
  if (!refused) ++matter.version;
  return changes;
}

/// Keeps it in the case, and tells a live interaction that it is about the case.
void attach(Services& services, Asked&& asked, http::Reply&& reply) {
  Response answer = with_body(asked.request.body, [&](Body& body) {
    std::string const interaction = body.text("interaction", 64);
    if (auto wrong_body = wrong(body)) return std::move(*wrong_body);
    return until_done([&]() -> std::optional<Response> {
      auto found = find_case(services, asked, Permission::cases_write, asked.request.parameter("id"));
      if (!found) return found.error().response();
      if (auto version = wrong_version(asked, (*found).version, false)) return version;
      auto const row = row_to_attach(services, asked, (*found).value, interaction);
      if (!row) return row.error().response();
      auto changes = attached(services, *found, interaction);
      if (!changes) return changes.error().response();
      return keep(services, asked, std::move(*changes), "case.attach", subject_of((*found).value), (*found).value.brand,
                  [&] { return show_case(services.book, *found, asked.now); }, {{"interaction", interaction}});
    });
  });
  auto const row = answer.status == http::status::ok ? services.live.row(Body{asked.request.body}.text("interaction", 64)) : std::nullopt;
  if (!row) return reply(std::move(answer));
  auto const waiting = std::make_shared<std::pair<http::Reply, Response>>(std::move(reply), std::move(answer));
  centre::AttachToCase command{row->id, asked.request.parameter("id")};
  services.centre.submit({std::move(command), {centre::Actor::Kind::system, asked.principal().user, std::nullopt}, {}, {}, {}, {}}, [waiting](centre::Granted<centre::Outcome> const& done) {
    bool const closed_meanwhile = !done && done.error().code == centre::refused::unknown_interaction;
    if (!done && !closed_meanwhile) return waiting->first(problem_of(done.error()));
    waiting->first(std::move(waiting->second));
  });
}

}  // namespace

void add_cases(Gate& gate) {
  Services& services = gate.services();
  Pass const reading{{Permission::cases_read}};
  Pass const writing{{Permission::cases_write}};
  gate.answer(Method::get, "/api/v1/cases", reading, [&services](Asked const& asked) { return list_cases(services, asked); });
  gate.answer(Method::post, "/api/v1/cases", writing, [&services](Asked const& asked) { return open(services, asked); });
  gate.answer(Method::get, "/api/v1/cases/{id}", reading, [&services](Asked const& asked) { return read_case(services, asked); });
  gate.answer(Method::post, "/api/v1/cases/{id}/state", writing, [&services](Asked const& asked) { return move_on(services, asked); });
  gate.answer(Method::post, "/api/v1/cases/{id}/owner", writing, [&services](Asked const& asked) { return give(services, asked); });
  gate.pass_on(Method::post, "/api/v1/cases/{id}/interactions", writing, [&services](Asked&& asked, http::Reply reply) {
    auto const waiting = std::make_shared<std::pair<Asked, http::Reply>>(std::move(asked), std::move(reply));
    bool const taken = services.readers.submit([&services, waiting] { attach(services, std::move(waiting->first), std::move(waiting->second)); });
    if (!taken) waiting->second(http::WorkerPool::busy());
  });
}

}  // namespace rapport::server::api
