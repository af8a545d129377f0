#include "timeline/formats/vcon_kept.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.hpp"
#include "timeline/formats/interaction_json.hpp"
#include "timeline/formats/json_write.hpp"
#include "timeline/formats/vcon.hpp"
#include "timeline/formats/vcon_parts.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::Event;
using simdjson::SUCCESS;

bool is_ours(JsonObject attachment) {
  return vcon_text(attachment, "purpose") == vcon_purpose || vcon_text(attachment, "type") == vcon_purpose;
}

std::optional<VconKept> read_body(Findings& findings, JsonElement body) {
  Findings own;
  Where const root;
  VconKept kept;
  JsonObject object;
  std::optional<JsonElement> events;
  bool const good = read_object(own, root, body, object) && read_head(own, root, object, true, kept.head, events) &&
                    (!events || read_events(own, root.field("events"), *events, kept.head, kept.events));
  if (good) return kept;
  findings.warn(fmt::format("the attachment of purpose \"{}\" cannot be read: {}; left out", vcon_purpose, own.error()));
  return std::nullopt;
}

}  // namespace

std::optional<VconKept> read_vcon_kept(Findings& findings, JsonObject vcon) {
  JsonArray attachments;
  if (vcon["attachments"].get(attachments) != SUCCESS) return std::nullopt;
  for (JsonElement const element : attachments) {
    JsonObject attachment;
    if (element.get(attachment) != SUCCESS || !is_ours(attachment)) continue;
    JsonElement body;
    if (auto const text = read_vcon_body(attachment)) {
      simdjson::dom::parser parser;
      if (parser.allocate(text->size(), limits::json_depth_max) == SUCCESS && parser.parse(*text).get(body) == SUCCESS) return read_body(findings, body);
    } else if (attachment["body"].get(body) == SUCCESS) {
      return read_body(findings, body);
    }
  }
  return std::nullopt;
}

std::optional<KeptWords> read_kept_words(std::string const& meta, std::string const& text, domain::Interaction const& head) {
  if (meta.empty()) return std::nullopt;
  simdjson::dom::parser parser;
  JsonObject object;
  JsonObject fields;
  std::uint64_t position = 0;
  if (parser.parse(meta).get(object) != SUCCESS || object[vcon_purpose].get(fields) != SUCCESS) return std::nullopt;
  if (fields["position"].get(position) != SUCCESS || position >= limits::events_max) return std::nullopt;
  JsonElement kept;
  if (fields["event"].get(kept) != SUCCESS) return std::nullopt;
  KeptWords words{{}, static_cast<std::size_t>(position)};
  Findings findings;
  Where const root;
  std::string const without_words = simdjson::minify(kept);  // an object, at least "{}"
  std::string with_words = "{\"text\":";
  append_json_text(with_words, text);
  if (without_words.size() > 2) with_words += ',';
  with_words += without_words.substr(1);
  simdjson::dom::parser whole;
  JsonElement element;
  if (!kept.is_object() || whole.parse(with_words).get(element) != SUCCESS) return std::nullopt;
  if (!read_event(findings, root, element, head, words.event)) return std::nullopt;
  return words;
}

std::vector<Event> merge_kept(std::vector<KeptWords> words, std::vector<Event> others) {
  std::ranges::stable_sort(words, {}, &KeptWords::position);
  std::size_t const total = words.size() + others.size();
  bool fits = words.empty() || words.back().position < total;
  for (std::size_t index = 1; index < words.size() && fits; ++index) fits = words[index].position != words[index - 1].position;
  std::vector<Event> merged;
  merged.reserve(total);
  auto other = others.begin();
  for (KeptWords& word : words) {
    while (fits && merged.size() < word.position) merged.push_back(std::move(*other++));
    merged.push_back(std::move(word.event));
  }
  std::move(other, others.end(), std::back_inserter(merged));
  if (!fits) std::ranges::stable_sort(merged, {}, &Event::at_ms);
  return merged;
}

}  // namespace rapport::timeline::formats
