#include "centre/spoken_digits.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace rapport::centre {
namespace {

struct NumberWord {
  std::string_view word;
  char digit;
};
constexpr auto number_words = std::to_array<NumberWord>({{"zero", '0'},
                                                         {"oh", '0'},
                                                         {"o", '0'},
                                                         {"nought", '0'},
                                                         {"one", '1'},
                                                         {"two", '2'},
                                                         {"three", '3'},
                                                         {"four", '4'},
                                                         {"five", '5'},
                                                         {"six", '6'},
                                                         {"seven", '7'},
                                                         {"eight", '8'},
                                                         {"nine", '9'}});
/// What may stand between two digits of one number; at most `separators_max` of them.
constexpr auto separators = std::to_array<std::string_view>(
    {" ", "\t", "\n", "\r", "-", ".", ",", "/", "_", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF", "\xE2\x80\x90",
     "\xE2\x80\x91", "\xE2\x80\x92", "\xE2\x80\x93", "\xE2\x80\x94"});
constexpr std::size_t separators_max = 3;
constexpr std::size_t separator_bytes_max = 3;
constexpr std::size_t word_length_max = 6;

/// The end of the separators at `at`; nothing if there are more than may stand within a number.
std::optional<std::size_t> past_separators(std::string_view text, std::size_t at) {
  for (std::size_t count = 0;; ++count) {
    auto const next = std::ranges::find_if(
        separators, [&](std::string_view separator) { return text.substr(at).starts_with(separator); });
    if (next == separators.end()) return at;
    if (count == separators_max) return std::nullopt;
    at += next->size();
  }
}

std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_ascii_letter(text[at])) ++at;
  return at;
}

/// The word from `begin` to `end` in lower case; empty if it is too long to be one of ours.
std::string lower_word(std::string_view text, std::size_t begin, std::size_t end) {
  if (end - begin > word_length_max) return {};
  std::string word{text.substr(begin, end - begin)};
  for (char& c : word) c = static_cast<char>(c | 0x20);
  return word;
}

std::optional<char> digit_of(std::string_view word) {
  auto const found = std::ranges::find(number_words, word, &NumberWord::word);
  return found == number_words.end() ? std::nullopt : std::optional{found->digit};
}

/// The number word at `begin`, with "double" or "triple" before it.
std::optional<DigitGroup> spoken_group(std::string_view text, std::size_t begin) {
  std::size_t const end = word_end(text, begin);
  std::string const word = lower_word(text, begin, end);
  if (auto const digit = digit_of(word)) return DigitGroup{begin, end, std::string(1, *digit), false};
  std::size_t const times = word == "double" ? 2 : word == "triple" || word == "treble" ? 3
                                                                                        : 0;
  auto const next = times == 0 ? std::nullopt : past_separators(text, end);
  if (!next || *next >= text.size()) return std::nullopt;
  std::size_t const next_end = word_end(text, *next);
  if (auto const digit = digit_of(lower_word(text, *next, next_end)))
    return DigitGroup{begin, next_end, std::string(times, *digit), false};
  bool const figure = is_ascii_digit(text[*next]) && (*next + 1 == text.size() || !is_ascii_digit(text[*next + 1]));
  if (figure) return DigitGroup{begin, *next + 1, std::string(times, text[*next]), false};
  return std::nullopt;
}

}  // namespace

bool stands_behind_star(std::string_view text, std::size_t at) {
  std::size_t const reach = std::min(at, separators_max * separator_bytes_max + 1);
  std::size_t const star = text.substr(at - reach, reach).rfind('*');
  return star != std::string_view::npos && past_separators(text, at - reach + star + 1) == at;
}

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

std::vector<DigitGroup> digit_groups(std::string_view text) {
  std::vector<DigitGroup> groups;
  auto const add = [&](DigitGroup group) {
    if (!groups.empty()) group.follows = past_separators(text, groups.back().end) == group.begin;
    groups.push_back(std::move(group));
    return groups.back().end;
  };
  for (std::size_t at = 0; at < text.size();) {
    if (is_ascii_digit(text[at])) {
      std::size_t end = at;
      while (end < text.size() && is_ascii_digit(text[end])) ++end;
      at = add({at, end, std::string{text.substr(at, end - at)}, false});
    } else if (is_ascii_letter(text[at])) {
      std::size_t const end = word_end(text, at);
      auto group = spoken_group(text, at);
      at = group ? add(*std::move(group)) : end;
    } else {
      ++at;
    }
  }
  return groups;
}

}  // namespace rapport::centre
