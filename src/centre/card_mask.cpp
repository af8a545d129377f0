#include "centre/card_mask.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "centre/spoken_digits.hpp"

namespace rapport::centre {
namespace {

constexpr std::size_t card_digits_min = 13;
constexpr std::size_t card_digits_max = 19;
constexpr std::size_t kept_digits = 4;
constexpr std::size_t phone_digits_max = 15;
constexpr std::size_t code_reach_after = 32;
constexpr std::size_t code_reach_before = 12;
constexpr std::size_t iban_min = 15;
constexpr std::size_t iban_max = 34;

/// ISO/IEC 7812-1, annex B.
bool luhn_holds(std::string_view digits) {
  int sum = 0;
  bool doubled = false;
  for (std::size_t at = digits.size(); at > 0; --at, doubled = !doubled) {
    int const digit = digits[at - 1] - '0';
    sum += !doubled ? digit : digit > 4 ? 2 * digit - 9
                                        : 2 * digit;
  }
  return sum % 10 == 0;
}

bool is_card(std::string_view digits) {
  return digits.size() >= card_digits_min && digits.size() <= card_digits_max && digits.front() != '0' && luhn_holds(digits);
}

/// The end of the IBAN that begins at `at`; `at` itself if there is none. Groups may be spaced.
std::size_t iban_end(std::string_view text, std::size_t at) {
  bool const inside = at > 0 && (is_ascii_letter(text[at - 1]) || is_ascii_digit(text[at - 1]));
  if (inside || at + 4 > text.size() || !is_ascii_letter(text[at]) || !is_ascii_letter(text[at + 1]) ||
      !is_ascii_digit(text[at + 2]) || !is_ascii_digit(text[at + 3])) {
    return at;
  }
  std::string letters;
  std::size_t end = at;
  auto const remainder = [&] {
    int rest = 0;
    auto const feed = [&](char c) {
      if (is_ascii_digit(c))
        rest = (rest * 10 + (c - '0')) % 97;
      else
        rest = (rest * 100 + ((c | 0x20) - 'a' + 10)) % 97;
    };
    std::ranges::for_each(letters.substr(4) + letters.substr(0, 4), feed);
    return rest;
  };
  for (std::size_t next = at; next < text.size() && letters.size() <= iban_max; ++next) {
    bool const part = is_ascii_letter(text[next]) || is_ascii_digit(text[next]);
    if (part) letters += text[next];
    bool const last = next + 1 == text.size() || (!is_ascii_letter(text[next + 1]) && !is_ascii_digit(text[next + 1]));
    if (part && last && letters.size() >= iban_min && letters.size() <= iban_max && remainder() == 1) end = next + 1;
    if (!part && text[next] != ' ') break;
  }
  return end;
}

/// Groups that follow each other, not part of an IBAN: the places at which numbers may stand.
class Masker {
 public:
  explicit Masker(std::string_view text) : text_(text), groups_(digit_groups(text)), masked_{std::string{text}} {
    leave_out_ibans();
  }

  Masked run() && {
    for (std::size_t begin = 0; begin < groups_.size();) {
      std::size_t end = begin + 1;
      while (end < groups_.size() && groups_[end].follows) ++end;
      mask_in(begin, end);
      begin = end;
    }
    mask_codes();
    write();
    return std::move(masked_);
  }

 private:
  void leave_out_ibans() {
    std::size_t out = 0;
    for (std::size_t at = 0; at < text_.size(); ++at) {
      if (!is_ascii_letter(text_[at])) continue;
      std::size_t const end = iban_end(text_, at);
      if (end != at) {
        ibans_.push_back({at, end});
        at = end - 1;
      } else {
        while (at + 1 < text_.size() && is_ascii_letter(text_[at + 1])) ++at;
      }
    }
    std::size_t iban = 0;
    bool broken = false;
    for (DigitGroup& group : groups_) {
      while (iban < ibans_.size() && ibans_[iban].end <= group.begin) ++iban;
      if (iban < ibans_.size() && group.begin >= ibans_[iban].begin) {
        broken = true;
        continue;
      }
      if (broken) group.follows = false;
      broken = false;
      if (&group != &groups_[out]) groups_[out] = std::move(group);
      ++out;
    }
    groups_.resize(out);
    masked_digits_.assign(out, 0);
  }

