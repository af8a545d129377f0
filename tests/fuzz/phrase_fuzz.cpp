// The phrase notation and the tokeniser: lines up to an empty one are phrases (those that begin
// with "!" are what the one before is not), all after it is the text to search.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>
#include <vector>

#include "base/assert.hpp"
#include "signals/phrase_chain.hpp"
#include "signals/phrase_notation.hpp"
#include "signals/phrase_program.hpp"
#include "signals/tokeniser.hpp"

namespace {

using namespace rapport;
using namespace rapport::signals;

constexpr std::size_t phrases_max = 16;

std::string_view take_line(std::string_view& rest) {
  std::size_t const end = std::min(rest.find('\n'), rest.size());
  std::string_view const line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

/// Every token lies in the text and in its sentence, and the sentences cover all tokens in order.
void check_words(Words const& words) {
  std::uint32_t next = 0;
  for (std::size_t index = 0; index < words.sentences.size(); ++index) {
    Sentence const& sentence = words.sentences[index];
    RAPPORT_ASSERT(sentence.first_token == next && sentence.token_count > 0);
    next += sentence.token_count;
    RAPPORT_ASSERT(next <= words.tokens.size());
    for (std::uint32_t at = sentence.first_token; at < next; ++at) {
      Token const& token = words.tokens[at];
      RAPPORT_ASSERT(token.sentence == index && token.begin < token.end && token.end <= words.text.size());
      RAPPORT_ASSERT(at == 0 || words.tokens[at - 1].begin <= token.begin);
    }
  }
  RAPPORT_ASSERT(next == words.tokens.size());
}

/// In order, within one sentence each, and no two of one signal over each other.
void check_matches(std::vector<PhraseMatch> const& matches, Words const& words) {
  for (std::size_t index = 0; index < matches.size(); ++index) {
    PhraseMatch const& match = matches[index];
    RAPPORT_ASSERT(match.first <= match.last && match.last < words.tokens.size());
    RAPPORT_ASSERT(words.tokens[match.first].sentence == words.tokens[match.last].sentence);
    if (index == 0) continue;
    PhraseMatch const& before = matches[index - 1];
    RAPPORT_ASSERT(before.signal < match.signal || (before.signal == match.signal && before.last < match.first));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view rest{reinterpret_cast<char const*>(data), size};
  static Expression const animal{Expression::Kind::choice, {}, 0, 0, {{Expression::Kind::word, 2, 0, 0, {}}}};
  FindClass const find_class = [](std::string_view name) -> base::Result<Expression const*> {
    if (name == "class") return &animal;
    return base::Error{"no class of that name"};
  };
  WordTable words;
  std::deque<Chain> chains;
  std::vector<PhraseRule> rules;
  SignalId signal = 0;
  for (std::size_t count = 0; count < phrases_max; ++count) {
    std::string_view line = take_line(rest);
    if (line.empty()) break;
    bool const cancels = line.starts_with('!');
    if (cancels) line.remove_prefix(1);
    base::Result<Expression> const parsed = parse_phrase(line, words, find_class);
    base::Result<std::vector<Chain>> const readings = parsed ? chains_of(*parsed) : parsed.error();
    RAPPORT_ASSERT(readings || !readings.error().message.empty());
    if (!readings) continue;
    if (!cancels) ++signal;
    for (Chain const& chain : *readings) rules.push_back({signal, cancels, &chains.emplace_back(chain)});
  }
  Words text;
  Tokeniser{words}.tokenise(rest, text);
  check_words(text);
  base::Result<PhraseProgram> const program = PhraseProgram::compile(rules, words);
  if (!program) return 0;
  PhraseScratch scratch;
  std::vector<PhraseMatch> found;
  program->find(text, scratch, found);
  check_matches(found, text);
  std::vector<PhraseMatch> again;
  program->find(text, scratch, again);
  RAPPORT_ASSERT(found == again);
  return 0;
}
