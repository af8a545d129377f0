#include "signals/phrase_notation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "base/limits.hpp"
#include "signals/builtin_words.hpp"
#include "signals/tokeniser.hpp"

namespace rapport::signals {
namespace {

using Kind = Expression::Kind;

constexpr std::size_t stem_bytes_max = 63;  // WordTable's

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_mark(char c) { return std::string_view{"()[]|<>?*^$"}.find(c) != std::string_view::npos; }

Expression sequence_of(std::vector<Expression> parts) { return {Kind::sequence, {}, 0, 0, std::move(parts)}; }

Expression optional_of(Expression expression) {
  std::vector<Expression> parts;
  parts.push_back(std::move(expression));
  parts.emplace_back();  // or nothing
  return {Kind::choice, {}, 0, 0, std::move(parts)};
}

std::size_t parts_of(Expression const& expression) {
  std::size_t count = 1;
  for (Expression const& part : expression.parts) count += parts_of(part);
  return count;
}

/// Recursive descent over one phrase. The first error stays, and all else is skipped.
class Parser {
 public:
  Parser(std::string_view phrase, WordTable& words, FindClass const& find_class)
      : text_(phrase), words_(words), find_class_(find_class) {}

  base::Result<Expression> parse() {
    Expression phrase = sequence(0);
    if (!error_ && !at_end()) fail("a word");
    if (error_) return *error_;
    return phrase;
  }

