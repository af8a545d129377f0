#include "centre/numbers_codec.hpp"

#include <fmt/format.h>

#include <array>
#include <tuple>

#include "centre/floor_fields.hpp"

namespace rapport::centre::floor_fields {

constexpr std::array<std::string_view, 2> words(Of<domain::Direction>) { return {"inbound", "outbound"}; }
constexpr std::array<std::string_view, 6> words(Of<insight::LegBook::Stage>) {
  return {"nowhere", "waiting", "parked", "talking", "on_hold", "gone"};
}
constexpr std::array<std::string_view, 7> words(Of<insight::Entry>) {
  return {"arrived", "transferred", "overflowed", "put_back", "retried", "handed", "placed"};
}
constexpr std::array<std::string_view, 8> words(Of<insight::LegEnd>) {
  return {"ended", "abandoned", "overflowed", "transferred", "put_back", "not_reached", "unreachable", "interrupted"};
}
constexpr std::array<std::string_view, 4> words(Of<insight::OfferEnd>) { return {"refused", "no_answer", "not_acknowledged", "withdrawn"}; }
constexpr std::array<std::string_view, insight::agent_state_count> words(Of<insight::AgentState>) {
  return {"talking", "on_hold", "wrap_up", "receiving", "offered", "not_responding", "on_break", "idle", "offline"};
}

constexpr auto fields(Of<insight::MissedOffer>) {
  using T = insight::MissedOffer;
  return std::tuple{field("agent", &T::agent), field("offered_at", &T::offered_at), field("ended_at", &T::ended_at), field("why", &T::why)};
}
/// All but the interaction, which is the contact.
constexpr auto fields(Of<insight::ContactFacts>) {
  using T = insight::ContactFacts;
  return std::tuple{field("brand", &T::brand), field("channel", &T::channel), field("direction", &T::direction), field("consult", &T::consult)};
}
/// All but its number and what it has of its contact.
constexpr auto fields(Of<insight::Leg>) {
  using T = insight::Leg;
  return std::tuple{field("queue", &T::queue), field("agent", &T::agent), field("entry", &T::entry), field("end", &T::end),
                    field("entered_at", &T::entered_at), field("answered_at", &T::answered_at), field("left_at", &T::left_at),
                    field("wait_ms", &T::wait_ms), field("parked_ms", &T::parked_ms), field("talk_ms", &T::talk_ms),
                    field("hold_ms", &T::hold_ms), field("wrap_up_ms", &T::wrap_up_ms), field("holds", &T::holds),
                    field("callback", &T::callback), field("disposition", &T::disposition), field("missed_offers", &T::missed_offers)};
}
constexpr auto fields(Of<insight::LegBook::WrapUp>) {
  using T = insight::LegBook::WrapUp;
  return std::tuple{field("leg", &T::leg), field("since", &T::since)};
}
constexpr auto fields(Of<insight::LegBook::Kept>) {
  using T = insight::LegBook::Kept;
  return std::tuple{field("facts", &T::facts), field("stage", &T::stage), field("now", &T::now), field("offer", &T::offer),
                    field("legs", &T::legs), field("wrapping", &T::wrapping)};
}
constexpr auto fields(Of<Numbers::Kept::Contact>) {
  using T = Numbers::Kept::Contact;
  return std::tuple{field("contact", &T::contact), field("about", &T::about), field("book", &T::book)};
}
constexpr auto fields(Of<Numbers::Kept::Agent>) {
  using T = Numbers::Kept::Agent;
  return std::tuple{field("agent", &T::agent), field("state", &T::state), field("since", &T::since), field("counted", &T::counted)};
}
constexpr auto fields(Of<Numbers::Kept>) {
  using T = Numbers::Kept;
  return std::tuple{field("contacts", &T::contacts), field("agents", &T::agents), field("counted", &T::counted), field("counting", &T::counting)};
}

constexpr auto fields(Of<HoldStarted>) { return std::tuple{field("at", &HoldStarted::at), field("contact", &HoldStarted::contact)}; }
constexpr auto fields(Of<HoldEnded>) { return std::tuple{field("at", &HoldEnded::at), field("contact", &HoldEnded::contact)}; }
constexpr auto fields(Of<TimeCounted>) {
  using T = TimeCounted;
  return std::tuple{field("at", &T::at), field("after", &T::after), field("until", &T::until)};
}
constexpr auto fields(Of<TimeResumed>) { return std::tuple{field("last", &TimeResumed::last), field("at", &TimeResumed::at)}; }

}  // namespace rapport::centre::floor_fields

