#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "domain/words.hpp"
#include "store/packing.hpp"
#include "store/reads.hpp"

namespace rapport::store {
namespace {

template <typename T>
T known(std::optional<T> const& parsed) {
  if (!parsed) throw Failure(records::StoreError::broken, "an interaction's row with a word that is none of ours");
  return *parsed;
}

/// One row, by its id.
std::string const& row_query() {
  static std::string const sql = fmt::format("SELECT {} FROM interactions i WHERE i.id = $1", row_columns);
  return sql;
}

}  // namespace

records::InteractionRow row_of(Rows const& rows) {
  auto const text = [&](int column) { return std::string{rows.text(column)}; };
  records::InteractionRow row;
  row.id = text(0);
  row.brand = text(1);
  row.channel = known(domain::parse_channel(rows.text(2)));
  row.direction = known(domain::parse_direction(rows.text(3)));
  row.queue = text(4);
  row.agents = unpack_list(rows.text(5));
  row.customer = text(6);
  row.case_id = text(7);
  row.started_at = {rows.integer(8)};
  if (!rows.null(9)) row.closed_at = base::Instant{rows.integer(9)};
  row.disposition = text(10);
  row.outcome = text(11);
  if (!rows.null(12)) row.score = static_cast<std::int32_t>(rows.integer(12));
  row.missed = unpack_list(rows.text(13));
  return row;
}

records::Content Reads::content_of(Rows const& rows, int column, std::string_view place) {
  return {unpack(rows.text(column)), opened(place, rows.text(column + 1))};
}

/// Columns number, person, skeleton, personal.
records::AppendEvent Reads::event_of(Rows const& rows, std::string const& id, std::string_view kind) {
  auto const number = static_cast<std::uint32_t>(rows.integer(0));
  return {id, std::string{rows.text(1)}, number, content_of(rows, 2, place({kind, id, fmt::to_string(number)}))};
}

std::vector<records::AppendEvent> Reads::live_events(std::string const& id, std::int64_t last) {
  std::vector<records::AppendEvent> events;
  auto const rows = connection_.query(
      "WITH RECURSIVE chain (position, previous, number, person, skeleton, personal) AS ("
      " SELECT e.position, e.previous, e.number, e.person, e.skeleton, e.personal FROM live_events e WHERE e.position = $1"
      " UNION ALL"
      " SELECT e.position, e.previous, e.number, e.person, e.skeleton, e.personal FROM chain c JOIN live_events e ON e.position = c.previous"
      ") SELECT number, person, skeleton, personal FROM chain ORDER BY number",
      {last});
  while (rows->next()) events.push_back(event_of(*rows, id, "event"));
  return events;
}

std::optional<records::InteractionRow> Reads::row(std::string_view interaction) {
  auto const rows = connection_.query(row_query(), {interaction});
  if (!rows->next()) return {};
  return row_of(*rows);
}

std::optional<records::StoredInteraction> Reads::interaction(std::string const& id) {
  // Looked up before the view is taken, so the view has every event up to the last one known.
  auto const live = live_.find(id);
  Reading const reading{connection_};
  records::StoredInteraction found;
  std::int64_t number = 0;
  {
    auto const rows = connection_.query(row_query(), {id});
    if (!rows->next()) return {};
    found.row = row_of(*rows);
    number = rows->integer(number_column);
  }
  if (!found.row.closed_at) {
    auto const head = connection_.query("SELECT skeleton, personal FROM heads WHERE interaction = $1", {number});
    if (head->next()) found.head = content_of(*head, 0, place({"head", id}));
    if (live && live->last_event > 0) found.tail = live_events(id, live->last_event);
    return found;
  }
  auto const block = connection_.query("SELECT skeleton, personal FROM blocks WHERE interaction = $1", {number});
  if (!block->next()) throw Failure(records::StoreError::broken, "a closed interaction without its block");
  found.block = content_of(*block, 0, place({"block", id}));
  auto const tail = connection_.query("SELECT number, '', skeleton, personal FROM tails WHERE interaction = $1 ORDER BY number", {number});
  while (tail->next()) {
    found.tail.push_back(event_of(*tail, id, "tail"));
    found.tail.back().person = found.row.customer;
  }
  return found;
}

records::LiveState Reads::load() {
  Reading const reading{connection_};
  records::LiveState state;
  if (auto const rows = connection_.query("SELECT snapshot FROM floor_snapshot WHERE one = 1", std::span<Value const>{}); rows->next())
    state.snapshot = unpack(rows->text(0));
  if (auto const rows = connection_.stream("SELECT event FROM floor_events ORDER BY position")) {
    while (rows->next()) state.floor.push_back(unpack(rows->text(0)));
  }
  std::map<std::int64_t, std::size_t> index;
  {
    static std::string const sql = fmt::format("SELECT {} FROM interactions i WHERE i.closed_at IS NULL ORDER BY i.id", row_columns);
    auto const rows = connection_.stream(sql);
    while (rows->next()) {
      index.emplace(rows->integer(number_column), state.interactions.size());
      state.interactions.push_back({row_of(*rows), {}, {}, {}});
    }
  }
  {
    auto const rows = connection_.stream("SELECT interaction, skeleton, personal FROM heads");
    while (rows->next()) {
      auto const at = index.find(rows->integer(0));
      if (at == index.end()) continue;
      auto& stored = state.interactions[at->second];
      stored.head = content_of(*rows, 1, place({"head", stored.row.id}));
    }
  }
  auto const rows = connection_.stream("SELECT number, person, skeleton, personal, interaction FROM live_events ORDER BY position");
  while (rows->next()) {
    auto const at = index.find(rows->integer(4));
    if (at == index.end()) continue;  // closed since; not swept yet
    auto& stored = state.interactions[at->second];
    stored.tail.push_back(event_of(*rows, stored.row.id, "event"));
  }
  return state;
}

}  // namespace rapport::store