 private:
  bool at_end() const { return at_ == text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  void skip_space() {
    while (!at_end() && is_blank(text_[at_])) ++at_;
  }

  void fail(std::string_view expected) {
    std::string const found = at_end() ? "the phrase's end" : fmt::format("\"{}\"", text_.substr(at_, 1));
    fail_with(at_, fmt::format("found {}, expected {}", found, expected));
  }
  void fail_with(std::size_t at, std::string message) {
    auto const continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    auto const column = at + 1 - static_cast<std::size_t>(std::ranges::count_if(text_.substr(0, at), continues));
    bool const told = message.empty();  // at the class that is named here
    if (!error_) error_ = base::Error{told ? "" : fmt::format("column {}: {}", column, message)};
    at_ = text_.size();
  }

  /// Alternatives up to a closing bracket, which is taken.
  Expression choice(char closing, std::size_t depth) {
    Expression all{Kind::choice, {}, 0, 0, {}};
    if (depth > limits::phrase_depth_max) {
      fail_with(at_, fmt::format("brackets stand more than {} deep (phrase_depth_max)", limits::phrase_depth_max));
    }
    for (;;) {
      std::size_t const begin = at_;
      all.parts.push_back(sequence(depth));
      if (error_) return all;
      if (all.parts.back().parts.empty()) {
        at_ = begin;
        skip_space();
        fail("a word");
        return all;
      }
      char const mark = peek();
      if (mark != '|' && mark != closing) {
        fail(fmt::format("a word, \"|\" or \"{}\"", closing));
        return all;
      }
      ++at_;
      if (mark == closing) return all;
    }
  }

  Expression sequence(std::size_t depth) {
    std::vector<Expression> parts;
    for (skip_space(); !at_end() && peek() != '|' && peek() != ')' && peek() != ']'; skip_space()) {
      count_parts(1, at_);
      std::optional<Expression> part = item(depth);
      if (error_) break;
      bool const optional = peek() == '?';
      if (optional && (!part || part->kind == Kind::gap || part->kind == Kind::sentence_start)) {
        fail("a word before \"?\"");
        break;
      }
      if (optional) ++at_;
      if (part) parts.push_back(optional ? optional_of(std::move(*part)) : std::move(*part));
    }
    return sequence_of(std::move(parts));
  }

  /// One word, group, gap, class or anchor; nothing for punctuation, which phrases ignore.
  std::optional<Expression> item(std::size_t depth) {
    switch (peek()) {
      case '(':
        ++at_;
        return choice(')', depth + 1);
      case '[':
        ++at_;
        return bracket(depth);
      case '<':
        ++at_;
        return angle();
      case '^':
        ++at_;
        return Expression{Kind::sentence_start, {}, 0, 0, {}};
      case '$':
        ++at_;
        return Expression{Kind::sentence_end, {}, 0, 0, {}};
      case '?':
      case '*':
      case '>':
        fail("a word before it");
        return {};
      default:
        return word();
    }
  }

  /// `[x]` or a gap, `[..4]` or `[2..4]`.
  Expression bracket(std::size_t depth) {
    std::size_t const dots = text_.find("..", at_);
    bool const gap = dots != std::string_view::npos &&
                     std::ranges::all_of(text_.substr(at_, dots - at_), [](char c) { return is_blank(c) || (c >= '0' && c <= '9'); });
    return gap ? this->gap() : optional_of(choice(']', depth));
  }

  Expression gap() {
    std::size_t const begin = at_;
    std::size_t const low = number().value_or(0);
    at_ += 2;  // the dots, after spaces if any
    std::optional<std::size_t> const high = number();
    if (!high || peek() != ']') {
      fail("the most words that the gap may skip and \"]\", as in \"[..4]\"");
      return {};
    }
    ++at_;
    if (low > *high || *high == 0 || *high > limits::phrase_gap_max) {
      fail_with(begin, fmt::format("found a gap of {} to {} words, expected 1 to {} at most (phrase_gap_max)", low, *high,
                                   limits::phrase_gap_max));
    }
    return {Kind::gap, {}, static_cast<std::uint16_t>(low), static_cast<std::uint16_t>(*high), {}};
  }

  /// Digits with spaces around them.
  std::optional<std::size_t> number() {
    skip_space();
    std::size_t value = 0;
    char const* const begin = text_.data() + at_;
    auto const [end, code] = std::from_chars(begin, text_.data() + text_.size(), value);
    at_ += static_cast<std::size_t>(end - begin);
    skip_space();
    if (end == begin) return std::nullopt;
    return code == std::errc{} ? value : std::numeric_limits<std::size_t>::max();
  }

  Expression angle() {
    std::size_t const begin = at_;
    std::size_t const close = text_.find('>', at_);
    if (close == std::string_view::npos) {
      at_ = text_.size();
      fail("\">\" after a class's name");
      return {};
    }
    std::string_view const name = text_.substr(begin, close - begin);
    at_ = close + 1;
    if (name == "number") return {Kind::number, {}, 0, 0, {}};
    if (name == "any") return {Kind::gap, {}, 1, 1, {}};
    base::Result<Expression const*> const found = find_class_(name);
    if (!found) {
      fail_with(begin, found.error().message);
      return {};
    }
    count_parts(parts_of(**found), begin);
    return error_ ? Expression{} : **found;
  }

  /// Holds the phrase, with its classes filled in, to its limit.
  void count_parts(std::size_t parts, std::size_t at) {
    parts_ += parts;
    if (parts_ <= limits::phrase_parts_max) return;
    fail_with(at, fmt::format("the phrase has more than {} words, its classes filled in (phrase_parts_max)", limits::phrase_parts_max));
  }

  /// Letters and punctuation up to a space or mark: one token, several ("don't"), or none (",").
  std::optional<Expression> word() {
    std::size_t const begin = at_;
    while (!at_end() && !is_blank(peek()) && !is_mark(peek())) ++at_;
    Words run;
    tokenise_and_learn(text_.substr(begin, at_ - begin), run, words_);
    if (run.sentences.size() > 1) {
      fail_with(begin, "found a sentence's end, expected a phrase within one sentence");
      return {};
    }
    count_parts(run.tokens.size(), begin);
    std::vector<Expression> parts;
    for (Token const& token : run.tokens) parts.push_back({Kind::word, token.word, 0, 0, {}});
    if (peek() == '*') star(parts);
    if (parts.empty()) return std::nullopt;
    if (parts.size() == 1) return std::move(parts.front());
    return sequence_of(std::move(parts));
  }

  /// Makes a stem of the last word.
  void star(std::vector<Expression>& parts) {
    if (parts.empty()) return fail("a word before \"*\"");
    std::string stem{words_.spelling(parts.back().word)};
    if (stem.size() > stem_bytes_max) return fail(fmt::format("a stem of at most {} bytes before \"*\"", stem_bytes_max));
    respell_ize(stem);
    parts.back().word = words_.intern_stem(stem);
    ++at_;
    if (!at_end() && !is_blank(peek()) && !is_mark(peek())) fail("a space after \"*\", which stands at a stem's end");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t parts_ = 0;
  WordTable& words_;
  FindClass const& find_class_;
  std::optional<base::Error> error_;
};

}  // namespace

base::Result<Expression> parse_phrase(std::string_view phrase, WordTable& words, FindClass const& find_class) {
  return Parser{phrase, words, find_class}.parse();
}

}  // namespace rapport::signals
