#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "timeline/formats/json_field.hpp"

/// Times in transcripts, whatever their unit.
namespace rapport::timeline::formats {

/// A time as a transcript gave it. A bare whole number may be seconds or milliseconds: only all
/// times of a transcript together tell.
struct LooseTime {
  enum class Unit : std::uint8_t { bare,
                                   millis,
                                   moment };

  Unit unit = Unit::bare;
  std::int64_t value = 0;  ///< bare: the number in thousandths; millis; moment: since 1970

  bool operator==(LooseTime const&) const = default;
};

/// A field's name in lower case without punctuation, so that "startTime" and "start_time" are one.
std::string plain_key(std::string_view key);

/// Reads a number, "12.5", "12.5s", "00:01:02", "PT1.5S", a date and time, {"seconds": 1, "nanos":
/// 5}. `key`: a plain_key; its ending may name the unit.
std::optional<LooseTime> read_loose_time(std::string_view key, JsonElement element);

/// What bare numbers of a transcript are.
enum class BareUnit : std::uint8_t { seconds,
                                     millis };

/// Milliseconds from `origin`, the moment at which the transcript's recording began.
base::Millis to_millis(LooseTime time, BareUnit bare, base::Instant origin);

}  // namespace rapport::timeline::formats
