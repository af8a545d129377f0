#include "store/reads.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/limits.hpp"
#include "store/packing.hpp"

namespace rapport::store {
namespace {

constexpr std::string_view document_columns = "d.kind, d.id, d.brand, d.version, d.changed_at, d.person, d.body";

std::optional<std::int32_t> optional_number(Rows const& rows, int column) {
  if (rows.null(column)) return {};
  return static_cast<std::int32_t>(rows.integer(column));
}

}  // namespace

std::int64_t page_rows(std::size_t limit) { return static_cast<std::int64_t>(std::clamp<std::size_t>(limit, 1, limits::page_max)); }

std::string Reads::opened(std::string_view place, std::string_view sealed) {
  if (sealed.empty()) return {};
  std::int64_t const id = sealed_by(sealed);
  if (id == keys_.own().id) return unseal(keys_.own().key, place, sealed);
  std::optional<Key> key = cache_.find(id);
  if (!key) {
    auto const rows = connection_.query("SELECT wrapped FROM person_keys WHERE id = $1", {id});
    if (!rows->next()) return {};
    PersonKey const read = keys_.unwrap(id, rows->text(0));
    cache_.keep(read, {}, generation_);
    key = read.key;
  }
  return unseal(*key, place, sealed);
}

records::Document Reads::document_of(Rows const& rows) {
  records::Document document;
  document.kind = rows.text(0);
  document.id = rows.text(1);
  document.brand = rows.text(2);
  document.version = rows.integer(3);
  document.changed_at = {rows.integer(4)};
  document.person = rows.text(5);
  document.body = opened(place({"document", document.kind, document.id}), rows.text(6));
  return document;
}

records::DocumentPage Reads::page_of(Rows& rows, std::int64_t most) {
  records::DocumentPage page;
  while (rows.next()) {
    page.more = std::ssize(page.documents) == most;
    if (!page.more) page.documents.push_back(document_of(rows));
  }
  return page;
}

std::optional<records::Document> Reads::document(std::string_view kind, std::string_view id) {
  static std::string const sql = fmt::format("SELECT {} FROM documents d WHERE d.kind = $1 AND d.id = $2", document_columns);
  auto const rows = connection_.query(sql, {kind, id});
  return rows->next() ? std::optional{document_of(*rows)} : std::nullopt;
}

std::optional<records::Document> Reads::document_by_name(std::string_view kind, std::string_view brand, std::string_view name) {
  static std::string const sql = fmt::format(
      "SELECT {} FROM document_names n JOIN documents d ON d.kind = n.kind AND d.id = n.id WHERE n.hash = $1", document_columns);
  std::string const hash = keys_.hash({"name", kind, brand, name});
  auto const rows = connection_.query(sql, {Value::bytes(hash)});
  return rows->next() ? std::optional{document_of(*rows)} : std::nullopt;
}

records::DocumentPage Reads::documents_by_lookup(std::string_view kind, std::string_view lookup, std::string_view after_id, std::size_t limit) {
  static std::string const sql = fmt::format(
      "SELECT {} FROM document_lookups l JOIN documents d ON d.kind = l.kind AND d.id = l.id"
      " WHERE l.hash = $1 AND l.id > $2 ORDER BY l.id LIMIT $3",
      document_columns);
  std::string const hash = keys_.hash({"lookup", kind, lookup});
  std::int64_t const most = page_rows(limit);
  auto const rows = connection_.query(sql, {Value::bytes(hash), after_id, most + 1});
  return page_of(*rows, most);
}

records::DocumentPage Reads::documents(std::string_view kind, std::optional<std::string_view> brand, std::string_view after_id, std::size_t limit) {
  static std::string const every = fmt::format(
      "SELECT {} FROM documents d WHERE d.kind = $1 AND d.id > $2 ORDER BY d.id LIMIT $3", document_columns);
  static std::string const of_brand = fmt::format(
      "SELECT {} FROM documents d WHERE d.kind = $1 AND d.id > $2 AND d.brand = $4 ORDER BY d.id LIMIT $3", document_columns);
  std::int64_t const most = page_rows(limit);
  auto const rows = brand ? connection_.query(of_brand, {kind, after_id, most + 1, *brand}) : connection_.query(every, {kind, after_id, most + 1});
  return page_of(*rows, most);
}

std::vector<records::LedgerRecord> Reads::ledgers(std::string_view interaction) {
  auto const rows = connection_.query(
      "SELECT l.engine, l.playbook, l.models, l.made_at, l.score, l.missed, l.body, l.events FROM interactions i"
      " JOIN ledgers l ON l.interaction = i.number WHERE i.id = $1"
      " ORDER BY CASE WHEN l.position = i.ledger THEN 0 ELSE 1 END, l.position DESC",
      {interaction});
  std::vector<records::LedgerRecord> found;
  while (rows->next()) {
    found.push_back({std::string{rows->text(0)}, std::string{rows->text(1)}, std::string{rows->text(2)}, {rows->integer(3)}, optional_number(*rows, 4), unpack_list(rows->text(5)), unpack(rows->text(6)), static_cast<std::uint32_t>(rows->integer(7))});
  }
  return found;
}

std::vector<records::CounterRow> Reads::counters(std::string_view key_prefix, base::Instant from, base::Instant to) {
  // No key goes on with the last code point of all.
  std::string const beyond = std::string{key_prefix} + "\xF4\x8F\xBF\xBF";
  // Of one key by its key, of many by their time: the other condition is hidden from the planner.
  bool const many = key_prefix.empty() || key_prefix.ends_with('/');
  auto const rows = connection_.query(
      many ? "SELECT key, start, amounts FROM counters WHERE start >= $3 AND start < $4 AND key || '' >= $1 AND key || '' < $2 ORDER BY key, start"
           : "SELECT key, start, amounts FROM counters WHERE key >= $1 AND key < $2 AND start + 0 >= $3 AND start + 0 < $4 ORDER BY key, start",
      {key_prefix, beyond, from, to});
  std::vector<records::CounterRow> found;
  while (rows->next()) found.push_back({std::string{rows->text(0)}, {rows->integer(1)}, unpack_numbers(rows->text(2))});
  return found;
}

std::vector<records::AuditRow> Reads::audit(records::AuditQuery const& query) {
  std::string sql = "SELECT number, at, who, action, subject, brand, address, detail FROM audit WHERE number > 0";
  std::vector<Value> values;
  auto const add = [&](std::string_view condition, Value value) {
    values.push_back(value);
    sql += fmt::format(" AND {} ${}", condition, values.size());
  };
  if (query.who) add("who =", *query.who);
  if (query.action) add("action =", *query.action);
  if (query.subject) add("subject =", *query.subject);
  if (query.brand) add("brand =", *query.brand);
  if (query.from) add("at >=", *query.from);
  if (query.to) add("at <", *query.to);
  if (query.before) add("number <", *query.before);
  values.emplace_back(page_rows(query.limit));
  sql += fmt::format(" ORDER BY number DESC LIMIT ${}", values.size());
  auto const rows = connection_.query(sql, std::span<Value const>{values});
  std::vector<records::AuditRow> found;
  while (rows->next()) {
    auto const text = [&](int column) { return std::string{rows->text(column)}; };
    found.push_back({rows->integer(0), {{rows->integer(1)}, text(2), text(3), text(4), text(5), text(6), text(7)}});
  }
  return found;
}

std::optional<records::KeepAnswer> Reads::answer(std::string_view principal, std::string_view key) {
  auto const rows = connection_.query("SELECT request, status, body, at FROM answers WHERE principal = $1 AND key = $2", {principal, key});
  if (!rows->next()) return {};
  return records::KeepAnswer{std::string{principal}, std::string{key}, std::string{rows->text(0)}, static_cast<std::int32_t>(rows->integer(1)), opened(place({"answer", principal, key}), rows->text(2)), {rows->integer(3)}};
}

std::optional<records::Blob> Reads::blob(std::string_view id) {
  auto const rows = connection_.query("SELECT interaction, media_type, name, content FROM blobs WHERE id = $1", {id});
  if (!rows->next()) return {};
  return records::Blob{std::string{rows->text(0)}, opened(place({"blob_name", id}), rows->text(2)), std::string{rows->text(1)},
                       opened(place({"blob", id}), rows->text(3))};
}

}  // namespace rapport::store
