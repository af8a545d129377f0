// The HTTP request reader: the first byte says into what pieces the rest is cut. However it is cut,
// the reader comes to the same end.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "server/http/request_reader.hpp"

namespace {

using namespace rapport;
using namespace rapport::server::http;

constexpr std::size_t body_max = 1'000;

struct End {
  bool head = false;
  bool done = false;
  int refused = 0;
  std::string target;
  std::string body;

  bool operator==(End const&) const = default;
};

End read(std::string_view bytes, std::size_t piece) {
  RequestReader reader;
  std::string waiting;
  bool body = false;
  while (true) {
    std::size_t const taken = reader.feed(waiting);
    RAPPORT_ASSERT(taken <= waiting.size());
    waiting.erase(0, taken);
    if (reader.refused() || reader.done()) break;
    if (reader.head_done() && !body) {
      body = true;
      reader.read_body(body_max);
      continue;
    }
    if (bytes.empty()) break;
    waiting.append(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  RAPPORT_ASSERT(reader.body().size() <= body_max);
  RAPPORT_ASSERT(reader.headers().entries().size() <= limits::http_headers_max);
  End end{reader.head_done(), reader.done(), reader.refused() ? reader.refused()->status : 0, {}, {}};
  if (end.done) {
    end.target = reader.target();
    end.body = reader.body();
  }
  return end;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  constexpr std::size_t input_max = 4'096;  // longer ones reach the limits of size, where the cut decides which comes first
  if (size == 0 || size > input_max) return 0;
  std::string_view const bytes{reinterpret_cast<char const*>(data) + 1, size - 1};
  End const whole = read(bytes, size);
  End const cut = read(bytes, 1U + data[0] % 32U);
  // A request that came to its end is the same; one that is refused is refused, though perhaps earlier.
  RAPPORT_ASSERT(whole.done == cut.done && (whole.refused == 0) == (cut.refused == 0));
  if (whole.done && whole.refused == 0) RAPPORT_ASSERT(whole == cut);
  return 0;
}
