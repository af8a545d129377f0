#include "server/api/recordings.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "base/phone_limits.hpp"
#include "media/frame.hpp"
#include "server/api/problems.hpp"
#include "server/api/stored.hpp"
#include "server/http/byte_range.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::RangeAsked;
using http::Response;
using people::Permission;
using recordings::Recording;

Pass listening() { return {{Permission::recordings_listen}}; }
Pass listening_or_handling() { return {{Permission::recordings_listen, Permission::contacts_handle}}; }

/// A message that a caller left is there to be heard by whoever has it in hand.
bool may_listen(Services& services, Asked const& asked, std::string const& interaction) {
  if (people::may(asked.principal(), Permission::recordings_listen)) return true;
  return services.live.is_left_message(interaction) && services.live.in_hand(asked.principal().user, interaction);
}

/// Who listens to what just now, so that a player's many requests are one listening. Any thread.
class Listenings {
 public:
  /// True where it is a new one.
  bool begins(std::string const& who, std::string const& interaction, base::Instant now) {
    std::lock_guard const lock{mutex_};
    if (since_.size() >= limits::listenings_max) since_.clear();  // some are in the log once more
    auto const [found, added] = since_.try_emplace({who, interaction}, now);
    if (!added && now - found->second < limits::listening_ms) return false;
    found->second = now;
    return true;
  }
  /// It could not be written down.
  void forget(std::string const& who, std::string const& interaction) {
    std::lock_guard const lock{mutex_};
    since_.erase({who, interaction});
  }

 private:
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, base::Instant> since_;
};

struct Found {
  records::InteractionRow row;
  Recording recording;
};

/// The part that is asked for; nothing: no part of that number.
std::optional<std::size_t> part_of(Asked const& asked) {
  std::string_view const text = asked.request.query.find("part").value_or("1");
  std::size_t part = 0;
  auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), part);
  bool const read = failure == std::errc{} && end == text.data() + text.size() && part >= 1 && part <= recordings::parts_max;
  return read ? std::optional{part} : std::nullopt;
}

base::Result<Found, http::Problem> find_recording(Services& services, recordings::Shelf& shelf, Asked const& asked) {
  auto const interaction = find_interaction(services, asked);
  if (!interaction) return interaction.error();
  if (!may_listen(services, asked, interaction->row.id)) return forbidden("needs recordings.listen, or a left message in hand");
  auto const part = part_of(asked);
  if (!part) return malformed("part: expected a number from 1 to 9");
  auto recording = shelf.find(recordings::name_of(interaction->row.id, *part));
  if (!recording) return problem_of(recording.error());
  if (!*recording) return not_found();
  if (!(**recording).encoded) return conflict("recording_not_ready", "it can be heard soon after the call is over");
  return Found{interaction->row, std::move(**recording)};
}

std::string tag_of(Recording const& recording) { return "\"" + recording.sha256 + "\""; }

/// Of how long a part the file is answered with; a player asks for the rest by itself.
RangeAsked range_of(Asked const& asked, Recording const& recording) {
  auto const if_range = asked.request.header("if-range");
  if (if_range && *if_range != tag_of(recording)) return {};
  RangeAsked range = http::range_asked(asked.request.header("range"), recording.bytes);
  if (range.kind == RangeAsked::Kind::part) range.part.last = std::min(range.part.last, range.part.first + limits::recording_part_bytes_max - 1);
  return range;
}

Response sound_of(recordings::Shelf& shelf, Asked const& asked, Recording const& recording) {
  RangeAsked const range = range_of(asked, recording);
  std::string const size = std::to_string(recording.bytes);
  if (range.kind == RangeAsked::Kind::beyond) {
    http::Problem const problem{http::status::range_not_satisfiable, "range_not_satisfiable", {}, "the recording has " + size + " bytes", {}, {}};
    return problem.response().with("Content-Range", "bytes */" + size);
  }
  bool const part = range.kind == RangeAsked::Kind::part;
  auto bytes = shelf.read(recording, part ? range.part.first : 0, part ? range.part.count() : recording.bytes);
  if (!bytes) return not_found().response();  // retention or erasure was there first, or the file was lost
  Response sound{part ? http::status::partial_content : http::status::ok, {}, "audio/ogg", std::move(*bytes)};
  if (part) sound.with("Content-Range", "bytes " + std::to_string(range.part.first) + "-" + std::to_string(range.part.last) + "/" + size);
  sound.with("Accept-Ranges", "bytes").with("ETag", tag_of(recording)).with("Cache-Control", "private, no-store");
  return sound;
}

Response listen(Services& services, recordings::Shelf& shelf, Listenings& listenings, Asked const& asked) {
  auto const found = find_recording(services, shelf, asked);
  if (!found) return found.error().response();
  std::string const who = people::who(asked.principal());
  if (listenings.begins(who, found->row.id, asked.now)) {
    records::AuditEntry const audit{asked.now, who, "recording.listen", "interaction:" + found->row.id, found->row.brand, asked.request.remote_address, {}};
    if (auto const done = services.store.commit({{audit}, asked.now, false}); !done) {
      listenings.forget(who, found->row.id);
      return problem_of(done.error()).response();
    }
  }
  if (asked.request.header("if-none-match") == tag_of(found->recording)) return Response::empty(http::status::not_modified).with("ETag", tag_of(found->recording));
  return sound_of(shelf, asked, found->recording);
}

json::array loudness(std::vector<std::uint8_t> const& peaks) {
  json::array values;
  values.reserve(peaks.size());
  for (std::uint8_t const peak : peaks) values.emplace_back(peak);
  return values;
}

Response peaks(Services& services, recordings::Shelf& shelf, Asked const& asked) {
  auto const found = find_recording(services, shelf, asked);
  if (!found) return found.error().response();
  Recording const& recording = found->recording;
  std::size_t parts = 1;
  while (parts < recordings::parts_max) {
    auto const next = shelf.find(recordings::name_of(found->row.id, parts + 1));
    if (!next) return problem_of(next.error()).response();
    if (!*next) break;
    ++parts;
  }
  json::object const shown{{"started_at", base::format_rfc3339(recording.started_at)},
                           {"parts", parts},
                           {"duration_ms", recording.frames * media::frame_ms},
                           {"bytes", recording.bytes},
                           {"sha256", recording.sha256},
                           {"stretch_ms", recording.peaks.frames_each * media::frame_ms},
                           {"customer", loudness(recording.peaks.customer)},
                           {"agents", loudness(recording.peaks.agents)}};
  return Response::json(json::serialize(shown));
}

}  // namespace

void add_recordings(Gate& gate, recordings::Shelf& shelf) {
  gate.answer(Method::get, "/api/v1/interactions/{id}/recording", listening_or_handling(), [&gate, &shelf, listenings = std::make_shared<Listenings>()](Asked const& asked) {
    return listen(gate.services(), shelf, *listenings, asked);
  });
  gate.answer(Method::get, "/api/v1/interactions/{id}/recording/peaks", listening(), [&gate, &shelf](Asked const& asked) { return peaks(gate.services(), shelf, asked); });
}

}  // namespace rapport::server::api
