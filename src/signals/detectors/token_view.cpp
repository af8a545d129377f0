#include "signals/detectors/token_view.hpp"

#include <algorithm>

namespace rapport::signals::detectors {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

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

bool TokenView::pause_before(std::size_t at) const {
  std::string_view const gap = gap_before(at);
  if (gap.find_first_of(",:()") != std::string_view::npos) return true;
  if (gap.find("\xE2\x80\x93") != std::string_view::npos || gap.find("\xE2\x80\x94") != std::string_view::npos) return true;  // – —
  return gap.find(" - ") != std::string_view::npos || gap.find("--") != std::string_view::npos;
}

bool TokenView::capitalised(std::size_t at) const {
  if (at >= size()) return false;
  std::string_view const word = written(at);
  if (word.empty()) return false;
  if (is_upper(word.front())) return true;
  // The capitals of Latin-1 (À to Þ) and of the even half of Latin Extended-A.
  if (word.size() < 2) return false;
  auto const lead = static_cast<unsigned char>(word[0]);
  auto const next = static_cast<unsigned char>(word[1]);
  return (lead == 0xC3 && next >= 0x80 && next <= 0x9E) || ((lead == 0xC4 || lead == 0xC5) && next % 2 == 0);
}

bool TokenView::has_digit(std::size_t at) const {
  if (at >= size()) return false;
  return std::ranges::any_of(written(at), [](char c) { return c >= '0' && c <= '9'; });
}

bool uses_capitals(std::string_view text) { return std::ranges::any_of(text, is_upper); }

}  // namespace rapport::signals::detectors
