#include "records/newest_first.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace rapport::records {

std::string newest_first_id(base::Instant at, std::string_view rest) {
  constexpr std::int64_t most = (std::int64_t{1} << 48U) - 1;  // the year 10889
  return fmt::format("{:012x}-{}", most - std::clamp<std::int64_t>(at.since_epoch, 0, most), rest);
}

}  // namespace rapport::records