  bool is_phone(std::size_t begin, std::size_t end) const {
    if (groups_[begin].begin == 0 || text_[groups_[begin].begin - 1] != '+') return false;
    std::size_t count = 0;
    for (std::size_t at = begin; at < end && count <= phone_digits_max; ++at) count += groups_[at].digits.size();
    return count <= phone_digits_max;
  }

  /// The end of the longest card number that begins with group `from`; `from` if there is none.
  std::size_t card_end(std::size_t from, std::size_t run_begin, std::size_t run_end) const {
    std::string digits;
    std::size_t found = from;
    for (std::size_t at = from; at < run_end; ++at) {
      digits += left(at);
      if (digits.size() > card_digits_max) break;
      bool const alone = at == from || (from == run_begin && at + 1 == run_end);
      bool const of_a_scheme = digits.front() >= '2' && digits.front() <= '6';
      if ((alone || of_a_scheme) && is_card(digits)) found = at + 1;
    }
    return found;
  }

  /// What of a group is not masked yet.
  std::string_view left(std::size_t group) const {
    return std::string_view{groups_[group].digits}.substr(masked_digits_[group]);
  }

  void mask_in(std::size_t begin, std::size_t end) {
    if (is_phone(begin, end)) return;
    for (std::size_t from = begin; from < end;) {
      std::size_t const card = card_end(from, begin, end);
      if (card == from) {
        ++from;
        continue;
      }
      // What stood before it stands alone now.
      if (from > begin && card_end(begin, begin, from) == from) mask_card(begin, from);
      from = begin = mask_card(from, card);
    }
  }

  /// Masks the number but for its last four digits; returns the group with the first digit that stays.
  std::size_t mask_card(std::size_t from, std::size_t end) {
    ++masked_.cards;
    std::size_t keep = kept_digits;
    std::size_t at = end;
    while (keep >= left(at - 1).size()) keep -= left(--at).size();
    for (std::size_t group = from; group + 1 < at; ++group) masked_digits_[group] = groups_[group].digits.size();
    masked_digits_[at - 1] = groups_[at - 1].digits.size() - keep;
    return keep > 0 ? at - 1 : at;
  }

  /// Whether the group is what stayed of a masked number, now or before.
  bool ends_card(std::size_t at) const {
    if (at > 0 && groups_[at].follows && masked_digits_[at - 1] > 0) return true;
    return stands_behind_star(text_, groups_[at].begin);
  }

  static bool may_be_code(std::string_view digits) { return digits.size() == 3 || digits.size() == 4; }

  /// Groups from `at` on that together spell three or four digits, no more and no fewer.
  std::optional<std::size_t> code_end(std::size_t at) const {
    if (masked_digits_[at] > 0 || ends_card(at)) return std::nullopt;
    std::size_t count = groups_[at].digits.size();
    if (may_be_code(groups_[at].digits)) return at + 1;
    std::size_t end = at + 1;
    for (; end < groups_.size() && groups_[end].follows && groups_[end].digits.size() < 3 && masked_digits_[end] == 0; ++end)
      count += groups_[end].digits.size();
    return count == 3 || count == 4 ? std::optional{end} : std::nullopt;
  }

  bool mask_code(std::size_t at) {
    auto const end = code_end(at);
    if (!end) return false;
    for (; at < *end; ++at) masked_digits_[at] = groups_[at].digits.size();
    ++masked_.codes;
    return true;
  }

  void mask_codes();
  void mask_code_near(std::size_t word_begin, std::size_t word_end);
  void write();

  struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  std::string_view text_;
  std::vector<DigitGroup> groups_;
  std::vector<std::size_t> masked_digits_;  ///< of each group, from its first
  std::vector<Span> ibans_;
  Masked masked_;
};

/// Words beside which three or four digits are a verification value; a space takes any separators.
constexpr auto code_words = std::to_array<std::string_view>(
    {"cvv", "cvc", "csc", "cvn", "security code", "security number", "security digits", "verification code",
     "verification value", "verification number", "validation code", "digits on the back", "numbers on the back",
     "number on the back", "code on the back"});

/// The end of `words` at `at`, a figure behind them ("cvv2") included; `at` if they do not stand there.
std::size_t code_word_end(std::string_view text, std::size_t at, std::string_view words) {
  std::size_t end = at;
  for (char const c : words) {
    if (end >= text.size()) return at;
    if (c == ' ') {
      std::size_t const begin = end;
      while (end < text.size() && (text[end] == ' ' || text[end] == '-' || text[end] == '\n')) ++end;
      if (end == begin) return at;
    } else if ((text[end] | 0x20) != c) {
      return at;
    } else {
      ++end;
    }
  }
  if (end < text.size() && text[end] == '2') ++end;
  if (end < text.size() && (text[end] | 0x20) == 's') ++end;
  return end < text.size() && is_ascii_letter(text[end]) ? at : end;
}

void Masker::mask_codes() {
  for (std::size_t at = 0; at < text_.size(); ++at) {
    if (!is_ascii_letter(text_[at]) || (at > 0 && is_ascii_letter(text_[at - 1]))) continue;
    for (std::string_view const words : code_words) {
      std::size_t const end = code_word_end(text_, at, words);
      if (end == at) continue;
      mask_code_near(at, end);
      break;
    }
  }
}

/// The first digits behind the words count; only where there are none, those before.
void Masker::mask_code_near(std::size_t word_begin, std::size_t word_end) {
  auto const from = std::ranges::lower_bound(groups_, word_end, {}, &DigitGroup::begin);
  std::string_view const behind = text_.substr(word_end, code_reach_after);
  std::size_t const reach = word_end + std::min(behind.find('*'), behind.size());
  if (from != groups_.end() && from->begin < reach) {
    mask_code(static_cast<std::size_t>(from - groups_.begin()));
    return;
  }
  if (behind.find('*') != std::string_view::npos || from == groups_.begin()) return;
  auto const before = std::ranges::lower_bound(groups_, word_begin, {}, &DigitGroup::begin);
  if (before == groups_.begin()) return;
  std::size_t at = static_cast<std::size_t>(before - groups_.begin()) - 1;
  std::size_t const end = groups_[at].end;
  if (end + code_reach_before < word_begin || text_.substr(end, word_begin - end).find('*') != std::string_view::npos) return;
  while (groups_[at].digits.size() < 3 && at > 0 && groups_[at].follows && groups_[at - 1].digits.size() < 3) --at;
  mask_code(at);
}

/// The text with a star for every masked digit; of a number word, the digits that stay as figures.
void Masker::write() {
  if (masked_.cards + masked_.codes == 0) return;
  std::string out;
  std::size_t written = 0;
  for (std::size_t at = 0; at < groups_.size(); ++at) {
    if (masked_digits_[at] == 0) continue;
    DigitGroup const& group = groups_[at];
    out.append(text_.substr(written, group.begin - written));
    out.append(masked_digits_[at], '*');
    out.append(group.digits, masked_digits_[at]);
    written = group.end;
  }
  out.append(text_.substr(written));
  masked_.text = std::move(out);
}

}  // namespace

/// What a mask leaves bare may spell another number or code (two codes around one word), so it is looked
/// at again until nothing is found; every round masks at least one digit.
Masked mask_cards(std::string_view text) {
  Masked masked = Masker{text}.run();
  for (bool found = masked.cards + masked.codes > 0; found;) {
    Masked again = Masker{masked.text}.run();
    found = again.cards + again.codes > 0;
    masked = {std::move(again.text), masked.cards + again.cards, masked.codes + again.codes};
  }
  return masked;
}

void mask_cards(domain::Value& value) {
  bool const words = value.kind == domain::Value::Kind::text || value.kind == domain::Value::Kind::json;
  if (!words) return;
  Masked masked = mask_cards(value.text);
  if (masked.cards + masked.codes > 0) value = domain::Value::of_text(std::move(masked.text));
}

void mask_cards(domain::Event& event) {
  event.text = mask_cards(event.text).text;
  for (domain::Attribute& attribute : event.attributes) {
    if (attribute.name != attachments_field) mask_cards(attribute.value);
  }
}

}  // namespace rapport::centre
