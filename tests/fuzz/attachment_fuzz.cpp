// A file that somebody attaches, and what they call it: whatever comes, its kind is one of ours or none, no
// markup is text, and the name is safe to keep, to show and to save under.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "records/check.hpp"
#include "server/attachments/kind.hpp"
#include "server/attachments/name.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace rapport::server::attachments;
  std::string_view const bytes{reinterpret_cast<char const*>(data), size};
  auto const kind = kind_of(bytes);
  if (kind && kind->extension == ".txt") {
    RAPPORT_ASSERT(rapport::records::is_plain_text(bytes));
    RAPPORT_ASSERT(bytes.find("<s") == std::string_view::npos || bytes.find("<s") >= 4'095);
  }
  for (Kind const& given : {kind.value_or(Kind{"image/jpeg", ".jpg"}), Kind{"application/pdf", ".pdf"}}) {
    auto const name = safe_name(bytes, given);
    RAPPORT_ASSERT(!name.empty() && name.size() <= rapport::limits::attachment_name_bytes_max);
    RAPPORT_ASSERT(rapport::records::is_plain_text(name));
    RAPPORT_ASSERT(name.find_first_of("/\\\"\r\n:;") == std::string_view::npos && name.front() != '.');
    RAPPORT_ASSERT(safe_name(name, given) == name);
    auto const header = disposition(name);
    for (char const c : header) RAPPORT_ASSERT(c >= 0x20 && c < 0x7F);
  }
  return 0;
}
