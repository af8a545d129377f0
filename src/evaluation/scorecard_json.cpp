#include <string>

#include "base/assert.hpp"
#include "evaluation/scorecard.hpp"
#include "evaluation/why.hpp"
#include "timeline/formats/json_write.hpp"

namespace rapport::evaluation {
namespace {

using timeline::formats::append_json_list;
using timeline::formats::append_thousandths;
using timeline::formats::ObjectWriter;

/// Number of code points that begin before this byte of a UTF-8 text.
std::int64_t characters_before(std::string_view text, std::size_t byte) {
  std::int64_t count = 0;
  for (char const c : text.substr(0, byte)) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++count;
  }
  return count;
}

void append_evidence(std::string& out, Evidence const& evidence, timeline::Timeline const& timeline, Quotes quotes) {
  ObjectWriter object(out);
  object.whole("at_ms", evidence.at_ms);
  object.whole("end_ms", evidence.end_ms);
  auto const& participants = timeline.head().participants;
  if (evidence.participant < participants.size()) object.text("participant", participants[evidence.participant].id);
  object.text("by", name(evidence.by));
  if (is_of_its_event(timeline, evidence)) {
    domain::Event const& event = timeline.events()[evidence.event];
    object.text_if_any("event", event.id);
    if (!evidence.range.empty()) {
      object.name("range") += '[' + std::to_string(characters_before(event.text, evidence.range.begin)) + ',' +
                              std::to_string(characters_before(event.text, evidence.range.end)) + ']';
    }
  }
  if (quotes == Quotes::shown) object.text_if_any("text", quote(timeline, evidence));
  object.close();
}

void append_practice(std::string& out, std::uint16_t number, Ledger const& ledger, timeline::Timeline const& timeline,
                     playbook::Playbook const& playbook, Quotes quotes) {
  PracticeResult const& result = ledger.practices[number];
  playbook::Practice const& practice = playbook.practices[number];
  ObjectWriter object(out);
  object.text("id", practice.id);
  object.text("verdict", name(result.verdict));
  object.whole("occasions", result.occasions);
  object.whole("met", result.met);
  object.whole("weight", result.weight);
  append_thousandths(object.name("confidence"), result.confidence);
  object.text_if_any("why", explain(result, practice, timeline.head()));
  append_json_list(object.name("evidence"), deciding_evidence(ledger, number),
                   [&](Evidence const& evidence) { append_evidence(out, evidence, timeline, quotes); });
  object.close();
}

}  // namespace

std::string to_json(Ledger const& ledger, timeline::Timeline const& timeline, playbook::Playbook const& playbook,
                    std::span<ModelName const> models, Quotes quotes) {
  RAPPORT_ASSERT(ledger.practices.size() == playbook.practices.size());
  std::string out;
  out.reserve(256 + 160 * ledger.practices.size());
  ObjectWriter line(out);
  line.whole("format", ledger_format);
  line.text("id", timeline.head().id);
  line.text("engine", engine_version);
  line.name("playbook");
  ObjectWriter origin(out);
  origin.text("name", playbook.name);
  origin.text("version", playbook.version);
  origin.text("hash", playbook.hash);
  origin.close();
  append_json_list(line.name("models"), models, [&](ModelName const& model) {
    ObjectWriter object(out);
    object.text("name", model.name);
    object.text("hash", model.hash);
    object.close();
  });
  if (ledger.score) {
    append_thousandths(line.name("score"), *ledger.score);
  } else {
    line.name("score") += "null";
  }
  append_thousandths(line.name("assessed_share"), ledger.assessed_share);
  line.name("practices") += '[';
  for (std::size_t i = 0; i < ledger.practices.size(); ++i) {
    if (i > 0) out += ',';
    append_practice(out, static_cast<std::uint16_t>(i), ledger, timeline, playbook, quotes);
  }
  out += ']';
  line.close();
  return out;
}

}  // namespace rapport::evaluation
