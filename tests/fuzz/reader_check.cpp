#include "reader_check.hpp"

#include "base/assert.hpp"
#include "timeline/formats/reader.hpp"
#include "timeline/formats/writer.hpp"
#include "timeline/readings.hpp"

namespace rapport::fuzz {
namespace {

using timeline::formats::Imported;
using timeline::formats::InteractionReader;

void check_round_trip(Imported const& imported) {
  auto reader = InteractionReader::of_bytes(timeline::formats::write_interaction(imported.head, imported.events), "written.json");
  RAPPORT_ASSERT(static_cast<bool>(reader));
  auto const back = reader->next();
  RAPPORT_ASSERT(back && *back);
  RAPPORT_ASSERT((*back)->head == imported.head);
  RAPPORT_ASSERT((*back)->events == imported.events);
}

void check_vcon_round_trip(Imported const& imported) {
  auto reader = InteractionReader::of_bytes(timeline::formats::write_vcon(imported.head, imported.events), "written.json");
  RAPPORT_ASSERT(static_cast<bool>(reader));
  auto const back = reader->next();
  if (!back || !*back) return;
  for (std::string const& warning : (*back)->warnings) {
    if (warning.find("cannot be read") != std::string::npos) return;  // nested one level too deep
  }
  RAPPORT_ASSERT((*back)->head == imported.head);
  RAPPORT_ASSERT((*back)->events == imported.events);
}

void check_timeline(Imported imported) {
  auto const built = timeline::formats::to_timeline(imported);
  if (!built) {
    RAPPORT_ASSERT(!built.error().message.empty());
    return;
  }
  timeline::Readings const readings = timeline::read(*built, base::second);
  RAPPORT_ASSERT(readings.end_ms == built->end_ms());
  RAPPORT_ASSERT(readings.hold_total_ms <= built->end_ms());
  for (timeline::Turn const& turn : readings.turns) RAPPORT_ASSERT(turn.at_ms <= turn.end_ms && turn.end_ms <= readings.end_ms);
}

}  // namespace

void check_reading(std::uint8_t const* data, std::size_t size, std::string const& name) {
  auto reader = InteractionReader::of_bytes(std::string{reinterpret_cast<char const*>(data), size}, name);
  if (!reader) {
    RAPPORT_ASSERT(reader.error().message.starts_with(name));
    return;
  }
  while (auto const next = reader->next()) {
    if (!*next) {
      RAPPORT_ASSERT(next->error().message.starts_with(name));
      continue;
    }
    Imported const& imported = **next;
    check_round_trip(imported);
    check_vcon_round_trip(imported);
    check_timeline(imported);
  }
}

}  // namespace rapport::fuzz
