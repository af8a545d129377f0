#include "signals/tokeniser.hpp"

#include <limits>

#include "base/assert.hpp"
#include "signals/scanner.hpp"

namespace rapport::signals {

void Tokeniser::tokenise(std::string_view text, Words& words) const {
  RAPPORT_ASSERT(text.size() < std::numeric_limits<std::uint32_t>::max());
  Scanner{text, words, *table_, nullptr}.run();
}

void tokenise_and_learn(std::string_view text, Words& words, WordTable& table) {
  RAPPORT_ASSERT(text.size() < std::numeric_limits<std::uint32_t>::max());
  Scanner{text, words, table, &table}.run();
}

}  // namespace rapport::signals
