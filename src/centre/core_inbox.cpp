#include <fmt/format.h>

#include "base/limits.hpp"
#include "base/utf8.hpp"
#include "centre/core.hpp"
#include "centre/inbox_document.hpp"
#include "records/newest_first.hpp"

/// What must reach a supervisor: kept with what raised it, and told.
namespace rapport::centre {
namespace {

/// The beginning of a text, whole characters; the event has all of it.
std::string shortened(std::string_view text) {
  if (text.size() <= limits::inbox_text_bytes_max) return std::string{text};
  return std::string{base::cut_utf8(text, limits::inbox_text_bytes_max)} + "…";
}

}  // namespace

void Core::raise(Raised raised, LiveInteraction const& live, std::string_view what) {
  raised.id = records::newest_first_id(now_, fmt::format("{}-{}", live.row.id, what));
  raised.interaction = live.row.id;
  raised.brand = live.row.brand;
  raised.at = now_;
  InboxItem item;
  item.raised = raised;
  item.person = live.person();
  item.changed_at = now_;
  keep(inbox_document(item, std::nullopt));  // must not conflict; its id is new
  publish(std::move(raised));
}

/// REQUIRES: the event is the interaction's last.
void Core::raise(Raised::Kind kind, LiveInteraction const& live, domain::Event const& event) {
  Raised raised;
  raised.kind = kind;
  raised.agent = actor_ != nullptr ? actor_->id : std::string{};
  raised.event = event.id;
  raised.text = shortened(event.text.empty() ? event.text_of(kind == Raised::Kind::flag ? "reason" : "of") : std::string_view{event.text});
  raise(std::move(raised), live, fmt::to_string(live.events.size()));
}

void Core::raise_missed(LiveInteraction& live, std::vector<CriticalMiss> const& misses) {
  for (CriticalMiss const& miss : misses) {
    if (!live.raised.insert(miss.practice).second) continue;
    Raised raised;
    raised.kind = Raised::Kind::missed;
    raised.agent = !live.agent.empty() || live.row.agents.empty() ? live.agent : live.row.agents.back();
    raised.practice = miss.practice;
    raised.text = shortened(miss.say);
    raise(std::move(raised), live, miss.practice);
  }
}

void Core::remember_raised(std::string const& interaction, std::string const& practice) {
  if (auto const found = live_.find(interaction); found != live_.end()) found->second.raised.insert(practice);
}

Granted<Outcome> Core::on(RaiseMissed const& command) {
  auto found = find(command.interaction);
  if (!found) return found.error();
  raise_missed(**found, command.misses);
  return outcome(**found, 0);
}

}  // namespace rapport::centre
