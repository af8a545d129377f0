#include "centre/party.hpp"

#include "base/assert.hpp"

namespace rapport::centre {

std::string_view name(Party::Kind kind) {
  switch (kind) {
    case Party::Kind::consulted:
      return "consulted";
    case Party::Kind::joined:
      return "joined";
    case Party::Kind::monitoring:
      return "monitoring";
    case Party::Kind::whispering:
      return "whispering";
    case Party::Kind::barging:
      return "barging";
  }
  RAPPORT_ASSERT(false);
  return {};
}

std::string_view listening_name(Party::Kind kind) {
  switch (kind) {
    case Party::Kind::monitoring:
      return "monitor";
    case Party::Kind::whispering:
      return "whisper";
    case Party::Kind::barging:
      return "barge";
    case Party::Kind::consulted:
    case Party::Kind::joined:
      break;
  }
  RAPPORT_ASSERT(false);
  return {};
}

std::optional<Party::Kind> parse_listening(std::string_view text) {
  for (Party::Kind const kind : {Party::Kind::monitoring, Party::Kind::whispering, Party::Kind::barging}) {
    if (listening_name(kind) == text) return kind;
  }
  return std::nullopt;
}

}  // namespace rapport::centre
