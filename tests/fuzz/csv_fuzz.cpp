#include <cstdint>
#include <cstdlib>

#include "people/csv.hpp"

// Whatever the file: records of one width, or one error with a place in the file.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  auto const records = rapport::people::read_csv(text);
  if (!records) {
    if (records.error().message.empty() || records.error().place.line == 0) std::abort();
    return 0;
  }
  for (auto const& record : *records) {
    if (record.empty() || record.size() != records->front().size()) std::abort();
  }
  return 0;
}
