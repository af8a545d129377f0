#include "store/changes.hpp"

#include "records/check.hpp"
#include "store/packing.hpp"

namespace rapport::store {
namespace {

/// Could refuse, so that what the batch wrote before it would have to be taken back.
bool may_refuse(records::Change const& change) {
  return !std::holds_alternative<records::AppendFloor>(change) && !std::holds_alternative<records::SaveFloor>(change) &&
         !std::holds_alternative<records::AddCounters>(change) && !std::holds_alternative<records::AuditEntry>(change) &&
         !std::holds_alternative<records::KeepAnswer>(change) && !std::holds_alternative<records::PutBlob>(change);
}

/// What a change is and whose, for logs: ids alone.
struct Naming {
  std::string operator()(records::PutDocument const& change) const { return "PutDocument " + change.kind + ' ' + change.id; }
  std::string operator()(records::RemoveDocument const& change) const { return "RemoveDocument " + change.kind + ' ' + change.id; }
  std::string operator()(records::OpenInteraction const& change) const { return "OpenInteraction " + change.row.id; }
  std::string operator()(records::UpdateInteraction const& change) const { return "UpdateInteraction " + change.row.id; }
  std::string operator()(records::AppendEvent const& change) const { return "AppendEvent " + change.interaction; }
  std::string operator()(records::CloseInteraction const& change) const { return "CloseInteraction " + change.row.id; }
  std::string operator()(records::AmendInteraction const& change) const { return "AmendInteraction " + change.interaction; }
  std::string operator()(records::AddLedger const& change) const { return "AddLedger " + change.interaction; }
  std::string operator()(records::AppendFloor const&) const { return "AppendFloor"; }
  std::string operator()(records::SaveFloor const&) const { return "SaveFloor"; }
  std::string operator()(records::AddCounters const& change) const { return "AddCounters " + change.key; }
  std::string operator()(records::AuditEntry const& change) const { return "AuditEntry " + change.action + ' ' + change.subject; }
  std::string operator()(records::KeepAnswer const& change) const { return "KeepAnswer " + change.principal; }
  std::string operator()(records::PutBlob const& change) const { return "PutBlob " + change.interaction; }
};

}  // namespace

Changes::Changes(Connection& connection, WritingContext const& context, Positions const& positions)
    : connection_(connection), context_(context) {
  group_.positions = positions;
}

std::optional<records::StoreError> Changes::apply(records::Batch const& batch) {
  now_ = batch.at;
  batch_ = {};
  batch_.positions = group_.positions;
  return batch.must_last ? apply_what_can_last(batch) : apply_all(batch);
}

/// A change looks before it writes: one that is refused left nothing to take back.
Changes::Refused Changes::apply_what_can_last(records::Batch const& batch) {
  Refused first;
  for (records::Change const& change : batch.changes) {
    if (first && std::holds_alternative<records::KeepAnswer>(change)) continue;  // it would say that all was done
    auto const checked = records::check(change);
    Refused const refused = checked ? std::visit([this](auto const& one) { return put(one); }, change) : Refused{checked.error()};
    if (!refused) continue;
    left_out_.push_back({std::visit(Naming{}, change), *refused});
    if (!first) first = refused;
  }
  group_.merge(std::move(batch_));
  return first;
}

Changes::Refused Changes::apply_all(records::Batch const& batch) {
  if (auto const checked = records::check(batch); !checked) return checked.error();
  // The first change looks before it writes; only a later one leaves something to take back.
  bool const saved = batch.changes.size() > 1 && std::any_of(batch.changes.begin() + 1, batch.changes.end(), may_refuse);
  if (saved) connection_.post("SAVEPOINT batch", std::span<Value const>{});
  for (records::Change const& change : batch.changes) {
    if (Refused const refused = std::visit([this](auto const& one) { return put(one); }, change)) {
      if (saved) {
        connection_.post("ROLLBACK TO SAVEPOINT batch", std::span<Value const>{});
        connection_.post("RELEASE SAVEPOINT batch", std::span<Value const>{});
      }
      return refused;
    }
  }
  if (saved) connection_.post("RELEASE SAVEPOINT batch", std::span<Value const>{});
  group_.merge(std::move(batch_));
  return {};
}

void Changes::finish() {
  for (auto const& [key, added] : group_.added) {
    auto const& [name, start] = key;
    std::vector<std::int64_t> values;
    if (auto const known = context_.counters.find(key); known != context_.counters.end()) {
      values = known->second;
    } else if (auto const rows = connection_.query("SELECT amounts FROM counters WHERE key = $1 AND start = $2", {name, start}); rows->next()) {
      values = unpack_numbers(rows->text(0));
    }
    add_numbers(values, added.values, added.maxima);
    std::string const packed = pack_numbers(values);
    connection_.post(
        "INSERT INTO counters (key, start, amounts) VALUES ($1, $2, $3)"
        " ON CONFLICT (key, start) DO UPDATE SET amounts = EXCLUDED.amounts",
        {name, start, Value::bytes(packed)});
    counters_[key] = std::move(values);
  }
}

PersonKey Changes::key_of(std::string const& person) {
  if (person.empty()) return context_.keys.own();
  for (Draft const* draft : {&batch_, &group_}) {
    if (auto const made = draft->keys.find(person); made != draft->keys.end()) return made->second;
  }
  if (auto const cached = context_.cache.of(person)) return *cached;
  PersonKey key;
  auto const rows = connection_.query("SELECT id, wrapped FROM person_keys WHERE person = $1", {person});
  if (rows->next()) {
    key = context_.keys.unwrap(rows->integer(0), rows->text(1));
  } else {
    key = context_.keys.make_person_key();
    std::string const wrapped = context_.keys.wrap(key);
    connection_.post("INSERT INTO person_keys (id, person, wrapped) VALUES ($1, $2, $3)", {key.id, person, Value::bytes(wrapped)});
  }
  batch_.keys.emplace(person, key);
  return key;
}

std::string Changes::sealed_for(std::string const& person, std::string_view where, std::string_view plain, Stays stays) {
  return plain.empty() ? std::string{} : seal(key_of(person), where, plain, stays);
}

Changes::Refused Changes::put(records::AppendFloor const& change) {
  std::string const packed = pack(change.event, Stays::briefly);
  connection_.post("INSERT INTO floor_events (position, event) VALUES ($1, $2)", {++batch_.positions.floor, Value::bytes(packed)});
  return {};
}

Changes::Refused Changes::put(records::SaveFloor const& change) {
  std::string const packed = pack(change.snapshot);
  connection_.post("DELETE FROM floor_events WHERE position <= $1", {batch_.positions.floor});
  connection_.post(
      "INSERT INTO floor_snapshot (one, snapshot) VALUES (1, $1)"
      " ON CONFLICT (one) DO UPDATE SET snapshot = EXCLUDED.snapshot",
      {Value::bytes(packed)});
  return {};
}

Changes::Refused Changes::put(records::AddCounters const& change) {
  add_numbers(batch_.added[{change.key, change.start}], change.values, change.maxima);
  return {};
}

Changes::Refused Changes::put(records::AuditEntry const& change) {
  connection_.post(
      "INSERT INTO audit (number, at, who, action, subject, brand, address, detail)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {++batch_.positions.audit, change.at, change.who, change.action, change.subject, change.brand, change.address, change.detail});
  return {};
}

Changes::Refused Changes::put(records::KeepAnswer const& change) {
  std::string const body = seal(context_.keys.own(), place({"answer", change.principal, change.key}), change.body);
  connection_.post(
      "INSERT INTO answers (principal, key, request, status, body, at) VALUES ($1, $2, $3, $4, $5, $6)"
      " ON CONFLICT (principal, key) DO UPDATE SET request = EXCLUDED.request, status = EXCLUDED.status,"
      " body = EXCLUDED.body, at = EXCLUDED.at",
      {change.principal, change.key, change.request, std::int64_t{change.status}, Value::bytes(body), change.at});
  return {};
}

Changes::Refused Changes::put(records::PutBlob const& change) {
  std::string const person = records::person_of(change.person, change.interaction);
  std::string const name = sealed_for(person, place({"blob_name", change.id}), change.name);
  std::string const content = sealed_for(person, place({"blob", change.id}), change.bytes);
  connection_.post(
      "INSERT INTO blobs (id, interaction, person, media_type, name, content) VALUES ($1, $2, $3, $4, $5, $6)"
      " ON CONFLICT (id) DO UPDATE SET interaction = EXCLUDED.interaction, person = EXCLUDED.person,"
      " media_type = EXCLUDED.media_type, name = EXCLUDED.name, content = EXCLUDED.content",
      {change.id, change.interaction, change.person, change.media_type, Value::bytes(name), Value::bytes(content)});
  return {};
}

}  // namespace rapport::store
