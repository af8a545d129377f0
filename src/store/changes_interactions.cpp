#include "domain/words.hpp"
#include "records/check.hpp"
#include "store/changes.hpp"
#include "store/interaction_number.hpp"
#include "store/packing.hpp"
#include "store/words.hpp"

#include <fmt/format.h>

namespace rapport::store {
namespace {

Value optional_number(std::optional<std::int32_t> const& number) {
  return number ? Value{std::int64_t{*number}} : Value::null();
}

std::string event_place(std::string_view kind, std::string const& interaction, std::uint32_t number) {
  return place({kind, interaction, fmt::to_string(number)});
}

std::shared_ptr<std::vector<std::string> const> shared(std::vector<std::string> const& list) {
  return std::make_shared<std::vector<std::string> const>(list);
}

}  // namespace

std::optional<LiveInteraction> Changes::live(std::string const& id) const {
  for (Draft const* draft : {&batch_, &group_}) {
    if (auto const at = draft->live.find(id); at != draft->live.end()) return at->second;
  }
  return context_.live.find(id);
}

bool Changes::exists(std::string const& id) {
  return connection_.query("SELECT number FROM interactions WHERE id = $1", {id})->next();
}

std::optional<Changes::Closed> Changes::closed(std::string const& id) {
  auto const rows = connection_.query("SELECT number, customer, missed FROM interactions WHERE id = $1 AND closed_at IS NOT NULL", {id});
  if (!rows->next()) return {};
  return Closed{rows->integer(0), std::string{rows->text(1)}, unpack_list(rows->text(2))};
}

std::int64_t Changes::insert_row(records::InteractionRow const& row) {
  std::string const agents = pack_list(row.agents);
  std::string const missed = pack_list(row.missed);
  for (std::int64_t attempt = 0; attempt < numbers_per_millisecond; ++attempt) {
    std::int64_t const number = number_for(row.started_at, row.id, attempt);
    auto const inserted = connection_.change(
        "INSERT INTO interactions (number, id, brand, channel, direction, queue, agents, customer, case_id,"
        " started_at, closed_at, disposition, outcome, score, missed)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT (number) DO NOTHING",
        {number, row.id, row.brand, domain::name(row.channel), domain::name(row.direction), row.queue, Value::bytes(agents),
         row.customer, row.case_id, row.started_at, row.closed_at ? Value{*row.closed_at} : Value::null(), row.disposition,
         row.outcome, optional_number(row.score), Value::bytes(missed)});
    if (inserted == 1) {
      index_agents(number, nullptr, row.agents);
      index_missed(number, nullptr, row.missed);
      return number;
    }
  }
  throw Failure(records::StoreError::broken, "more interactions begin in one millisecond than the store can number");
}

void Changes::update_row(std::int64_t number, records::InteractionRow const& row, bool closes) {
  std::string const agents = pack_list(row.agents);
  std::string const missed = pack_list(row.missed);
  connection_.post(
      "UPDATE interactions SET channel = $2, direction = $3, queue = $4, agents = $5, customer = $6, case_id = $7,"
      " closed_at = $8, disposition = $9, outcome = $10, score = $11, missed = $12 WHERE number = $1",
      {number, domain::name(row.channel), domain::name(row.direction), row.queue, Value::bytes(agents), row.customer, row.case_id,
       closes ? Value{row.closed_at.value_or(now_)} : Value::null(), row.disposition, row.outcome, optional_number(row.score),
       Value::bytes(missed)});
}

void Changes::index_agents(std::int64_t number, std::vector<std::string> const* before, std::vector<std::string> const& now) {
  if (before != nullptr && *before == now) return;
  if (before != nullptr) {
    for (std::string const& agent : *before)
      connection_.post("DELETE FROM interaction_agents WHERE agent = $1 AND interaction = $2", {agent, number});
  }
  for (std::string const& agent : now)
    connection_.post("INSERT INTO interaction_agents (agent, interaction) VALUES ($1, $2) ON CONFLICT DO NOTHING", {agent, number});
}

void Changes::index_missed(std::int64_t number, std::vector<std::string> const* before, std::vector<std::string> const& now) {
  if (before != nullptr && *before == now) return;
  if (before != nullptr) {
    for (std::string const& practice : *before)
      connection_.post("DELETE FROM interaction_missed WHERE practice = $1 AND interaction = $2", {practice, number});
  }
  for (std::string const& practice : now)
    connection_.post("INSERT INTO interaction_missed (practice, interaction) VALUES ($1, $2) ON CONFLICT DO NOTHING", {practice, number});
}

void Changes::put_head(LiveInteraction const& live, records::InteractionRow const& row, records::Content const& head) {
  std::string const skeleton = pack(head.skeleton, Stays::briefly);
  std::string const personal = sealed_for(records::person_of(row.customer, row.id), place({"head", row.id}), head.personal, Stays::briefly);
  connection_.post(
      "INSERT INTO heads (interaction, skeleton, personal) VALUES ($1, $2, $3)"
      " ON CONFLICT (interaction) DO UPDATE SET skeleton = EXCLUDED.skeleton, personal = EXCLUDED.personal",
      {live.number, Value::bytes(skeleton), Value::bytes(personal)});
}

Changes::Refused Changes::put(records::OpenInteraction const& change) {
  if (live(change.row.id) || exists(change.row.id)) return records::StoreError::conflict;
  auto row = change.row;
  row.closed_at.reset();
  LiveInteraction opened{insert_row(row), 0, 0, shared(row.agents), shared(row.missed)};
  put_head(opened, row, change.head);
  batch_.live.insert_or_assign(row.id, std::move(opened));
  return {};
}

Changes::Refused Changes::put(records::UpdateInteraction const& change) {
  auto known = live(change.row.id);
  if (!known) return records::StoreError::not_found;
  update_row(known->number, change.row, false);
  index_agents(known->number, known->agents.get(), change.row.agents);
  index_missed(known->number, known->missed.get(), change.row.missed);
  put_head(*known, change.row, change.head);
  known->agents = shared(change.row.agents);
  known->missed = shared(change.row.missed);
  batch_.live.insert_or_assign(change.row.id, std::move(known));
  return {};
}

Changes::Refused Changes::put(records::AppendEvent const& change) {
  auto known = live(change.interaction);
  if (!known) return records::StoreError::not_found;
  if (change.number != known->events + 1) return records::StoreError::conflict;
  std::string const skeleton = pack(change.event.skeleton, Stays::briefly);
  std::string const personal = sealed_for(records::person_of(change.person, change.interaction),
                                          event_place("event", change.interaction, change.number), change.event.personal, Stays::briefly);
  std::int64_t const position = ++batch_.positions.live;
  connection_.post(
      "INSERT INTO live_events (position, interaction, previous, number, person, skeleton, personal)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {position, known->number, known->last_event, std::int64_t{change.number}, change.person, Value::bytes(skeleton), Value::bytes(personal)});
  known->last_event = position;
  known->events = change.number;
  batch_.live.insert_or_assign(change.interaction, std::move(known));
  return {};
}

Changes::Refused Changes::put(records::CloseInteraction const& change) {
  auto const known = live(change.row.id);
  if (!known && exists(change.row.id)) return records::StoreError::conflict;
  auto row = change.row;
  if (!row.closed_at) row.closed_at = now_;
  if (change.ledger) {
    row.score = change.ledger->score;
    row.missed = change.ledger->missed;
  }
  std::int64_t const number = known ? known->number : insert_row(row);
  if (known) {
    update_row(number, row, true);
    index_agents(number, known->agents.get(), row.agents);
    index_missed(number, known->missed.get(), row.missed);
    connection_.post("DELETE FROM heads WHERE interaction = $1", {number});
    batch_.live.insert_or_assign(row.id, std::nullopt);
    batch_.garbage += known->events;
  }
  std::string const skeleton = pack(change.block.skeleton);
  std::string const personal = sealed_for(records::person_of(row.customer, row.id), place({"block", row.id}), change.block.personal);
  connection_.post("INSERT INTO blocks (interaction, skeleton, personal) VALUES ($1, $2, $3)",
                   {number, Value::bytes(skeleton), Value::bytes(personal)});
  put_words(connection_, context_.dialect, number, hashed_words(context_.keys, change.words));
  if (change.ledger) {
    put_ledger(number, 1, *change.ledger);
    connection_.post("UPDATE interactions SET ledger = 1 WHERE number = $1", {number});
  }
  return {};
}

Changes::Refused Changes::put(records::AmendInteraction const& change) {
  auto const known = closed(change.interaction);
  if (!known) return records::StoreError::not_found;
  std::int64_t const number = change.number;
  if (connection_.query("SELECT number FROM tails WHERE interaction = $1 AND number = $2", {known->number, number})->next())
    return records::StoreError::conflict;
  std::string const skeleton = pack(change.event.skeleton);
  std::string const personal = sealed_for(records::person_of(known->customer, change.interaction),
                                          event_place("tail", change.interaction, change.number), change.event.personal);
  connection_.post("INSERT INTO tails (interaction, number, skeleton, personal) VALUES ($1, $2, $3, $4)",
                   {known->number, number, Value::bytes(skeleton), Value::bytes(personal)});
  add_words(connection_, context_.dialect, known->number, hashed_words(context_.keys, change.words));
  return {};
}

void Changes::put_ledger(std::int64_t number, std::int64_t position, records::LedgerRecord const& ledger) {
  std::string const missed = pack_list(ledger.missed);
  std::string const body = pack(ledger.body);
  connection_.post(
      "INSERT INTO ledgers (interaction, position, engine, playbook, models, made_at, score, missed, body, events)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {number, position, ledger.engine, ledger.playbook, ledger.models, ledger.made_at, optional_number(ledger.score),
       Value::bytes(missed), Value::bytes(body), std::int64_t{ledger.events}});
}

Changes::Refused Changes::put(records::AddLedger const& change) {
  auto const known = closed(change.interaction);
  if (!known) return records::StoreError::not_found;
  std::int64_t last = 0;
  {
    auto const rows = connection_.query("SELECT position, engine, playbook, models, events FROM ledgers WHERE interaction = $1 ORDER BY position", {known->number});
    while (rows->next()) {
      last = rows->integer(0);
      if (rows->text(1) == change.ledger.engine && rows->text(2) == change.ledger.playbook && rows->text(3) == change.ledger.models &&
          rows->integer(4) == change.ledger.events)
        return records::StoreError::conflict;
    }
  }
  put_ledger(known->number, last + 1, change.ledger);
  if (!change.current) return {};
  std::string const missed = pack_list(change.ledger.missed);
  connection_.post("UPDATE interactions SET ledger = $2, score = $3, missed = $4 WHERE number = $1",
                   {known->number, last + 1, optional_number(change.ledger.score), Value::bytes(missed)});
  index_missed(known->number, &known->missed, change.ledger.missed);
  return {};
}

}  // namespace rapport::store
