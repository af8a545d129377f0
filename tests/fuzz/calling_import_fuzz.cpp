#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/phone_limits.hpp"
#include "customers/callee.hpp"
#include "server/api/calling_import.hpp"

// Whatever the file: entries with a number each, and refused lines that say where and what was expected.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  auto const read_number = [](std::string_view number) -> rapport::base::Result<std::pair<std::string, std::string>> {
    auto const callee = rapport::customers::read_callee(number, "GB");
    if (!callee) return rapport::base::Error{"a number"};
    return std::pair{callee->number, callee->region};
  };
  auto const file = rapport::server::api::read_calling_file(text, read_number);
  for (auto const& one : file.entries) {
    if (one.entry.number.empty() || one.reference.empty() || one.fields.size() > rapport::limits::calling_fields_max) std::abort();
  }
  if (file.refused.size() > rapport::limits::calling_refused_max || (file.refused.size() == rapport::limits::calling_refused_max && file.whole)) std::abort();
  for (auto const& one : file.refused) {
    if (one.expected.empty() || one.place.line == 0) std::abort();
  }
  return 0;
}
