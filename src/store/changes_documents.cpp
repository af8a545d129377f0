#include <set>

#include "store/changes.hpp"

namespace rapport::store {
namespace {

std::string name_hash(Keys const& keys, records::PutDocument const& document, std::string_view name) {
  return keys.hash({"name", document.kind, document.brand, name});
}

}  // namespace

Changes::Refused Changes::put(records::PutDocument const& change) {
  std::int64_t version = 0;
  if (auto const rows = connection_.query("SELECT version FROM documents WHERE kind = $1 AND id = $2", {change.kind, change.id}); rows->next())
    version = rows->integer(0);
  if (change.expected && *change.expected != version) return records::StoreError::conflict;

  std::set<std::string> names, lookups;
  for (std::string const& name : change.names) names.insert(name_hash(context_.keys, change, name));
  for (std::string const& lookup : change.lookups) lookups.insert(context_.keys.hash({"lookup", change.kind, lookup}));
  for (std::string const& hash : names) {
    auto const rows = connection_.query("SELECT id FROM document_names WHERE hash = $1", {Value::bytes(hash)});
    if (rows->next() && rows->text(0) != change.id) return records::StoreError::name_taken;
  }

  std::string const body = sealed_for(change.person, place({"document", change.kind, change.id}), change.body);
  connection_.post(
      "INSERT INTO documents (kind, id, brand, version, changed_at, person, body) VALUES ($1, $2, $3, $4, $5, $6, $7)"
      " ON CONFLICT (kind, id) DO UPDATE SET brand = EXCLUDED.brand, version = EXCLUDED.version,"
      " changed_at = EXCLUDED.changed_at, person = EXCLUDED.person, body = EXCLUDED.body",
      {change.kind, change.id, change.brand, version + 1, now_, change.person, Value::bytes(body)});
  if (version > 0) drop_references(change.kind, change.id);
  for (std::string const& hash : names)
    connection_.post("INSERT INTO document_names (hash, kind, id) VALUES ($1, $2, $3)", {Value::bytes(hash), change.kind, change.id});
  for (std::string const& hash : lookups)
    connection_.post("INSERT INTO document_lookups (hash, kind, id) VALUES ($1, $2, $3)", {Value::bytes(hash), change.kind, change.id});
  return {};
}

Changes::Refused Changes::put(records::RemoveDocument const& change) {
  {
    auto const rows = connection_.query("SELECT version FROM documents WHERE kind = $1 AND id = $2", {change.kind, change.id});
    if (!rows->next()) return records::StoreError::not_found;
    if (change.expected && *change.expected != rows->integer(0)) return records::StoreError::conflict;
  }
  connection_.post("DELETE FROM documents WHERE kind = $1 AND id = $2", {change.kind, change.id});
  drop_references(change.kind, change.id);
  return {};
}

void Changes::drop_references(std::string const& kind, std::string const& id) {
  connection_.post("DELETE FROM document_names WHERE kind = $1 AND id = $2", {kind, id});
  connection_.post("DELETE FROM document_lookups WHERE kind = $1 AND id = $2", {kind, id});
}

}  // namespace rapport::store
