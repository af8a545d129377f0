#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "base/limits.hpp"
#include "people/secret.hpp"
#include "server/api/arrival.hpp"
#include "server/api/body.hpp"
#include "server/api/calling_lists.hpp"
#include "server/api/commands.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using calling::Came;
using http::Response;
using people::Permission;

http::Problem no_preview() { return conflict("no_preview", "nobody to be called is before you; ask for the next"); }

/// What the agent has before them, if their brands, which may be fewer by a token, have it.
bool may_see(Asked const& asked, std::optional<CallingDesk::Preview> const& found) { return found && asked.principal().brands.has(found->kept.brand); }

Response shown_preview(Services& services, Asked const& asked, records::Stored<std::optional<CallingDesk::Preview>> const& found) {
  if (!found) return problem_of(found.error()).response();
  json::object answer{{"preview", nullptr}};
  if (may_see(asked, *found)) answer["preview"] = render_preview((**found).kept, (**found).list, (**found).until, services.brands.region((**found).kept.brand));
  return Response::json(json::serialize(answer));
}

/// Whether somebody could call now, and for which queues: as the floor has them, of the brands they ask with.
struct Standing {
  bool free = false;
  std::vector<std::string> queues{};
};

Standing standing_of(centre::Core const& core, people::Principal const& who) {
  Standing stands;
  centre::ConfigureAgent const* const known = core.directory().agent(who.user);
  if (known == nullptr || known->profile == nullptr) return stands;
  routing::Agent const* const agent = core.floor().agent(known->profile->id);
  if (agent == nullptr) return stands;
  stands.free = agent->slots.empty() && agent->has_room(domain::Channel::voice);
  for (auto const& [slug, queue] : core.directory().queues()) {
    if (known->of(queue.brand) && who.brands.has(queue.brand) && queue.rules->needs.met_by(agent->levels)) stands.queues.push_back(slug);
  }
  return stands;
}

/// Whoever is free gets the next; inbound contacts that wait for them would have been offered before.
void give_next(Gate& gate, CallingDesk& desk, Asked&& asked, http::Reply reply) {
  auto const shared = std::make_shared<std::pair<Asked, http::Reply>>(std::move(asked), std::move(reply));
  auto const stands = std::make_shared<Standing>();
  std::string const user = shared->first.principal().user;
  gate.services().centre.inspect([stands, shared](centre::Core const& core) { *stands = standing_of(core, shared->first.principal()); },
                                 [&gate, &desk, shared, stands, user] {
                                   if (!stands->free) return shared->second(conflict("not_free", "be available, with nothing in hand"));
                                   bool const taken = gate.services().readers.submit([&gate, &desk, shared, stands, user] {
                                     shared->second(shown_preview(gate.services(), shared->first, desk.take(user, stands->queues, shared->first.now)));
                                   });
                                   if (!taken) shared->second(http::WorkerPool::busy());
                                 });
}

/// What a refusal makes of an entry; nothing: the agent may try again. Whether a country or a dear number is
/// called is the operator's to say, and may change: such a one waits.
std::optional<Came> came_of(CallRefused const& refused) {
  if (refused.code == "do_not_call") return Came::do_not_call;
  if (refused.code == "number_not_readable" || refused.code == "unknown_number") return Came::wrong_number;
  bool const not_now = refused.code == "premium_number" || refused.code == "country_not_allowed";
  return not_now ? std::optional{Came::not_placed} : std::nullopt;
}

/// The list may have been changed, and the clock goes on, while an agent looks.
std::optional<http::Problem> closed_meanwhile(CallParts const& calls, CallingDesk::Preview const& preview, base::Instant now) {
  calling::Rules const& rules = preview.list.rules;
  if (!rules.runs(now)) return no_preview();
  if (calls.open(preview.kept.entry.country, now, rules.from, rules.to)) return std::nullopt;
  return problem_of(CallRefused{"outside_call_hours", "it is not within the list's hours where this number is"});
}

centre::StartInteraction start_of(CallingDesk::Preview const& preview, std::string const& agent, base::Instant now) {
  centre::StartInteraction start;
  start.head.id = people::make_id(now);
  start.head.channel = domain::Channel::voice;
  start.head.direction = domain::Direction::outbound;
  start.head.brand = preview.kept.brand;
  start.head.queue = preview.list.rules.queue;
  start.head.language = preview.kept.language;
  start.agent = agent;
  domain::Participant customer;
  customer.id = "p1";
  customer.name = preview.kept.name;
  customer.identifiers.push_back({"tel", preview.kept.entry.number, false});
  start.head.participants.push_back(std::move(customer));
  start.context.push_back({{}, "purpose", domain::Value::of_text(preview.list.purpose)});
  start.context.push_back({{}, "calling_list", domain::Value::of_text(preview.list.rules.id)});
  if (!preview.kept.notes.empty()) start.context.push_back({{}, "notes", domain::Value::of_text(preview.kept.notes)});
  return start;
}

