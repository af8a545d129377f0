#include <fmt/format.h>

#include "timeline/formats/writer.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::Event;
using domain::Interaction;

/// The role, with a capital, and the name where there is one: "Agent", "Dana (agent)".
std::string speaker_of(Interaction const& head, Event const& event) {
  std::string role{event.by ? name(*event.by) : std::string_view{"speaker"}};
  std::string const name = event.participant < head.participants.size() ? head.participants[event.participant].name : std::string{};
  if (!name.empty()) return fmt::format("{} ({})", name, role);
  role.front() = static_cast<char>(role.front() - ('a' - 'A'));
  return role;
}

std::string one_line(std::string_view text) {
  std::string line{text};
  for (char& c : line) c = c == '\n' || c == '\r' ? ' ' : c;
  return line;
}

}  // namespace

std::string write_text(Interaction const& head, std::vector<Event> const& events) {
  std::string out = fmt::format("Id: {}\nChannel: {}\nDirection: {}\nLanguage: {}\n", one_line(head.id), name(head.channel), name(head.direction), head.language);
  if (head.has_date()) out += fmt::format("Started at: {}\nTime zone: {}\n", base::format_rfc3339(head.started_at), head.time_zone);
  auto const header = [&](std::string_view field, std::string const& value) {
    if (!value.empty()) out += fmt::format("{}: {}\n", field, one_line(value));
  };
  header("Brand", head.brand);
  header("Company", head.company);
  header("Queue", head.queue);
  header("Case", head.case_id);
  out += '\n';
  for (Event const& event : events) {
    if (!domain::carries_words(event.kind)) continue;
    auto const clock = [](base::Millis at_ms) { return fmt::format("{}.{:03}", base::format_clock(at_ms), at_ms % base::second); };
    std::string const times = event.end_ms ? fmt::format("{} - {}", clock(event.at_ms), clock(*event.end_ms)) : clock(event.at_ms);
    out += fmt::format("[{}] {}: {}\n", times, speaker_of(head, event), one_line(event.text));
  }
  return out;
}

}  // namespace rapport::timeline::formats
