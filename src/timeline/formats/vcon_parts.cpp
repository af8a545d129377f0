#include "timeline/formats/vcon_parts.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/limits.hpp"
#include "timeline/formats/clock_text.hpp"
#include "timeline/formats/content.hpp"
#include "timeline/formats/names.hpp"

namespace rapport::timeline::formats {
namespace {

using simdjson::SUCCESS;

std::string_view without_scheme(std::string_view text, std::string_view scheme) {
  return text.starts_with(scheme) ? text.substr(scheme.size()) : text;
}

/// What the party says of its role: the field, its "meta", the beginning of its e-mail address, its
/// name.
std::optional<domain::Role> role_of_party(JsonObject party, std::string const& mail, std::string const& name) {
  if (auto const role = role_of_label(vcon_text(party, "role"))) return role;
  JsonObject meta;
  if (party["meta"].get(meta) == SUCCESS) {
    if (auto const role = role_of_label(vcon_text(meta, "role"))) return role;
  }
  if (auto const role = role_of_label(vcon_text(party, "type"))) return role;
  if (auto const role = role_of_label(std::string_view{mail}.substr(0, mail.find('@')))) return role;
  return role_of_label(name);
}

std::size_t party_index(JsonElement element, std::size_t party_count) {
  std::uint64_t index = 0;
  return element.get(index) == SUCCESS && index < party_count ? static_cast<std::size_t>(index) : no_party;
}

std::size_t party_field(JsonObject object, std::string_view field, std::size_t party_count) {
  JsonElement element;
  if (object[field].get(element) != SUCCESS) return no_party;
  JsonArray list;
  if (element.get(list) == SUCCESS) return list.size() == 0 ? no_party : party_index(list.at(0).value_unsafe(), party_count);
  return party_index(element, party_count);
}

/// One index, a list of them, or a list of lists: a channel each.
void read_parties(Findings& findings, JsonElement element, std::size_t dialog, std::size_t party_count, VconDialog& result) {
  JsonArray channels;
  auto const add = [&](JsonElement value) {
    std::size_t const party = party_index(value, party_count);
    if (party == no_party) {
      findings.warn(fmt::format("dialog[{}] names party {}, which is none of the {} parties; left out", dialog, describe(value), party_count));
    } else {
      result.parties.push_back(party);
    }
  };
  if (element.get(channels) != SUCCESS) return add(element);
  for (JsonElement const channel : channels) {
    JsonArray mix;
    if (channel.get(mix) != SUCCESS) {
      add(channel);
    } else if (mix.size() > 0) {
      add(mix.at(0).value_unsafe());
      result.mixed = result.mixed || mix.size() > 1;
    }
  }
}

void read_history(JsonArray list, std::size_t party_count, VconDialog& dialog) {
  for (JsonElement const item : list) {
    JsonObject object;
    JsonElement time;
    if (item.get(object) != SUCCESS || object["time"].get(time) != SUCCESS) continue;
    dialog.history.push_back({vcon_text(object, "event"), party_field(object, "party", party_count), read_vcon_date(time)});
  }
}

std::string media_type_of(JsonObject dialog) {
  std::string type = vcon_text(dialog, "mediatype");
  if (type.empty()) type = vcon_text(dialog, "mimetype");
  type.resize(std::min(type.find(';'), type.size()));
  for (char& c : type) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return type;
}

std::string text_of_dialog(JsonObject object, std::string const& media_type) {
  std::string body = read_vcon_body(object).value_or(std::string{});
  if (media_type == "text/html") return text_of_html(body);
  if (media_type.starts_with("message/") || media_type.starts_with("multipart/")) {
    std::string const whole_type = vcon_text(object, "mediatype").empty() ? vcon_text(object, "mimetype") : vcon_text(object, "mediatype");
    return text_of_mail(media_type.starts_with("multipart/") ? fmt::format("Content-Type: {}\n\n{}", whole_type, body) : body);
  }
  return body;
}

}  // namespace

std::string vcon_text(JsonObject object, std::string_view field) {
  std::string_view text;
  bool const usable = object[field].get(text) == SUCCESS && text.size() <= limits::text_bytes_max;
  return usable ? std::string{text} : std::string{};
}

std::optional<base::Instant> read_vcon_date(JsonElement element) {
  std::string_view text;
  if (element.get(text) == SUCCESS) return parse_moment(text);
  double number = 0;
  if (element.get(number) != SUCCESS) return std::nullopt;
  constexpr double millis_min = 1e11;
  constexpr double millis_max = 253'402'300'799'999.0;  // the end of year 9999
  double const millis = number >= millis_min ? number : number * 1e3;
  if (!(millis >= 0 && millis <= millis_max)) return std::nullopt;
  return base::Instant{std::llround(millis)};
}

std::optional<std::string> read_vcon_body(JsonObject object) {
  std::string_view body;
  if (object["body"].get(body) != SUCCESS) return std::nullopt;
  std::string const encoding = vcon_text(object, "encoding");
  if (encoding != "base64url" && encoding != "base64") return std::string{body};
  auto decoded = decode_base64(body);
  if (!decoded || !simdjson::validate_utf8(decoded->data(), decoded->size())) return std::nullopt;
  return decoded;
}

VconParty read_vcon_party(JsonObject party, std::size_t index) {
  VconParty result;
  domain::Participant& participant = result.participant;
  participant.id = fmt::format("party-{}", index);
  participant.name = vcon_text(party, "name");
  participant.person = vcon_text(party, "uuid");
  std::string const validation = vcon_text(party, "validation");
  bool const verified = !validation.empty() && validation != "none";
  auto const identify = [&](std::string_view type, std::string_view value) {
    if (!value.empty()) participant.identifiers.push_back({std::string{type}, std::string{value}, verified});
  };
  std::string mail{without_scheme(vcon_text(party, "mailto"), "mailto:")};
  if (mail.empty()) mail = vcon_text(party, "email");
  identify("tel", without_scheme(vcon_text(party, "tel"), "tel:"));
  identify("email", mail);
  identify("sip", without_scheme(vcon_text(party, "sip"), "sip:"));
  identify("did", vcon_text(party, "did"));
  identify("customer_id", vcon_text(party, "customer_id"));
  result.role = role_of_party(party, mail, participant.name);
  return result;
}

VconDialog read_vcon_dialog(Findings& findings, JsonObject dialog, std::size_t index, std::size_t party_count) {
  VconDialog result;
  result.type = vcon_text(dialog, "type");
  result.media_type = media_type_of(dialog);
  JsonElement element;
  if (dialog["start"].get(element) == SUCCESS) {
    result.start = read_vcon_date(element);
    if (!result.start) findings.warn(fmt::format("dialog[{}].start: found {}; expected a date and time; left out", index, describe(element)));
  }
  double seconds = 0;
  constexpr double seconds_max = static_cast<double>(limits::interaction_span_max / base::second);
  if (dialog["duration"].get(seconds) == SUCCESS && seconds >= 0 && seconds <= seconds_max) result.duration = std::llround(seconds * 1e3);
  if (dialog["parties"].get(element) == SUCCESS && !is_null(element)) read_parties(findings, element, index, party_count, result);
  result.originator = party_field(dialog, "originator", party_count);
  if (result.originator == no_party && !result.parties.empty()) result.originator = result.parties.front();
  bool const text = result.type == "text" || (result.type.empty() && result.media_type.starts_with("text/"));
  if (text) {
    result.type = "text";
    result.text = text_of_dialog(dialog, result.media_type);
  }
  result.has_content = dialog["body"].error() == SUCCESS || dialog["url"].error() == SUCCESS;
  result.disposition = vcon_text(dialog, "disposition");
  result.application = vcon_text(dialog, "application");
  JsonObject meta;
  if (dialog["meta"].get(meta) == SUCCESS) {
    result.meta = simdjson::minify(meta);
    result.direction = vcon_text(meta, "direction");
  }
  result.transferor = party_field(dialog, "transferor", party_count);
  result.transfer_target = party_field(dialog, "transfer_target", party_count);
  if (result.transfer_target == no_party) result.transfer_target = party_field(dialog, "transfer-target", party_count);
  result.consulted = dialog["consultation"].error() == SUCCESS;
  JsonArray history;
  if (dialog["party_history"].get(history) == SUCCESS) read_history(history, party_count, result);
  return result;
}

}  // namespace rapport::timeline::formats