struct Calling {
  Asked asked;
  http::Reply reply;
  std::string entry;
};

/// Blocks.
void call(Services& services, CallingDesk& desk, CallParts const& calls, std::shared_ptr<Calling> const& wanted) {
  Asked const& asked = wanted->asked;
  std::string const& user = asked.principal().user;
  auto found = desk.in_hand(user, asked.now);
  if (!found) return wanted->reply(problem_of(found.error()));
  if (!may_see(asked, *found) || (**found).kept.entry.id != wanted->entry) return wanted->reply(no_preview());
  CallingDesk::Preview& preview = **found;
  if (auto closed = closed_meanwhile(calls, preview, asked.now)) {
    desk.release(user);
    return wanted->reply(std::move(*closed));
  }
  std::string const& brand = preview.kept.brand;
  std::optional<records::StoreError> unread;
  auto const listed = [&](std::string const& number) {
    auto const document = services.store.document_by_name(do_not_call_kind, brand, number);
    if (!document) unread = document.error();
    return !document || document->has_value();  // where it cannot be read nobody is called
  };
  auto granted = calls.look({user, preview.kept.entry.number, listed}, services.brands.region(brand), asked.now);
  if (unread) return wanted->reply(problem_of(*unread));  // and the entry stays as it is
  if (!granted) {
    if (auto const came = came_of(granted.error())) static_cast<void>(desk.settle(user, std::move(preview.kept), {asked.now, {}, *came, {}, granted.error().code}, std::nullopt));
    if (granted.error().code == "outside_call_hours") desk.release(user);
    return wanted->reply(problem_of(granted.error()));
  }
  centre::StartInteraction start = start_of(preview, user, asked.now);
  std::string const interaction = start.head.id;
  std::string const& caller = preview.list.caller_number;
  granted->recording = placed_recording(services.store, brand, granted->country);
  if (granted->recording == PlacedRecording::prompted) granted->prompt = consent_prompt(services.store, brand);
  if (granted->recording == PlacedRecording::asked) start.context.push_back({{}, "consent_required", domain::Value::of_boolean(true)});
  calls.expect(interaction, *granted, caller.empty() ? services.brands.caller_number(brand) : caller);
  auto received = receive(services.book, start, asked.now);
  if (!received) return wanted->reply(received.error());
  if (!start.customer.empty()) preview.kept.customer = start.customer;
  auto document = desk.begin(user, std::move(preview.kept), interaction, asked.now);
  if (!document) return wanted->reply(no_preview());
  centre::Centre::Request request{std::move(start), {centre::Actor::Kind::system, user, std::nullopt}, {}, {}, {}, std::move(received->changes)};
  request.besides.emplace_back(std::move(*document));
  auto const afterwards = std::make_shared<decltype(received->afterwards)>(std::move(received->afterwards));
  services.centre.submit(std::move(request), [&services, &desk, wanted, interaction, afterwards](centre::Granted<centre::Outcome> const& done) {
    desk.began(interaction, bool{done});
    if (!done) return wanted->reply(problem_of(done.error()));
    // What is learnt of them can wait; where the pool is full it is learnt by the next call.
    if (*afterwards) static_cast<void>(services.readers.submit([afterwards, outcome = *done] { static_cast<void>((*afterwards)(outcome)); }));
    wanted->reply(Response::json(json::serialize(plain_body(*done)), http::status::created));
  });
}

/// Onto the brand's list of those who are not called, at the customer's wish, in the agent's name.
records::Stored<records::Nothing> forbid(Services& services, Asked const& asked, std::string const& brand, std::string const& number, std::string const& reason) {
  auto const there = services.store.document_by_name(do_not_call_kind, brand, number);
  if (!there) return there.error();
  if (*there) return records::Nothing{};
  std::string const id = people::make_id(asked.now);
  json::object const body{{"number", number}, {"reason", reason}, {"by", asked.principal().user}, {"brand", brand}};
  records::Batch batch{{records::PutDocument{std::string{do_not_call_kind}, id, brand, {}, json::serialize(body), 0, {number}, {}}}, asked.now, false};
  batch.changes.emplace_back(records::AuditEntry{asked.now, people::who(asked.principal()), "do_not_call.create", "do_not_call:" + id, brand, asked.request.remote_address, {}});
  auto const done = services.store.commit(std::move(batch));
  if (!done && done.error() == records::StoreError::name_taken) return records::Nothing{};  // somebody else was faster
  return done;
}

/// What an agent says of an entry, or of a call.
struct Word {
  Came came = Came::nothing;
  std::string reason;
  std::optional<base::Instant> at;
};

