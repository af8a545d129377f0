#include "signals/detectors/token_view.hpp"

#include <algorithm>

namespace rapport::signals::detectors {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/// A comma, colon, dash or bracket.
bool holds_pause(std::string_view gap) {
  for (std::size_t at = 0; at < gap.size(); ++at) {
    char const c = gap[at];
    if (c == ',' || c == ':' || c == '(' || c == ')') return true;
    if (c == '-' && (gap.substr(at).starts_with("--") || (at > 0 && gap.substr(at - 1).starts_with(" - ")))) return true;
    if (c == '\xE2' && (gap.substr(at).starts_with("\xE2\x80\x93") || gap.substr(at).starts_with("\xE2\x80\x94"))) return true;  // – —
  }
  return false;
}

/// ASCII, the capitals of Latin-1 (À to Þ) and those of the even half of Latin Extended-A.
bool begins_with_capital(std::string_view word) {
  if (word.empty()) return false;
  auto const lead = static_cast<unsigned char>(word[0]);
  if (lead < 0x80) return is_upper(word[0]);
  if (word.size() < 2) return false;
  auto const next = static_cast<unsigned char>(word[1]);
  return (lead == 0xC3 && next >= 0x80 && next <= 0x9E) || ((lead == 0xC4 || lead == 0xC5) && next % 2 == 0);
}

/// Counts, which is done many bytes at a time, where a search would stop at the first.
bool text_holds_digit(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }) > 0;
}

bool holds_digit(std::string_view word) {
  for (char const c : word) {
    if (c >= '0' && c <= '9') return true;
  }
  return false;
}

}  // namespace

void read_traits(Words const& words, std::vector<Traits>& traits) {
  TraitTable const& table = TraitTable::shared();
  char const* const text = words.text.data();
  bool const digits = text_holds_digit(words.text);
  traits.resize(words.tokens.size());
  Traits* next = traits.data();
  std::uint32_t end_before = 0;
  for (Token const& token : words.tokens) {
    Traits found = table.find(token.hash);
    std::string_view const written{text + token.begin, token.end - token.begin};
    if (digits && holds_digit(written)) found.add(Trait::digit);
    if (begins_with_capital(written)) found.add(Trait::capital);
    bool const apart = token.begin > end_before && !(token.begin - end_before == 1 && text[end_before] == ' ');
    if (apart && holds_pause({text + end_before, token.begin - end_before})) found.add(Trait::pause);
    end_before = token.end;
    *next++ = found;
  }
}

std::string_view TokenView::gap_before(std::size_t at) const {
  if (at >= size()) return {};
  std::uint32_t const begin = at == 0 ? 0 : words_->tokens[at - 1].end;
  std::uint32_t const end = words_->tokens[at].begin;
  return end > begin ? words_->text.substr(begin, end - begin) : std::string_view{};
}

std::string_view TokenView::gap_after(std::size_t at) const {
  if (at >= size()) return {};
  std::uint32_t const begin = words_->tokens[at].end;
  if (at + 1 == size()) return words_->text.substr(begin);
  std::uint32_t const end = words_->tokens[at + 1].begin;
  return end > begin ? words_->text.substr(begin, end - begin) : std::string_view{};
}

bool uses_capitals(std::string_view text) { return std::ranges::any_of(text, is_upper); }

}  // namespace rapport::signals::detectors