#include "centre/floor_json.hpp"  // reads and writes by the fields above

namespace rapport::centre {
namespace {

using floor_fields::read;
using floor_fields::write;

// In the order of NumbersEvent.
constexpr std::array<std::string_view, 4> kinds{"hold_started", "hold_ended", "time_counted", "time_resumed"};
static_assert(kinds.size() == std::variant_size_v<NumbersEvent>);
/// The floor's own events are lists.
constexpr std::string_view opening = "{\"numbers\":";

template <std::size_t... index>
bool read_kind(Trouble& trouble, Place const& place, json::value const& value, std::size_t number, NumbersEvent& event, std::index_sequence<index...>) {
  bool good = false;
  ((index == number ? void(good = read(trouble, place, value, event.emplace<index>())) : void()), ...);
  return good;
}

/// Gives the legs back what they have of their contact.
void complete(Numbers::Kept::Contact& contact) {
  insight::ContactFacts& facts = contact.book.facts;
  facts.interaction = id_text(contact.contact);
  std::uint32_t number = 0;
  for (insight::Leg& leg : contact.book.legs) {
    leg.interaction = facts.interaction;
    leg.brand = facts.brand;
    leg.channel = facts.channel;
    leg.direction = facts.direction;
    leg.consult = facts.consult;
    leg.number = number++;
  }
}

/// What a book rests on: a leg that runs where it runs, and wrap-ups of legs that are there.
bool holds_together(insight::LegBook::Kept const& book) {
  using Stage = insight::LegBook::Stage;
  bool const answered = book.stage == Stage::talking || book.stage == Stage::on_hold;
  if (book.legs.empty() || book.stage == Stage::nowhere) return false;
  if (answered != (book.stage != Stage::gone && book.legs.back().answered())) return false;
  if (book.offer && book.stage != Stage::waiting) return false;
  return std::ranges::all_of(book.wrapping, [&](auto const& wrap_up) { return wrap_up.leg < book.legs.size(); });
}

}  // namespace

std::string encode(NumbersEvent const& event) {
  std::string out{opening};
  out += '"';
  out += kinds[event.index()];
  out += "\",\"event\":";
  std::visit([&](auto const& what) { write(out, what); }, event);
  out += '}';
  return out;
}

bool is_numbers_event(std::string_view text) { return text.starts_with(opening); }

base::Result<NumbersEvent> decode_numbers_event(std::string_view text) {
  auto const value = parse_json(text, "numbers event");
  if (!value) return value.error();
  Trouble trouble;
  Place const root;
  ObjectReader object{trouble, root};
  if (!object.open(*value)) return trouble.error();
  json::value const* const kind = object.need("numbers");
  json::value const* const what = kind != nullptr ? object.need("event") : nullptr;
  std::string name;
  if (what == nullptr || !read_text(trouble, object.at("numbers"), *kind, name) || !object.close()) return trouble.error();
  auto const number = static_cast<std::size_t>(std::ranges::find(kinds, name) - kinds.begin());
  if (number == kinds.size()) {
    trouble.wrong(object.at("numbers"), *kind, fmt::format("one of {}", fmt::join(kinds, ", ")));
    return trouble.error();
  }
  NumbersEvent event;
  bool const good = read_kind(trouble, object.at("event"), *what, number, event, std::make_index_sequence<std::variant_size_v<NumbersEvent>>{});
  if (!good) return trouble.error();
  return event;
}

std::string encode(Numbers::Kept const& kept) {
  std::string out;
  write(out, kept);
  return out;
}

base::Result<Numbers::Kept> decode_numbers(std::string_view text) {
  auto const value = parse_json(text, "numbers");
  if (!value) return value.error();
  Trouble trouble;
  Numbers::Kept kept;
  if (!read(trouble, Place{}, *value, kept)) return trouble.error();
  for (Numbers::Kept::Contact& contact : kept.contacts) {
    complete(contact);
    if (!holds_together(contact.book)) return base::Error{fmt::format("numbers: the legs of contact {} contradict each other", id_text(contact.contact))};
  }
  return kept;
}

}  // namespace rapport::centre
