// How fast texts become words, and words matches. "bare_trie" is the limit to compare with, in the
// same run: the least that any search for whole phrases does, a walk in a trie over word ids from
// every token, with nothing but literal phrases, no sentences, no overlaps, no signals. On an idle
// machine of this kind such a trie made 329 MB/s (65 M tokens/s) over ids and 106 MB/s from raw
// text; RE2::Set 58 to 100 MB/s without gaps and 2.8 MB/s with them.
//
// The text is that of the labelled conversations, an utterance at a time; RAPPORT_BENCH_TEXT names
// a file with an utterance a line to read instead. A pass is about 1 MB, so that the tokens lie in
// the cache, as they do in a reader that has just made them.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "signals/phrase_chain.hpp"
#include "signals/phrase_program.hpp"
#include "signals/tokeniser.hpp"

namespace {

using namespace rapport;

constexpr std::size_t text_bytes = 1'000'000;
constexpr std::size_t phrase_count = 2'000;

/// A small generator with a fixed start, so that every run measures the same.
class Dice {
 public:
  std::size_t below(std::size_t bound) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state_ >> 33U) % bound;
  }

 private:
  std::uint64_t state_ = 42;
};

/// The values of "text" in a file of JSON lines; escapes other than quotes stay as they are.
void take_texts(std::string const& path, std::vector<std::string>& texts) {
  std::ifstream file(path);
  std::string const content{std::istreambuf_iterator<char>(file), {}};
  std::string_view const key = "\"text\": \"";
  for (std::size_t at = content.find(key); at != std::string::npos; at = content.find(key, at)) {
    at += key.size();
    std::string text;
    for (; at < content.size() && content[at] != '"'; ++at) {
      if (content[at] == '\\') ++at;
      text += content[at];
    }
    texts.push_back(std::move(text));
  }
}

std::vector<std::string> const& utterances() {
  static std::vector<std::string> const all = [] {
    std::vector<std::string> texts;
    if (char const* const path = std::getenv("RAPPORT_BENCH_TEXT")) {
      std::ifstream file(path);
      for (std::string line; std::getline(file, line);) texts.push_back(line);
    } else {
      std::string const folder = RAPPORT_SOURCE_DIR "/tests/labelled/";
      for (char const* const name : {"check/conversations.jsonl", "build/a.jsonl", "build/b.jsonl"}) take_texts(folder + name, texts);
    }
    if (texts.empty()) std::abort();
    Dice dice;
    std::vector<std::string> repeated;
    for (std::size_t bytes = 0; bytes < text_bytes; bytes += repeated.back().size() + 1) repeated.push_back(texts[dice.below(texts.size())]);
    return repeated;
  }();
  return all;
}

std::int64_t bytes_of(std::vector<std::string> const& texts) {
  std::int64_t bytes = 0;
  for (std::string const& text : texts) bytes += static_cast<std::int64_t>(text.size());
  return bytes;
}

enum class Notation { plain,
                      rich };

/// Two to five words out of one utterance; in the rich notation some words give way to gaps, stems,
/// alternatives and optional words.
std::string phrase_from(std::vector<std::string> const& words, Notation notation, Dice& dice) {
  std::size_t const length = 2 + dice.below(4);
  if (words.size() < length) return {};
  std::size_t const first = dice.below(words.size() - length + 1);
  std::string phrase = words[first];
  for (std::size_t index = first + 1; index < first + length; ++index) {
    std::string word = words[index];
    bool const last = index + 1 == first + length;
    std::size_t const change = notation == Notation::rich ? dice.below(12) : 99;
    if (change == 0 && word.size() > 5) word = word.substr(0, word.size() - 2) + '*';
    if (change == 1) word = "(" + word + "|" + words[dice.below(words.size())] + ")";
    if (change == 2) word = "[" + word + "]";
    if (change == 3 && !last) word = "[..4]";
    if (change == 4) word = "[..2] " + word;
    phrase += ' ' + word;
  }
  return phrase;
}

/// A vocabulary and the program of phrases over it.
struct Lexicon {
  signals::WordTable words;
  signals::PhraseProgram program;
  std::vector<std::vector<signals::WordId>> literal;  ///< the phrases as plain words, where they are

  explicit Lexicon(Notation notation) {
    std::vector<signals::Chain> chains;
    std::vector<std::size_t> owners;
    Dice dice;
    std::set<std::string> drawn;
    for (std::size_t count = 0; count < phrase_count;) {
      std::string const phrase = draw(notation, dice);
      if (!drawn.insert(phrase).second) continue;
      auto const parsed = signals::parse_phrase(phrase, words, [](std::string_view) { return base::Error{"no classes here"}; });
      auto readings = parsed ? signals::chains_of(*parsed) : parsed.error();
      if (!readings) continue;
      std::vector<signals::WordId>& ids = literal.emplace_back();
      for (signals::Expression const& part : parsed->parts) ids.push_back(part.word);
      for (signals::Chain& chain : *readings) chains.push_back(std::move(chain));
      owners.resize(chains.size(), count++);
    }
    std::vector<signals::PhraseRule> rules;
    for (std::size_t index = 0; index < chains.size(); ++index) {
      rules.push_back({static_cast<signals::SignalId>(owners[index] / 8), false, &chains[index]});
    }
    auto compiled = signals::PhraseProgram::compile(rules, words);
    if (!compiled) std::abort();
    program = std::move(*compiled);
  }

  std::string draw(Notation notation, Dice& dice) {
    signals::Words read;
    signals::tokenise_and_learn(utterances()[dice.below(utterances().size())], read, scratch_);
    std::vector<std::string> spelt;
    for (signals::Token const& token : read.tokens) {
      if (scratch_.spelling(token.word).find_first_of("@/:") == std::string_view::npos) spelt.emplace_back(scratch_.spelling(token.word));
    }
    return phrase_from(spelt, notation, dice);
  }

