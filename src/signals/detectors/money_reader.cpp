#include <algorithm>
#include <array>

#include "signals/detectors/number_reader.hpp"

namespace rapport::signals::detectors {
namespace {

bool main_unit(TokenView view, std::size_t at) {
  return view.is_any(at, {"dollar"_w, "dollars"_w, "pound"_w, "pounds"_w, "euro"_w, "euros"_w, "quid"_w, "bucks"_w,
                          "buck"_w, "rupees"_w, "rupee"_w, "usd"_w, "gbp"_w, "eur"_w, "cad"_w, "aud"_w, "inr"_w, "nzd"_w,
                          "sgd"_w, "zar"_w, "rand"_w, "naira"_w, "francs"_w, "franc"_w, "chf"_w, "kronor"_w, "kroner"_w,
                          "crowns"_w, "yen"_w, "yuan"_w, "shillings"_w, "dirhams"_w, "pesos"_w, "peso"_w, "ringgit"_w,
                          "sterling"_w, "credits"_w});
}

bool hundredth_unit(TokenView view, std::size_t at) {
  return view.is_any(at, {"pence"_w, "p"_w, "cents"_w, "cent"_w, "penny"_w, "paise"_w});
}

/// A sign or an abbreviation right before the number: "$20", "€ 20", "rs 500".
bool currency_before(TokenView view, std::size_t at) {
  std::string_view const gap = view.gap_before(at);
  constexpr auto signs = std::to_array<std::string_view>({"$", "\xC2\xA3", "\xE2\x82\xAC", "\xE2\x82\xB9", "\xC2\xA5", "\xE2\x82\xA6"});
  if (std::ranges::any_of(signs, [&](std::string_view sign) { return gap.find(sign) != std::string_view::npos; })) return true;
  return at > 0 && view.is_any(at - 1, {"rs"_w, "usd"_w, "gbp"_w, "eur"_w, "inr"_w, "aud"_w, "cad"_w, "chf"_w, "r"_w});
}

bool currency_after(TokenView view, std::size_t at) {
  std::string_view const gap = view.gap_after(at);
  return gap.starts_with("\xE2\x82\xAC") || gap.starts_with(" \xE2\x82\xAC") || gap.starts_with("\xC2\xA3");
}

}  // namespace

void find_money(TokenView view, std::vector<NumberReading> const& numbers, std::vector<MoneyReading>& money) {
  for (std::size_t index = 0; index < numbers.size(); ++index) {
    NumberReading const& number = numbers[index];
    if (!number.quantity) continue;
    MoneyReading amount{number.first, number.last, number.thousandths};
    if (number.paired) amount.thousandths /= 100;  // "twenty four ninety nine" pounds
    std::size_t const next = std::size_t{number.last} + 1;
    if (main_unit(view, next)) {
      amount.last = static_cast<std::uint32_t>(next);
      // "… pounds forty", "… dollars and fifty cents": the hundredths
      std::size_t const rest = view.is(next + 1, "and"_w) ? next + 2 : next + 1;
      bool const more = index + 1 < numbers.size() && numbers[index + 1].first == rest && numbers[index + 1].quantity &&
                        !numbers[index + 1].paired && numbers[index + 1].thousandths < 100'000;
      std::size_t const after = more ? std::size_t{numbers[index + 1].last} + 1 : rest;
      if (more && (hundredth_unit(view, after) || (rest == next + 1 && !main_unit(view, after)))) {
        amount.thousandths += numbers[index + 1].thousandths / 100;
        amount.last = static_cast<std::uint32_t>(hundredth_unit(view, after) ? after : after - 1);
        ++index;
      }
    } else if (hundredth_unit(view, next)) {
      amount.thousandths = number.thousandths / 100;
      amount.last = static_cast<std::uint32_t>(next);
    } else if (!currency_before(view, number.first) && !currency_after(view, number.last)) {
      continue;
    }
    money.push_back(amount);
  }
}

}  // namespace rapport::signals::detectors
