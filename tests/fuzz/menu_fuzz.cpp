// Menus as administrators write them: what can be read comes back as it was, and a call that presses keys as
// the rest of the input says goes through it without end or harm.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/assert.hpp"
#include "centre/menu_document.hpp"
#include "centre/menu_run.hpp"

using namespace rapport;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  std::size_t const line = text.find('\n');
  base::Instant now{1'772'442'000'000};
  auto menu = centre::parse_menu(text.substr(0, line), now);
  if (!menu) return 0;
  auto const again = centre::read_menu(centre::menu_json(*menu), now);
  RAPPORT_ASSERT(again && *again == *menu);
  centre::MenuRun run{std::make_shared<centre::Menu const>(*std::move(menu)), "main"};
  run.begin(now);
  for (char const one : line == std::string_view::npos ? std::string_view{} : text.substr(line)) {
    now = now + 1'000;
    if (one == 's')
      run.spoken(now);
    else if (one == 'r')
      run.refused(now);
    else if (one == 't')
      run.advance(now);
    else if (one == 'f')
      run.fell_silent(now);
    else if (one == 'l')
      run.left(now);
    else
      run.key(one, now);
  }
  return 0;
}
