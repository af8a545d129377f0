#include "centre/publication.hpp"

#include "base/assert.hpp"

namespace rapport::centre {

std::string_view name(Stage stage) {
  switch (stage) {
    case Stage::waiting:
      return "waiting";
    case Stage::offered:
      return "offered";
    case Stage::connected:
      return "connected";
    case Stage::parked:
      return "parked";
    case Stage::over:
      return "over";
    case Stage::finished:
      return "finished";
  }
  RAPPORT_ASSERT(false);
  return {};
}

std::string_view name(AgentNews::Kind kind) {
  switch (kind) {
    case AgentNews::Kind::offer:
      return "offer";
    case AgentNews::Kind::offer_gone:
      return "offer_gone";
    case AgentNews::Kind::connected:
      return "connected";
    case AgentNews::Kind::receiving:
      return "receiving";
    case AgentNews::Kind::acknowledged:
      return "acknowledged";
    case AgentNews::Kind::wrap_up:
      return "wrap_up";
    case AgentNews::Kind::gone:
      return "gone";
    case AgentNews::Kind::presence:
      return "presence";
  }
  RAPPORT_ASSERT(false);
  return {};
}

std::string_view name(AgentState::Asked::State state) {
  switch (state) {
    case AgentState::Asked::State::waiting:
      return "waiting";
    case AgentState::Asked::State::offered:
      return "offered";
    case AgentState::Asked::State::reading:
      return "reading";
    case AgentState::Asked::State::read:
      return "read";
  }
  RAPPORT_ASSERT(false);
  return {};
}

std::string_view name(Raised::Kind kind) {
  switch (kind) {
    case Raised::Kind::flag:
      return "flag";
    case Raised::Kind::help:
      return "help";
    case Raised::Kind::missed:
      return "missed";
  }
  return {};
}

std::optional<Raised::Kind> parse_raised_kind(std::string_view text) {
  for (Raised::Kind const kind : {Raised::Kind::flag, Raised::Kind::help, Raised::Kind::missed}) {
    if (name(kind) == text) return kind;
  }
  return std::nullopt;
}

}  // namespace rapport::centre
