#include "server/api/sounds.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/limits.hpp"
#include "base/phone_limits.hpp"
#include "media/g711.hpp"
#include "people/secret.hpp"
#include "server/api/document_body.hpp"
#include "server/api/menus.hpp"
#include "server/api/placed_recording.hpp"
#include "server/api/problems.hpp"
#include "server/api/resource.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Response;
using people::Permission;

/// What is heard stands apart from what lists show: base64url of mu-law at 8 kHz.
constexpr std::string_view data_kind = "sound_data";
constexpr media::Codec kept_as = media::Codec::pcmu;

Pass reading_sounds() { return {{Permission::configuration_read, Permission::queues_write}}; }
Pass writing_sounds() { return {{Permission::queues_write}}; }

records::AuditEntry audit_sound(Asked const& asked, std::string_view what, std::string const& id, std::string const& brand) {
  return {asked.now, people::who(asked.principal()), fmt::format("sound.{}", what), "sound:" + id, brand, asked.request.remote_address, {}};
}

std::string query(Asked const& asked, std::string_view name) { return std::string{asked.request.query.find(name).value_or("")}; }

Response list_sounds(Services& services, Asked const& asked) {
  auto const all = all_documents(services.store, sound_kind);
  if (!all) return problem_of(all.error()).response();
  json::array items;
  for (records::Document const& document : *all) {
    if (asked.principal().brands.has(document.brand)) items.push_back(shown(document));
  }
  return Response::json(json::serialize(json::object{{"items", std::move(items)}}));
}

struct Named {
  std::string id;
  std::string brand;
  std::string label;
};

/// Error: what is wrong in the query.
base::Result<Named> named(Asked const& asked) {
  Named sound{query(asked, "id"), query(asked, "brand"), query(asked, "label")};
  if (!is_slug(sound.id)) return base::Error{fmt::format("id: found \"{}\", expected a slug of a–z, 0–9 and -", sound.id)};
  if (sound.brand.empty()) return base::Error{"brand: missing, expected the id of a brand"};
  if (sound.label.size() > limits::name_bytes_max) return base::Error{fmt::format("label: expected at most {} bytes", limits::name_bytes_max)};
  return sound;
}

Response make(Services& services, Asked const& asked) {
  auto const sound = named(asked);
  if (!sound) return invalid(sound.error().message).response();
  if (!asked.principal().brands.has(sound->brand)) return forbidden("brand: not one of yours").response();
  auto const brand = services.store.document("brand", sound->brand);
  if (!brand) return problem_of(brand.error()).response();
  if (!*brand) return invalid(fmt::format("brand: found \"{}\", expected the id of a brand", sound->brand)).response();
  auto const all = all_documents(services.store, sound_kind);
  if (!all) return problem_of(all.error()).response();
  if (all->size() >= limits::sounds_max) return invalid(fmt::format("more than sounds_max, {}", limits::sounds_max)).response();
  std::string const& file = asked.request.body;
  std::span<std::uint8_t const> const bytes{reinterpret_cast<std::uint8_t const*>(file.data()), file.size()};
  auto const length = media::wav_ms(bytes);
  if (!length) return invalid("the file: " + length.error().message).response();
  base::Millis const ms = *length;
  auto const heard = ms > 0 && ms <= limits::sound_ms_max ? media::read_wav(bytes) : media::Announcement{};
  if (!heard || heard->empty()) return invalid(fmt::format("the file: found {} ms of sound, expected more than none and at most sound_ms_max, {}", ms, limits::sound_ms_max)).response();
  std::string kept(heard->size(), '\0');
  media::encode(kept_as, *heard, {reinterpret_cast<std::uint8_t*>(kept.data()), kept.size()});
  std::string const about = json::serialize(json::object{{"brand", sound->brand}, {"label", sound->label}, {"duration_ms", ms}});
  records::Batch batch{{records::PutDocument{std::string{sound_kind}, sound->id, sound->brand, {}, about, 0, {}, {}},
                        records::PutDocument{std::string{data_kind}, sound->id, sound->brand, {}, json::serialize(json::object{{"mu_law", people::base64url(kept)}}), 0, {}, {}},
                        audit_sound(asked, "create", sound->id, sound->brand)},
                       asked.now,
                       false};
  if (auto const done = services.store.commit(std::move(batch)); !done) {
    bool const exists = done.error() == records::StoreError::conflict;
    return problem_of(exists ? records::StoreError::name_taken : done.error()).response();
  }
  records::Document document;
  document.id = sound->id;
  document.brand = sound->brand;
  document.body = about;
  document.version = 1;
  document.changed_at = asked.now;
  return Response::json(json::serialize(shown(document)), http::status::created).with("Location", "/api/v1/sounds/" + sound->id);
}