 private:
  signals::WordTable scratch_;
};

Lexicon const& lexicon(Notation notation) {
  static Lexicon const plain{Notation::plain};
  static Lexicon const rich{Notation::rich};
  return notation == Notation::plain ? plain : rich;
}

void report(benchmark::State& state, std::size_t tokens, std::size_t matches) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * bytes_of(utterances()));
  state.counters["tokens/s"] = benchmark::Counter(static_cast<double>(tokens), benchmark::Counter::kIsIterationInvariantRate);
  state.counters["matches"] = benchmark::Counter(static_cast<double>(matches));
}

void tokenise(benchmark::State& state) {
  signals::Tokeniser const tokeniser{lexicon(Notation::plain).words};
  signals::Words words;
  std::size_t tokens = 0;
  for (auto _ : state) {
    tokens = 0;
    for (std::string const& text : utterances()) {
      tokeniser.tokenise(text, words);
      tokens += words.tokens.size();
    }
  }
  report(state, tokens, 0);
}

std::vector<signals::Words> tokenised(signals::WordTable const& words, std::size_t& tokens) {
  std::vector<signals::Words> texts(utterances().size());
  for (std::size_t index = 0; index < texts.size(); ++index) {
    signals::Tokeniser{words}.tokenise(utterances()[index], texts[index]);
    tokens += texts[index].tokens.size();
  }
  return texts;
}

/// A trie over word ids, its edges in one open table.
class BareTrie {
 public:
  explicit BareTrie(std::vector<std::vector<signals::WordId>> const& phrases) : edges_(capacity), ends_(1) {
    for (std::vector<signals::WordId> const& phrase : phrases) {
      std::uint32_t node = 0;
      for (signals::WordId const word : phrase) node = grow(node, word);
      ends_[node] = true;
    }
  }

  std::size_t count(std::vector<signals::WordId> const& words) const {
    std::size_t matches = 0;
    for (std::size_t begin = 0; begin < words.size(); ++begin) {
      std::uint32_t node = 0;
      for (std::size_t at = begin; at < words.size(); ++at) {
        Edge const& edge = edges_[slot(node, words[at])];
        if (edge.key == 0) break;
        node = edge.to;
        matches += ends_[node] ? 1U : 0U;
      }
    }
    return matches;
  }

 private:
  static constexpr std::size_t capacity = 1U << 15U;
  struct Edge {
    std::uint64_t key = 0;
    std::uint32_t to = 0;
  };

  std::size_t slot(std::uint32_t node, signals::WordId word) const {
    std::uint64_t const key = std::uint64_t{node} << 32U | word;
    std::size_t at = key * 0x9E3779B97F4A7C15ULL >> 49U;
    while (edges_[at].key != 0 && edges_[at].key != key) at = (at + 1) % capacity;
    return at;
  }

  std::uint32_t grow(std::uint32_t node, signals::WordId word) {
    Edge& edge = edges_[slot(node, word)];
    if (edge.key == 0) {
      edge = {std::uint64_t{node} << 32U | word, static_cast<std::uint32_t>(ends_.size())};
      ends_.push_back(false);
    }
    return edge.to;
  }

  std::vector<Edge> edges_;
  std::vector<bool> ends_;
};

void bare_trie(benchmark::State& state) {
  Lexicon const& used = lexicon(Notation::plain);
  BareTrie const trie{used.literal};
  std::size_t tokens = 0;
  std::vector<std::vector<signals::WordId>> texts;
  for (signals::Words const& words : tokenised(used.words, tokens)) {
    std::vector<signals::WordId>& ids = texts.emplace_back();
    for (signals::Token const& token : words.tokens) ids.push_back(token.word);
  }
  std::size_t matches = 0;
  for (auto _ : state) {
    matches = 0;
    for (std::vector<signals::WordId> const& ids : texts) matches += trie.count(ids);
  }
  report(state, tokens, matches);
}

void match_words(benchmark::State& state, Notation notation) {
  Lexicon const& used = lexicon(notation);
  std::size_t tokens = 0;
  std::vector<signals::Words> const texts = tokenised(used.words, tokens);
  signals::PhraseScratch scratch;
  std::vector<signals::PhraseMatch> found;
  std::size_t matches = 0;
  for (auto _ : state) {
    matches = 0;
    for (signals::Words const& words : texts) {
      found.clear();
      used.program.find(words, scratch, found);
      matches += found.size();
    }
  }
  report(state, tokens, matches);
}

void match_text(benchmark::State& state, Notation notation) {
  Lexicon const& used = lexicon(notation);
  signals::Tokeniser const tokeniser{used.words};
  signals::Words words;
  signals::PhraseScratch scratch;
  std::vector<signals::PhraseMatch> found;
  std::size_t tokens = 0;
  std::size_t matches = 0;
  for (auto _ : state) {
    tokens = matches = 0;
    for (std::string const& text : utterances()) {
      tokeniser.tokenise(text, words);
      found.clear();
      used.program.find(words, scratch, found);
      tokens += words.tokens.size();
      matches += found.size();
    }
  }
  report(state, tokens, matches);
}

void compile_phrases(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Lexicon{Notation::rich}.program.state_count());
  state.counters["states"] = static_cast<double>(lexicon(Notation::rich).program.state_count());
}

BENCHMARK(bare_trie)->Unit(benchmark::kMillisecond);
BENCHMARK(tokenise)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(match_words, plain, Notation::plain)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(match_words, with_gaps, Notation::rich)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(match_text, plain, Notation::plain)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(match_text, with_gaps, Notation::rich)->Unit(benchmark::kMillisecond);
BENCHMARK(compile_phrases)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
