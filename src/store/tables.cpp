#include "store/schema.hpp"

namespace rapport::store {

std::vector<Table> const& tables() {
  static std::vector<Table> const all{
      {"facts", "tb", {"name", "value"}, "name"},
      {"person_keys", "itb", {"id", "person", "wrapped"}, "id"},
      {"documents", "tttiitb", {"kind", "id", "brand", "version", "changed_at", "person", "body"}, "kind, id"},
      {"document_names", "btt", {"hash", "kind", "id"}, "hash"},
      {"document_lookups", "btt", {"hash", "id", "kind"}, "hash, id"},
      {"interactions",
       "itttttbttiittibi",
       {"number", "id", "brand", "channel", "direction", "queue", "agents", "customer", "case_id", "started_at", "closed_at",
        "disposition", "outcome", "score", "missed", "ledger"},
       "number"},
      {"interaction_agents", "ti", {"agent", "interaction"}, "agent, interaction"},
      {"interaction_missed", "ti", {"practice", "interaction"}, "practice, interaction"},
      {"heads", "ibb", {"interaction", "skeleton", "personal"}, "interaction"},
      {"live_events", "iiiitbb", {"position", "interaction", "previous", "number", "person", "skeleton", "personal"}, "position"},
      {"blocks", "ibb", {"interaction", "skeleton", "personal"}, "interaction"},
      {"tails", "iibb", {"interaction", "number", "skeleton", "personal"}, "interaction, number"},
      {"ledgers",
       "iitttiibbi",
       {"interaction", "position", "engine", "playbook", "models", "made_at", "score", "missed", "body", "events"},
       "interaction, position"},
      {"floor_events", "ib", {"position", "event"}, "position"},
      {"floor_snapshot", "ib", {"one", "snapshot"}, "one"},
      {"counters", "tib", {"key", "start", "amounts"}, "key, start"},
      {"audit", "iitttttt", {"number", "at", "who", "action", "subject", "brand", "address", "detail"}, "number"},
      {"answers", "tttibi", {"principal", "key", "request", "status", "body", "at"}, "principal, key"},
      {"blobs", "ttttbb", {"id", "interaction", "person", "media_type", "name", "content"}, "id"},
  };
  return all;
}

}  // namespace rapport::store
