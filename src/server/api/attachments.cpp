#include "server/api/attachments.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "base/hash.hpp"
#include "base/limits.hpp"
#include "people/secret.hpp"
#include "server/api/body.hpp"
#include "server/api/commands.hpp"
#include "server/api/problems.hpp"
#include "server/api/stored.hpp"
#include "server/attachments/kept.hpp"
#include "server/attachments/kind.hpp"
#include "server/attachments/name.hpp"
#include "server/attachments/under_way.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using attachments::Attachment;
using http::Method;
using http::Response;
using people::Permission;

Pass using_them() { return {{Permission::attachments_use}}; }
Pass own_files() { return {{Permission::conversation_own}}; }

/// A file on its way in.
struct Upload {
  Asked asked;
  http::Reply reply;
  std::string interaction;
  centre::Actor actor;
  std::string event;                      ///< the id that the client gave the message; empty: none
  std::optional<std::string> customer{};  ///< of the interaction, once it was looked at
  std::optional<centre::Refused> refused{};
  std::optional<std::string> named{};  ///< what a message of this id names already: a repeat names the same
  std::unique_ptr<attachments::UnderWay::Place> place{};
};
/// Whoever hears the answer may send the same again.
template <typename Answer>
void tell(Upload& upload, Answer&& answer) {
  upload.place.reset();
  upload.reply(std::forward<Answer>(answer));
}

using Uploads = std::shared_ptr<attachments::UnderWay>;
using Shared = std::shared_ptr<Upload>;

/// What would refuse the message is looked at before anything is kept. Runs on the centre's thread.
void look(Upload& upload, bool in_hand, attachments::UnderWay const& uploads, centre::Core const& core) {
  centre::LiveInteraction const* const live = core.live(upload.interaction);
  bool const agents = upload.actor.kind == centre::Actor::Kind::agent;
  auto const attached = [](domain::Event const& event) { return event.find("attachments") != nullptr; };
  if (live == nullptr || (agents && !in_hand && live->agent != upload.actor.id)) {
    upload.refused = centre::refusal(centre::refused::unknown_interaction, upload.interaction);
  } else if (live->stage == centre::Stage::over || live->stage == centre::Stage::finished) {
    upload.refused = centre::refusal(centre::refused::is_over);
  } else if (agents && live->agent != upload.actor.id) {
    upload.refused = centre::refusal(centre::refused::not_yours);
  } else if (auto const known = live->numbers.find(upload.event); known != live->numbers.end()) {
    domain::Value const* const names = live->events[known->second - 1].find("attachments");
    upload.named = names != nullptr ? names->text : std::string{};
    upload.customer = live->row.customer;
  } else if (auto const limit = live->full(); !limit.empty()) {
    upload.refused = centre::refusal(centre::refused::too_many, std::string{limit});
  } else if (static_cast<std::size_t>(std::ranges::count_if(live->events, attached)) + uploads.count(upload.interaction) > limits::attachments_max) {
    upload.refused = centre::refusal(centre::refused::too_many, "attachments_max");  // this one is under way, too
  } else {
    upload.customer = live->row.customer;
  }
}

/// As a message names it.
std::string named(Attachment const& attachment) { return json::serialize(json::array{attachments::shown(attachment)}); }

/// The message that names the attachment.
centre::AddEvent message_of(Upload const& upload, Attachment const& attachment) {
  centre::AddEvent message{upload.interaction, {}, false};
  message.event.kind = domain::EventKind::message;
  message.event.id = upload.event;
  message.event.attributes.push_back({{}, "attachments", domain::Value::of_json(named(attachment))});
  return message;
}

Response answer(centre::Granted<centre::Outcome> const& done, Attachment const& attachment) {
  if (!done) return problem_of(done.error()).response();
  json::object const body{{"interaction", done->interaction}, {"number", done->number}, {"event", done->event}, {"attachment", attachments::shown(attachment)}};
  Response made = Response::json(json::serialize(body), http::status::created);
  if (done->repeated) made.with("Idempotent-Replayed", "true");
  return made;
}

http::Problem unfit(int status, std::string code, std::string detail) { return {status, std::move(code), {}, std::move(detail), {}, {}}; }

