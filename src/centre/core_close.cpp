#include <algorithm>
#include <utility>
#include <variant>

#include "base/limits.hpp"
#include "base/utf8.hpp"
#include "centre/core.hpp"
#include "centre/event_codec.hpp"
#include "records/check.hpp"

/// The end of an interaction's life: as one block it goes to where it is kept.
namespace rapport::centre {
namespace {

bool block_fits(records::Content const& content) { return std::max(content.skeleton.size(), content.personal.size()) <= limits::content_bytes_max; }

/// Head and events in one. What may live fits (limits::live_bytes_max); what an earlier release let grow
/// beyond it is kept without its words, and what even so does not fit without its end. False: cut.
bool encode_fitting(LiveInteraction const& live, records::Content& block) {
  block = encode_block(*live.head, live.events);
  if (block_fits(block)) return true;
  block.personal.clear();
  for (std::vector<domain::Event> events = live.events; !block_fits(block); block.personal.clear()) {
    events.resize(events.size() / 2);
    block = encode_block(*live.head, events);
  }
  return false;
}

/// What a search finds it by; as much of it as an index takes.
std::string searched_words(std::vector<domain::Event> const& events) {
  std::string words;
  for (domain::Event const& event : events) {
    if (event.text.empty()) continue;
    if (words.size() + event.text.size() >= limits::content_bytes_max) {
      words.append(base::cut_utf8(event.text, limits::content_bytes_max - words.size()));
      return words;
    }
    words.append(event.text).push_back('\n');
  }
  return words;
}

records::AuditEntry cut_entry(LiveInteraction const& live, base::Instant now) {
  return {now, "system", "interaction.cut", "interaction:" + live.row.id, live.row.brand, {}, R"({"limit":"content_bytes_max"})"};
}

}  // namespace

Granted<Outcome> Core::on(CloseJudged const& command) {
  auto found = find(command.interaction);
  if (!found) return found.error();
  LiveInteraction& live = **found;
  if (live.stage != Stage::finished) return refusal(refused::not_over);
  raise_missed(live, command.critical);
  live.row.closed_at = now_;
  records::CloseInteraction close{live.row, {}, searched_words(live.events), {}};
  bool cut = !encode_fitting(live, close.block);
  // A ledger tells of events by their places: it stands only by all of them.
  if (!cut) close.ledger = command.ledger;
  records::Change closing{std::move(close)};
  records::CloseInteraction& closed = std::get<records::CloseInteraction>(closing);
  if (!records::check(closing)) {  // a playbook that an earlier release took has names beyond the store's
    closed.ledger.reset();
    cut = true;
  }
  if (closed.ledger) {
    live.row.score = closed.ledger->score;
    live.row.missed = closed.ledger->missed;
    closed.row = live.row;
  }
  if (cut) {
    keep(cut_entry(live, now_));
    ++step_->cut;
  }
  keep(std::move(closing));
  publish(InteractionClosed{live.row});
  Outcome const done{live.row.id, 0, {}, false};
  live_.erase(command.interaction);
  return done;
}

}  // namespace rapport::centre
