#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

/// Numbers with units, as a playbook writes them. Pure functions of text; exact, in integers.
namespace rapport::playbook {

/// A number and what follows it: "20 s" and "20s" are {20000, "s"}. At most a thousand million.
struct Quantity {
  std::int64_t thousandths = 0;
  std::string_view unit;
};
std::optional<Quantity> parse_quantity(std::string_view text);

/// ms, s, min or h.
bool is_time_unit(std::string_view unit);
inline constexpr std::string_view time_units = "ms, s, min or h";

/// Milliseconds of a quantity with a unit of time (ms, s, min, h); nothing for another unit, for
/// parts of a millisecond, below zero or over limits::interaction_span_max.
std::optional<base::Millis> to_millis(Quantity quantity);
/// The same from text: "500 ms".
std::optional<base::Millis> parse_millis(std::string_view text);

/// A band: `LOW..HIGH`, either end open, the unit after both ends or only after the last.
/// In thousandths of the measure's own unit: seconds and shares of one in thousandths (so 120 s is
/// 120 000 and 30 % is 300), counts and words a minute times thousand.
struct Band {
  std::optional<std::int64_t> low;
  std::optional<std::int64_t> high;
};
std::optional<Band> parse_band(std::string_view text);

/// A band of whole numbers from 0, without a unit; a single number is a band of its own.
std::optional<Band> parse_count_band(std::string_view text);

/// "20 s", "1.5 min", "500 ms": the shortest exact way to write it.
std::string write_millis(base::Millis span);
/// 1500 is "1.5".
std::string write_thousandths(std::int64_t thousandths);

}  // namespace rapport::playbook