/// Keeps the file, then tells of it. Blocks.
void take_in(Services& services, Shared const& upload) {
  std::string const& bytes = upload->asked.request.body;
  if (bytes.empty()) return tell(*upload, invalid("the body is empty; expected a file"));
  auto const kind = attachments::kind_of(bytes);
  if (!kind) return tell(*upload, unfit(http::status::unsupported_media, "kind_not_allowed", "the content is of no kind that may be attached"));
  Attachment attachment;
  attachment.name = attachments::safe_name(upload->asked.request.query.find("name").value_or(""), *kind);
  attachment.media_type = kind->media_type;
  attachment.bytes = bytes.size();
  attachment.sha256 = base::sha256_hex(bytes);
  attachment.id = attachments::id_of(upload->interaction, upload->event.empty() ? people::random_secret() : upload->event, attachment.sha256);
  if (upload->named && *upload->named != named(attachment)) return tell(*upload, problem_of(centre::refusal(centre::refused::event_exists, upload->event)));
  auto const kept = attachments::keep(services.store, upload->interaction, *upload->customer, attachment, bytes, upload->asked.now);
  if (!kept) return tell(*upload, problem_of(kept.error()));
  services.centre.submit({message_of(*upload, attachment), upload->actor, {}, {}, {}, {}},
                         [upload, attachment](centre::Granted<centre::Outcome> const& done) { tell(*upload, answer(done, attachment)); });
}

/// Must not block.
void receive_file(Services& services, Uploads const& uploads, Shared const& upload) {
  upload->event = upload->asked.request.query.find("id").value_or("");
  if (upload->event.size() > limits::name_bytes_max) return tell(*upload, malformed("id: expected at most 100 bytes"));
  upload->place = uploads->enter(upload->interaction, upload->event);
  if (!upload->place) return tell(*upload, problem_of(centre::refusal(centre::refused::busy, "another file is being sent with this id")));
  bool const in_hand = services.live.in_hand(upload->actor.id, upload->interaction);
  services.centre.inspect([upload, uploads, in_hand](centre::Core const& core) { look(*upload, in_hand, *uploads, core); },
                          [&services, upload] {
                            if (upload->refused) return tell(*upload, problem_of(*upload->refused));
                            if (!upload->customer) return tell(*upload, problem_of(centre::refusal(centre::refused::busy)));
                            if (!services.readers.submit([&services, upload] { take_in(services, upload); })) tell(*upload, http::WorkerPool::busy());
                          });
}

Response fetched(Services& services, std::string const& interaction, std::string const& id) {
  auto found = attachments::read(services.store, interaction, id);
  if (!found) return problem_of(found.error()).response();
  if (!*found) return not_found().response();
  Attachment const& attachment = (**found).attachment;
  Response file{http::status::ok, {}, attachment.media_type, std::move((**found).bytes)};
  // It is saved and never shown, whatever a browser takes it for.
  file.with("Content-Disposition", attachments::disposition(attachment.name));
  file.with("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox");
  file.with("ETag", "\"" + attachment.sha256 + "\"");
  return file;
}

Response fetch(Services& services, Asked const& asked) {
  auto const interaction = find_interaction(services, asked);
  if (!interaction) return interaction.error().response();
  return fetched(services, interaction->row.id, asked.request.parameter("attachment"));
}

Response fetch_own(Services& services, Asked const& asked) {
  if (asked.principal().interaction.empty()) return not_found().response();
  return fetched(services, asked.principal().interaction, asked.request.parameter("attachment"));
}

}  // namespace

void add_attachments(Gate& gate, std::size_t bytes_max) {
  auto const uploads = std::make_shared<attachments::UnderWay>();
  http::RouteOptions options;
  options.body_bytes_max = std::min(bytes_max, limits::blob_bytes_max);
  gate.pass_on(Method::post, "/api/v1/interactions/{id}/attachments", using_them(), [&gate, uploads](Asked&& asked, http::Reply reply) {
    std::string interaction = asked.request.parameter("id");
    centre::Actor actor = agent_of(asked);
    receive_file(gate.services(), uploads, std::make_shared<Upload>(Upload{std::move(asked), std::move(reply), std::move(interaction), std::move(actor), {}})); }, options);
  http::RouteOptions customers = options;
  customers.any_origin = true;  // the chat stands in pages of the brand's own sites
  gate.pass_on(Method::post, "/api/v1/conversation/attachments", own_files(), [&gate, uploads](Asked&& asked, http::Reply reply) {
    std::string interaction = asked.principal().interaction;
    if (interaction.empty()) return reply(not_found());
    centre::Actor actor{centre::Actor::Kind::customer, asked.principal().id, std::nullopt};
    receive_file(gate.services(), uploads, std::make_shared<Upload>(Upload{std::move(asked), std::move(reply), std::move(interaction), std::move(actor), {}})); }, customers);
  gate.answer(Method::get, "/api/v1/interactions/{id}/attachments/{attachment}", using_them(), [&gate](Asked const& asked) { return fetch(gate.services(), asked); });
  gate.answer(Method::get, "/api/v1/conversation/attachments/{attachment}", own_files(), [&gate](Asked const& asked) { return fetch_own(gate.services(), asked); }, {.any_origin = true});
}

}  // namespace rapport::server::api
