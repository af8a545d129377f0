#include "insight/leg.hpp"

#include <array>

namespace rapport::insight {
namespace {

// In the order of the enumerations.
constexpr std::array<std::string_view, 7> entries{"arrived", "transferred", "overflowed", "put_back",
                                                  "retried", "handed", "placed"};
constexpr std::array<std::string_view, 8> leg_ends{"ended", "abandoned", "overflowed", "transferred",
                                                   "put_back", "not_reached", "unreachable", "interrupted"};
constexpr std::array<std::string_view, 4> offer_ends{"refused", "no_answer", "not_acknowledged", "withdrawn"};

template <typename Value, std::size_t count>
std::optional<Value> parse(std::array<std::string_view, count> const& names, std::string_view text) {
  for (std::size_t i = 0; i < count; ++i) {
    if (names[i] == text) return static_cast<Value>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(Entry entry) { return entries[static_cast<std::size_t>(entry)]; }
std::string_view name(LegEnd end) { return leg_ends[static_cast<std::size_t>(end)]; }
std::string_view name(OfferEnd end) { return offer_ends[static_cast<std::size_t>(end)]; }

std::optional<Entry> parse_entry(std::string_view text) { return parse<Entry>(entries, text); }
std::optional<LegEnd> parse_leg_end(std::string_view text) { return parse<LegEnd>(leg_ends, text); }
std::optional<OfferEnd> parse_offer_end(std::string_view text) { return parse<OfferEnd>(offer_ends, text); }

}  // namespace rapport::insight