Word read_word(Body& body, std::initializer_list<std::string_view> words, base::Instant now) {
  constexpr base::Millis later_max = 366 * base::day;
  Word word;
  word.came = calling::parse_came(body.one_of("came", words)).value_or(Came::nothing);
  word.reason = body.words_or("reason", {}, limits::name_bytes_max);
  word.at = body.instant("at");
  bool const later = word.came == Came::later;
  if (later && (!word.at || *word.at <= now || *word.at > now + later_max)) body.wrong("at: expected a moment to come, within a year");
  if (!later && word.at) body.wrong("at: expected with later alone");
  if (word.came == Came::skipped && word.reason.empty()) body.wrong("reason: missing, expected why they are passed over");
  return word;
}

/// Blocks. "Not now" and "never" before a call.
Response settle(Services& services, CallingDesk& desk, Asked const& asked) {
  Body body{asked.request.body};
  if (!body.is_json()) return malformed(*body.problem()).response();
  std::string const entry = body.text("entry", 64);
  Word word = read_word(body, {"skipped", "later", "do_not_call", "wrong_number"}, asked.now);
  body.expect_no_more();
  if (body.problem()) return invalid(*body.problem()).response();
  std::string const& user = asked.principal().user;
  auto found = desk.in_hand(user, asked.now);
  if (!found) return problem_of(found.error()).response();
  if (!may_see(asked, *found) || (**found).kept.entry.id != entry) return no_preview().response();
  CallingEntry& kept = (**found).kept;
  if (word.came == Came::do_not_call) {
    if (auto const done = forbid(services, asked, kept.brand, kept.entry.number, word.reason); !done) return problem_of(done.error()).response();
  }
  auto const done = desk.settle(user, std::move(kept), {asked.now, user, word.came, {}, std::move(word.reason)}, word.at);
  if (!done && done.error() == records::StoreError::not_found) return no_preview().response();
  return done ? Response::empty() : problem_of(done.error()).response();
}

/// Blocks. What came of a call, while it is in the agent's hands.
Response tell(Services& services, CallingDesk& desk, Asked const& asked) {
  Body body{asked.request.body};
  if (!body.is_json()) return malformed(*body.problem()).response();
  Word word = read_word(body, {"reached", "voicemail", "wrong_number", "do_not_call", "later"}, asked.now);
  body.expect_no_more();
  if (body.problem()) return invalid(*body.problem()).response();
  std::string const interaction{asked.request.parameter("id")};
  std::string const& user = asked.principal().user;
  auto const row = services.live.row(interaction);
  if (!row || !asked.principal().brands.has(row->brand) || !services.live.in_hand(user, interaction)) return not_found().response();
  std::string const number = desk.number_called(interaction);
  if (number.empty()) return conflict("no_calling_list", "this is no call of a calling list").response();
  if (word.came == Came::do_not_call) {
    if (auto const done = forbid(services, asked, row->brand, number, word.reason); !done) return problem_of(done.error()).response();
  }
  auto const done = desk.tell(interaction, {asked.now, user, word.came, interaction, std::move(word.reason)}, word.at);
  if (!done) return problem_of(done.error()).response();
  return *done ? Response::empty() : conflict("no_calling_list", "this is no call of a calling list").response();
}

}  // namespace

void add_previews(Gate& gate, CallingDesk& desk, CallParts const& calls) {
  auto const parts = std::make_shared<CallParts const>(calls);
  Services& services = gate.services();
  Pass const placing{{Permission::calls_place}};
  gate.answer(http::Method::get, "/api/v1/me/preview", placing, [&services, &desk](Asked const& asked) { return shown_preview(services, asked, desk.in_hand(asked.principal().user, asked.now)); });
  gate.pass_on(http::Method::post, "/api/v1/me/preview", placing, [&gate, &desk, parts](Asked&& asked, http::Reply reply) {
    if (!parts->open) return reply(conflict("no_trunk", "no trunk is configured (phone.trunks)"));
    give_next(gate, desk, std::move(asked), std::move(reply));
  });
  gate.pass_on(http::Method::post, "/api/v1/me/preview/call", placing, [&services, &desk, parts](Asked&& asked, http::Reply reply) {
    Body body{asked.request.body};
    if (!body.is_json()) return reply(malformed(*body.problem()));
    std::string entry = body.text("entry", 64);
    body.expect_no_more();
    if (body.problem()) return reply(invalid(*body.problem()));
    if (!parts->look) return reply(conflict("no_trunk", "no trunk is configured (phone.trunks)"));
    auto const wanted = std::make_shared<Calling>(std::move(asked), std::move(reply), std::move(entry));
    if (!services.readers.submit([&services, &desk, parts, wanted] { call(services, desk, *parts, wanted); })) wanted->reply(http::WorkerPool::busy());
  });
  gate.answer(http::Method::post, "/api/v1/me/preview/settle", placing, [&services, &desk](Asked const& asked) { return settle(services, desk, asked); });
  gate.answer(http::Method::post, "/api/v1/interactions/{id}/call-result", placing, [&services, &desk](Asked const& asked) { return tell(services, desk, asked); });
}

}  // namespace rapport::server::api