base::Result<records::Document, http::Problem> find_sound(Services& services, Asked const& asked) {
  auto found = services.store.document(sound_kind, asked.request.parameter("id"));
  if (!found) return problem_of(found.error());
  if (!*found || !asked.principal().brands.has((**found).brand)) return not_found();
  return std::move(**found);
}

Response hear(Services& services, Asked const& asked) {
  auto const found = find_sound(services, asked);
  if (!found) return found.error().response();
  auto const sound = load_sound(services.store, found->id);
  if (!sound) return problem_of(sound.error()).response();
  if (*sound == nullptr) return not_found().response();
  std::vector<std::uint8_t> const file = media::write_wav(**sound);
  Response made{http::status::ok, {}, "audio/wav", std::string{reinterpret_cast<char const*>(file.data()), file.size()}};
  made.with("Cache-Control", "private, no-store");
  return made;
}

/// What plays it, in words; nothing: nothing does.
records::Stored<std::optional<std::string>> played_by(records::Store& store, std::string const& sound) {
  auto const menus = all_documents(store, menu_kind);
  if (!menus) return menus.error();
  for (records::Document const& menu : *menus) {
    auto const fields = body_of(menu);
    json::value const* const steps = fields ? fields->if_contains("steps") : nullptr;
    if (steps == nullptr || !steps->is_object()) continue;
    for (auto const& [name, step] : steps->get_object()) {
      if (step.is_object() && text_or(step.get_object(), "sound", {}) == sound) return std::optional{fmt::format("the menu \"{}\" plays it", menu.id)};
    }
  }
  auto const queues = all_documents(store, "queue");
  if (!queues) return queues.error();
  for (records::Document const& queue : *queues) {
    if (music_of(queue) == sound) return std::optional{fmt::format("the queue \"{}\" plays it", queue.id)};
  }
  auto const brands = all_documents(store, "brand");
  if (!brands) return brands.error();
  for (records::Document const& brand : *brands) {
    if (prompt_sound_of(brand) == sound) return std::optional{fmt::format("the brand \"{}\" asks those it calls by it", brand.id)};
  }
  return std::optional<std::string>{};
}

Response remove_sound(Services& services, Asked const& asked) {
  auto const found = find_sound(services, asked);
  if (!found) return found.error().response();
  auto const used = played_by(services.store, found->id);
  if (!used) return problem_of(used.error()).response();
  if (*used) return conflict("in_use", **used).response();
  records::Batch batch{{records::RemoveDocument{std::string{sound_kind}, found->id, std::nullopt}, records::RemoveDocument{std::string{data_kind}, found->id, std::nullopt},
                        audit_sound(asked, "delete", found->id, found->brand)},
                       asked.now,
                       false};
  if (auto const done = services.store.commit(std::move(batch)); !done) return problem_of(done.error()).response();
  return Response::empty();
}

}  // namespace

records::Stored<std::shared_ptr<media::Announcement const>> load_sound(records::Store& store, std::string_view id) {
  using Loaded = std::shared_ptr<media::Announcement const>;
  auto const found = store.document(data_kind, id);
  if (!found) return found.error();
  auto const fields = *found ? body_of(**found) : std::nullopt;
  auto const bytes = fields ? people::from_base64url(text_or(*fields, "mu_law", {})) : std::nullopt;
  if (!bytes || bytes->empty()) return Loaded{};
  auto sound = std::make_shared<media::Announcement>(bytes->size());
  media::decode(kept_as, {reinterpret_cast<std::uint8_t const*>(bytes->data()), bytes->size()}, *sound);
  return Loaded{std::move(sound)};
}

std::string music_of(records::Document const& queue) {
  auto const fields = body_of(queue);
  return fields ? text_or(*fields, "music", {}) : std::string{};
}

void add_sounds(Gate& gate, std::function<void()> changed) {
  http::RouteOptions upload;
  upload.body_bytes_max = limits::sound_body_bytes_max;
  Services& services = gate.services();
  auto const telling = [changed = std::move(changed)](Response made) {
    if (made.status < 300 && changed) changed();
    return made;
  };
  gate.answer(Method::get, "/api/v1/sounds", reading_sounds(), [&services](Asked const& asked) { return list_sounds(services, asked); });
  gate.answer(
      Method::post, "/api/v1/sounds", writing_sounds(), [&services, telling](Asked const& asked) { return telling(make(services, asked)); }, upload);
  gate.answer(Method::get, "/api/v1/sounds/{id}", reading_sounds(), [&services](Asked const& asked) { return hear(services, asked); });
  gate.answer(Method::remove, "/api/v1/sounds/{id}", writing_sounds(), [&services, telling](Asked const& asked) { return telling(remove_sound(services, asked)); });
}

}  // namespace rapport::server::api
