#include "timeline/formats/documents.hpp"

#include <fmt/format.h>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "timeline/formats/harper_valley.hpp"
#include "timeline/formats/interaction_json.hpp"
#include "timeline/formats/json_locate.hpp"
#include "timeline/formats/star.hpp"
#include "timeline/formats/vcon.hpp"

namespace rapport::timeline::formats {

std::string_view name(Format format) {
  switch (format) {
    case Format::interaction:
      return "interaction";
    case Format::vcon:
      return "vCon";
    case Format::harper_valley:
      return "Harper Valley";
    case Format::star:
      return "STAR";
    case Format::text:
      return "text";
  }
  RAPPORT_ASSERT(false);
}

Format recognise(JsonObject object) {
  bool dialogue_id = false;
  bool star_events = false;
  bool parties = false;
  bool vcon_part = false;
  bool session = false;
  bool caller = false;
  bool payload = false;  // with signatures: a vCon that is signed
  bool signatures = false;
  bool encrypted = false;
  for (auto const field : object) {
    if (field.key == "channel" || field.key == "events" || field.key == "participants") return Format::interaction;
    if (field.key == "vcon") return Format::vcon;
    dialogue_id = dialogue_id || field.key == "DialogueID";
    star_events = star_events || field.key == "Events";
    parties = parties || field.key == "parties";
    vcon_part = vcon_part || field.key == "dialog" || field.key == "analysis" || field.key == "uuid";
    session = session || field.key == "sid";
    caller = caller || field.key == "caller";
    payload = payload || field.key == "payload";
    signatures = signatures || field.key == "signatures";
    encrypted = encrypted || field.key == "ciphertext";
  }
  if (dialogue_id && star_events) return Format::star;
  if ((parties && vcon_part) || (signatures && payload) || encrypted) return Format::vcon;
  if (session && caller) return Format::harper_valley;
  return Format::interaction;
}

base::Error error_at(std::string_view source, std::size_t line, std::string_view what) {
  return {fmt::format("{}:{}: {}", source, line, what)};
}

base::Error syntax_error(JsonText const& document, simdjson::error_code code) {
  if (code == simdjson::MEMALLOC) return error_at(document.source, document.first_line, "not enough memory to read it");
  if (std::size_t const line = find_bad_utf8(document.text); line > 0) {
    return error_at(document.source, document.first_line + line - 1, "found bytes that are no UTF-8; expected UTF-8");
  }
  SyntaxError const error = find_syntax_error(document.text, simdjson::error_message(code));
  return error_at(document.source, document.first_line + error.line - 1, fmt::format("not valid JSON: {}", error.message));
}

base::Result<Imported> read_object_as(JsonText const& document, std::optional<std::size_t> position, JsonElement element) {
  Findings findings;
  Where const root;
  Where const item = root.item(position.value_or(0));
  Where const& where = position ? item : root;
  Imported imported;
  JsonObject object;
  bool good = read_object(findings, where, element, object);
  if (good) {
    imported.format = recognise(object);
    switch (imported.format) {
      case Format::vcon:
        good = read_vcon(findings, where, object, document.fallback_id, imported);
        break;
      case Format::star:
        good = read_star(findings, where, object, imported);
        break;
      case Format::harper_valley:
        good = findings.fail(where, "a Harper Valley metadata file; expected its transcript beside it, in transcript/ID.json");
        break;
      default:
        good = read_interaction(findings, where, element, imported.head, imported.events);
    }
  }
  if (!good) {
    std::size_t const line = document.first_line + line_of(document.text, findings.error_path()) - 1;
    std::string const of = imported.head.id.empty() ? std::string{} : fmt::format("interaction \"{}\": ", shortened(imported.head.id));
    return error_at(document.source, line, of + findings.error());
  }
  imported.source = document.source;
  bool const one_line = !position || document.text.find('\n') == std::string_view::npos;
  imported.line = document.first_line + (one_line ? 0 : line_of(document.text, {{{}, *position}}) - 1);
  imported.warnings = findings.take_warnings();
  return imported;
}

}  // namespace rapport::timeline::formats
