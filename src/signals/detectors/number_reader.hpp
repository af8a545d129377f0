#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "signals/detectors/token_view.hpp"

namespace rapport::signals::detectors {

/// A number, date, time or code as it was said or written.
struct NumberReading {
  std::uint32_t first = 0;  ///< tokens, both inclusive
  std::uint32_t last = 0;
  std::int64_t thousandths = 0;  ///< its value, where it is a quantity
  bool quantity = false;         ///< "1,250.50", "two hundred and six"; not "10:30", "qx7r2l"
  bool paired = false;           ///< said in parts that make a price or a year: "twenty four ninety nine"
  std::string digits;            ///< as on paper: "four four oh one" and "44-01" are 44 and 01 …
};

/// Finds the numbers of a text, in words ("one hundred and thirteen", "four point two", "double
/// four oh one", "nineteen eighty") or figures, and every code that holds a digit. Digits said one
/// by one make one number; a lone "one" is a pronoun and none.
void find_numbers(TokenView view, std::vector<NumberReading>& numbers);

/// An amount of money.
struct MoneyReading {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::int64_t thousandths = 0;  ///< of the currency's main unit
};

/// Finds amounts: a number with a currency before or after it ("£94", "rs 500", "thirteen dollars
/// fifty", "99p", "two hundred and eighty-six pounds forty").
void find_money(TokenView view, std::vector<NumberReading> const& numbers, std::vector<MoneyReading>& money);

}  // namespace rapport::signals::detectors
