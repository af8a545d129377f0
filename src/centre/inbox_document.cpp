#include "centre/inbox_document.hpp"

#include <boost/json.hpp>

namespace rapport::centre {
namespace json = boost::json;

namespace {

using State = InboxItem::State;

std::optional<State> parse_state(std::string_view text) {
  for (State const state : {State::open, State::taken, State::done}) {
    if (name(state) == text) return state;
  }
  return std::nullopt;
}

std::string text_in(json::object const& object, std::string_view field) {
  json::value const* const value = object.if_contains(field);
  return value != nullptr && value->is_string() ? std::string{std::string_view{value->get_string()}} : std::string{};
}

}  // namespace

std::string_view name(State state) {
  switch (state) {
    case State::open:
      return "open";
    case State::taken:
      return "taken";
    case State::done:
      return "done";
  }
  return {};
}

std::string inbox_lookup(std::string_view interaction) { return "interaction:" + std::string{interaction}; }

records::PutDocument inbox_document(InboxItem const& item, std::optional<std::int64_t> expected) {
  Raised const& raised = item.raised;
  json::object const body{{"kind", name(raised.kind)},
                          {"interaction", raised.interaction},
                          {"agent", raised.agent},
                          {"practice", raised.practice},
                          {"event", raised.event},
                          {"text", raised.text},
                          {"at", base::format_rfc3339(raised.at)},
                          {"state", name(item.state)},
                          {"by", item.by},
                          {"changed_at", base::format_rfc3339(item.changed_at)},
                          {"note", item.note}};
  records::PutDocument document;
  document.kind = item.state == State::done ? inbox_done_kind : inbox_kind;
  document.id = raised.id;
  document.brand = raised.brand;
  document.person = item.person;
  document.body = json::serialize(body);
  document.expected = expected;
  document.lookups = {inbox_lookup(raised.interaction)};
  return document;
}

std::optional<InboxItem> inbox_item(records::Document const& document) {
  boost::system::error_code failed;
  json::value const parsed = json::parse(document.body, failed);
  json::object const* const body = failed ? nullptr : parsed.if_object();
  if (body == nullptr) return std::nullopt;
  auto const kind = parse_raised_kind(text_in(*body, "kind"));
  auto const state = parse_state(text_in(*body, "state"));
  auto const at = base::parse_rfc3339(text_in(*body, "at"));
  auto const changed_at = base::parse_rfc3339(text_in(*body, "changed_at"));
  if (!kind || !state || !at || !changed_at) return std::nullopt;
  InboxItem item;
  item.raised = {*kind, document.id, text_in(*body, "interaction"), document.brand, text_in(*body, "agent"), text_in(*body, "practice"), text_in(*body, "event"), text_in(*body, "text"), *at};
  item.person = document.person;
  item.state = *state;
  item.by = text_in(*body, "by");
  item.changed_at = *changed_at;
  item.note = text_in(*body, "note");
  return item;
}

}  // namespace rapport::centre
