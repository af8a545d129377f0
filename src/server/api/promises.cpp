#include <boost/json.hpp>
#include <utility>

#include "base/limits.hpp"
#include "server/api/cases.hpp"
#include "server/api/customer_change.hpp"
#include "server/api/customer_view.hpp"
#include "server/api/kept_list.hpp"
#include "server/api/with_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using customers::Promise;
using http::Method;
using http::Response;
using people::Permission;

/// What the list wants besides customer, owner and brand.
struct Wanted {
  bool owed = false;
  std::optional<customers::PromiseState> state;
  std::optional<base::Instant> due_before;
  std::optional<std::string> matter;

  bool fits(Promise const& one, base::Instant now) const {
    bool const in_state = !state || one.state_at(now) == *state;
    bool const is_due = !due_before || (one.due && *one.due < *due_before);
    return in_state && is_due && (!owed || customers::is_owed(one)) && (!matter || one.case_id == *matter);
  }
};

/// Nothing: a parameter is malformed.
std::optional<Wanted> read_wanted(http::Request const& request) {
  Wanted wanted;
  wanted.matter = query_text(request, "case");
  if (auto const text = query_text(request, "state")) {
    wanted.owed = *text == "owed";
    if (!wanted.owed) wanted.state = customers::parse_promise_state(*text);
    if (!wanted.owed && !wanted.state) return std::nullopt;
  }
  if (auto const text = query_text(request, "due_before")) {
    auto const moment = base::parse_rfc3339(*text);
    if (!moment) return std::nullopt;
    wanted.due_before = *moment;
  }
  return wanted;
}

std::vector<std::string> lookups_of(ListAsked const& list_promises, Wanted const& wanted) {
  bool const owed = wanted.owed || wanted.state == customers::PromiseState::open;
  std::vector<std::string> lookups;
  if (list_promises.customer) {
    for (std::string const& part : ids_of(list_promises.customer->value)) lookups.push_back(customers::promises_of_customer(part, owed));
  } else if (wanted.matter) {
    lookups.push_back(customers::promises_of_case(*wanted.matter, owed));
  } else if (list_promises.owner) {
    lookups.push_back(customers::promises_of_owner(*list_promises.owner, owed));
  } else if (owed) {
    lookups.push_back(customers::promises_owed());
  }
  return lookups;
}

Response list_promises(Services& services, Asked const& asked) {
  auto const list_promises = read_list(services, asked, Permission::cases_read);
  if (!list_promises) return list_promises.error().response();
  auto const wanted = read_wanted(asked.request);
  if (!wanted) return malformed("state: expected owed, open, kept, broken or withdrawn; due_before: a moment").response();
  PageAsked const& page = (*list_promises).page;
  auto const lookups = lookups_of(*list_promises, *wanted);
  auto const found = lookups.empty() ? services.book.promises((*list_promises).brand, page.after, page.limit) : services.book.promises(lookups, page.after, page.limit);
  return answer_list<Promise>(asked, *list_promises, found, [&](Promise const& one) { return wanted->fits(one, asked.now); }, [&](KeptPromise const& one) { return shown(one, asked.now); });
}

Response read_promise(Services& services, Asked const& asked) {
  auto const found = find_promise(services, asked, Permission::cases_read, asked.request.parameter("id"));
  if (!found) return found.error().response();
  return show_promise(*found, asked.now);
}

using Settling = std::function<std::optional<customers::PromiseRefusal>(Promise&)>;

Response settle(Services& services, Asked const& asked, std::string_view action, Settling const& work) {
  return until_done([&]() -> std::optional<Response> {
    auto found = find_promise(services, asked, Permission::cases_write, asked.request.parameter("id"));
    if (!found) return found.error().response();
    KeptPromise& promise = *found;
    if (auto answer = wrong_version(asked, promise.version, false)) return answer;
    if (auto const refused = work(promise.value)) {
      http::Problem problem;
      problem.status = http::status::conflict;
      problem.code = customers::name(*refused);
      return problem.response();
    }
    auto const document = customers::to_document(promise.value, promise.version);
    ++promise.version;
    return keep(services, asked, {document}, std::string{action}, "promise:" + promise.value.id, promise.value.brand, [&] { return show_promise(promise, asked.now); });
  });
}

Response keep_it(Services& services, Asked const& asked) {
  return with_body(asked.request.body, [&](Body& body) {
    if (auto answer = wrong(body)) return std::move(*answer);
    return settle(services, asked, "promise.keep", [&](Promise& promise) { return customers::keep(promise, asked.now); });
  });
}

/// Withdrawn or given up, with the reason why.
Response end_it(Services& services, Asked const& asked, std::string_view action, std::optional<customers::PromiseRefusal> (*work)(Promise&, base::Instant, std::string)) {
  return with_body(asked.request.body, [&](Body& body) {
    std::string const why = body.words("why", limits::case_text_bytes_max);
    if (auto answer = wrong(body)) return std::move(*answer);
    return settle(services, asked, action, [&](Promise& promise) { return work(promise, asked.now, why); });
  });
}

}  // namespace

void add_promises(Gate& gate) {
  Services& services = gate.services();
  Pass const reading{{Permission::cases_read}};
  Pass const writing{{Permission::cases_write}};
  gate.answer(Method::get, "/api/v1/promises", reading, [&services](Asked const& asked) { return list_promises(services, asked); });
  gate.answer(Method::get, "/api/v1/promises/{id}", reading, [&services](Asked const& asked) { return read_promise(services, asked); });
  gate.answer(Method::post, "/api/v1/promises/{id}/keep", writing, [&services](Asked const& asked) { return keep_it(services, asked); });
  gate.answer(Method::post, "/api/v1/promises/{id}/break", writing, [&services](Asked const& asked) { return end_it(services, asked, "promise.break", customers::give_up); });
  gate.answer(Method::post, "/api/v1/promises/{id}/withdraw", writing, [&services](Asked const& asked) { return end_it(services, asked, "promise.withdraw", customers::withdraw); });
}

}  // namespace rapport::server::api
