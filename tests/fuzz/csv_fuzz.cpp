#include <cstdint>
#include <cstdlib>

#include "people/csv.hpp"

// Whatever the file: records of one width, or one error with a place in the file. Line by line: the same where
// no line is wrong, and no more of either than was allowed.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  auto const records = rapport::people::read_csv(text);
  auto const lines = rapport::people::read_csv_lines(text, 50, 20);
  if (lines.records.size() > 50 || lines.refused.size() > 20 || (!lines.whole && lines.refused.empty())) std::abort();
  for (auto const& record : lines.records) {
    if (record.size() != lines.records.front().size()) std::abort();
  }
  if (records && lines.whole && (!lines.refused.empty() || lines.records != *records)) std::abort();
  if (!records) {
    if (records.error().message.empty() || records.error().place.line == 0) std::abort();
    return 0;
  }
  for (auto const& record : *records) {
    if (record.empty() || record.size() != records->front().size()) std::abort();
  }
  return 0;
}
