#include "customers/callee.hpp"

#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include <algorithm>
#include <array>

namespace rapport::customers {
namespace {

using Library = i18n::phonenumbers::PhoneNumberUtil;
using ShortNumbers = i18n::phonenumbers::ShortNumberInfo;

constexpr std::size_t emergency_digits_max = 6;
/// Answered as an emergency call in many countries besides their own numbers.
constexpr std::array<std::string_view, 3> emergency_everywhere{"112", "911", "999"};

std::string digits_of(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

bool is_emergency(std::string const& digits, std::string const& region) {
  if (digits.empty() || digits.size() > emergency_digits_max) return false;
  static ShortNumbers const numbers;
  bool const of_region = !region.empty() && numbers.ConnectsToEmergencyNumber(digits, region);
  return of_region || std::ranges::find(emergency_everywhere, digits) != emergency_everywhere.end();
}

Callee::Kind kind_of(std::string const& e164) {
  Library const& library = *Library::GetInstance();
  i18n::phonenumbers::PhoneNumber parsed;
  if (library.Parse(e164, "ZZ", &parsed) != Library::NO_PARSING_ERROR) return Callee::Kind::unknown;
  switch (library.GetNumberType(parsed)) {
    case Library::FIXED_LINE:
    case Library::MOBILE:
    case Library::FIXED_LINE_OR_MOBILE:
    case Library::TOLL_FREE:
    case Library::VOIP:
    case Library::UAN:
      return Callee::Kind::ordinary;
    case Library::PREMIUM_RATE:
    case Library::SHARED_COST:
    case Library::PERSONAL_NUMBER:
    case Library::PAGER:
    case Library::VOICEMAIL:
      return Callee::Kind::premium;
    case Library::UNKNOWN:
      return Callee::Kind::unknown;
  }
  return Callee::Kind::unknown;
}

}  // namespace

base::Result<Callee, PhoneRefusal> read_callee(std::string_view text, std::string_view region) {
  std::string const digits = digits_of(text);
  if (is_emergency(digits, std::string{region})) return Callee{Callee::Kind::emergency, digits, {}};
  auto const number = PhoneNumber::parse(text, region);
  if (!number) return number.error();
  return Callee{kind_of(number->e164()), number->e164(), number->region()};
}

}  // namespace rapport::customers
