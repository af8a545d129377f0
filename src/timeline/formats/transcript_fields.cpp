#include "timeline/formats/transcript_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rapport::timeline::formats {
namespace {

using simdjson::SUCCESS;

// Names in lower case without punctuation; the first that an object has counts.
constexpr auto text_keys = std::to_array<std::string_view>(
    {"displaytext", "display", "punctuatedword", "utterance", "transcript", "text", "content", "sentence", "message",
     "phrase", "caption", "snippet", "line", "transcription", "body", "word", "term", "value"});
constexpr auto speaker_keys = std::to_array<std::string_view>(
    {"party", "partyindex", "partyid", "participantrole", "participantpurpose", "speakerrole", "speakername", "speaker",
     "speakerlabel", "speakerid", "speakertag", "participant", "participantid", "role", "from", "who", "by", "user", "username",
     "sender", "author", "mediachannel", "channel", "channeltag", "channelid", "channelindex", "track", "name", "label"});
constexpr auto start_keys = std::to_array<std::string_view>(
    {"start", "starttime", "startms", "starttimems", "startmillis", "starts", "startsec", "startseconds", "starttimeseconds",
     "starttimestamp", "begin", "begintime", "beginoffsetmillis", "startoffset", "startoffsetmillis", "audiostart",
     "offsetms", "offsetmilliseconds", "offsetinticks", "offset", "timeoffset", "snippettime", "ts", "startts", "timestamp", "time", "at", "atms", "from"});
constexpr auto end_keys = std::to_array<std::string_view>(
    {"end", "endtime", "endms", "endtimems", "endmillis", "ends", "endsec", "endseconds", "endtimeseconds", "endtimestamp",
     "finish", "endoffset", "endoffsetmillis", "endoffsetms", "audioend", "resultendtime", "endts", "stop", "stoptime", "to"});
constexpr auto duration_keys = std::to_array<std::string_view>(
    {"duration", "durationms", "durationmillis", "durationmilliseconds", "durationinticks", "durationseconds", "dur"});
constexpr auto timing_keys = std::to_array<std::string_view>({"timestamps", "offsets", "timing", "interval", "timestamp", "range", "span"});

template <std::size_t size>
std::size_t rank_of(std::array<std::string_view, size> const& keys, std::string_view key) {
  auto const found = std::ranges::find(keys, key);
  return found == keys.end() ? Fields::no_rank : static_cast<std::size_t>(found - keys.begin());
}

template <std::size_t size>
bool knows(std::array<std::string_view, size> const& keys, std::string_view key) {
  return rank_of(keys, key) != Fields::no_rank;
}

std::optional<std::string> label_of(JsonElement element) {
  std::string_view text;
  constexpr std::size_t label_bytes_max = 1'024;
  if (element.get(text) == SUCCESS) return text.empty() || text.size() > label_bytes_max ? std::nullopt : std::optional{std::string{text}};
  if (element.is<std::int64_t>() || element.is<std::uint64_t>()) return simdjson::minify(element);
  if (double number = 0; element.is_number() && element.get(number) == SUCCESS) return fmt::format("{}", number);
  JsonObject object;
  if (element.get(object) != SUCCESS) return std::nullopt;
  for (std::string_view const field : {"role", "name", "label", "id", "userId"}) {
    JsonElement inner;
    if (object[field].get(inner) == SUCCESS && !inner.is_object()) return label_of(inner);
  }
  return std::nullopt;
}

}  // namespace

void Fields::read(std::string_view key, JsonElement value) {
  std::string_view words;
  if (auto const found = rank_of(text_keys, key); found < text_rank && value.get(words) == SUCCESS) {
    text = words;
    text_rank = found;
  }
  bool const from_time = key == "from" && read_loose_time(key, value).has_value();
  if (auto const found = rank_of(speaker_keys, key); found < speaker_rank && !from_time) {
    if (auto label = label_of(value)) {
      speaker = SpeakerLabel{std::move(*label), key.starts_with("party")};
      speaker_rank = found;
    }
  }
  if (auto const found = rank_of(start_keys, key); found < start_rank) {
    if (auto const time = read_loose_time(key, value)) {
      start = time;
      start_rank = found;
    }
  }
  if (auto const found = rank_of(end_keys, key); found < end_rank) {
    if (auto const time = read_loose_time(key, value)) {
      end = time;
      end_rank = found;
    }
  }
  if (knows(duration_keys, key) && !duration) duration = read_loose_time(key, value);
  if (knows(timing_keys, key)) read_pair(key, value);
}

/// [0.0, 4.2] or {"from": …, "to": …}.
void Fields::read_pair(std::string_view key, JsonElement value) {
  JsonArray list;
  if (value.get(list) == SUCCESS && list.size() == 2) {
    if (!start) start = read_loose_time(key, list.at(0).value_unsafe());
    if (!end) end = read_loose_time(key, list.at(1).value_unsafe());
  }
  JsonObject object;
  if (value.get(object) != SUCCESS) return;
  for (auto const field : object) {
    std::string const inner = plain_key(field.key);
    if (knows(start_keys, inner) && !start) start = read_loose_time(inner, field.value);
    if (knows(end_keys, inner) && !end) end = read_loose_time(inner, field.value);
  }
}

bool Fields::is_word() const {
  if (text_rank >= text_keys.size()) return false;
  std::string_view const key = text_keys[text_rank];
  return key == "word" || key == "punctuatedword" || key == "term";
}

}  // namespace rapport::timeline::formats
