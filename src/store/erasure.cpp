#include "store/erasure.hpp"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "records/check.hpp"
#include "store/packing.hpp"

namespace rapport::store {
namespace {

constexpr std::size_t purged_at_once = 200;
constexpr std::string_view own_person = "interaction:";  ///< records::person_of one whose customer is unknown

}  // namespace

std::size_t erase(Connection& connection, std::string const& person) {
  if (person.empty()) return 0;
  auto const keys = connection.change("DELETE FROM person_keys WHERE person = $1", {person});
  std::vector<std::pair<std::string, std::string>> documents;
  {
    auto const rows = connection.query("SELECT kind, id FROM documents WHERE person = $1 AND person <> ''", {person});
    while (rows->next()) documents.emplace_back(rows->text(0), rows->text(1));
  }
  for (auto const& [kind, id] : documents) {
    connection.post("DELETE FROM document_names WHERE kind = $1 AND id = $2", {kind, id});
    connection.post("DELETE FROM document_lookups WHERE kind = $1 AND id = $2", {kind, id});
  }
  connection.post("DELETE FROM words WHERE rowid IN (SELECT number FROM interactions WHERE customer = $1 AND customer <> '')", {person});
  if (person.starts_with(own_person)) {
    connection.post("DELETE FROM words WHERE rowid IN (SELECT number FROM interactions WHERE id = $1 AND customer = '')",
                    {std::string_view{person}.substr(own_person.size())});
  }
  return static_cast<std::size_t>(keys);
}

std::size_t purge_some(Connection& connection, std::string_view brand, std::optional<domain::Channel> channel, base::Instant closed_before) {
  struct Purged {
    std::int64_t number;
    std::string id;
    std::vector<std::string> agents, missed;
  };
  std::vector<Purged> purged;
  {
    std::string const of_channel = channel ? " AND channel = $3" : "";
    std::vector<Value> values{brand, closed_before};
    if (channel) values.emplace_back(domain::name(*channel));
    auto const rows = connection.query(
        fmt::format("SELECT number, id, agents, missed FROM interactions WHERE brand = $1 AND closed_at < $2{} ORDER BY closed_at LIMIT {}", of_channel, purged_at_once),
        std::span<Value const>{values});
    while (rows->next()) purged.push_back({rows->integer(0), std::string{rows->text(1)}, unpack_list(rows->text(2)), unpack_list(rows->text(3))});
  }
  for (Purged const& one : purged) {
    for (std::string const& agent : one.agents) connection.post("DELETE FROM interaction_agents WHERE agent = $1 AND interaction = $2", {agent, one.number});
    for (std::string const& practice : one.missed) connection.post("DELETE FROM interaction_missed WHERE practice = $1 AND interaction = $2", {practice, one.number});
    connection.post("DELETE FROM words WHERE rowid = $1", {one.number});
    connection.post("DELETE FROM blocks WHERE interaction = $1", {one.number});
    connection.post("DELETE FROM tails WHERE interaction = $1", {one.number});
    connection.post("DELETE FROM ledgers WHERE interaction = $1", {one.number});
    connection.post("DELETE FROM blobs WHERE interaction = $1", {one.id});
    connection.post("DELETE FROM person_keys WHERE person = $1", {records::person_of("", one.id)});
    connection.post("DELETE FROM interactions WHERE number = $1", {one.number});
  }
  return purged.size();
}

}  // namespace rapport::store
