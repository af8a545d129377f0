#include "customers/phone_number.hpp"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>

#include "base/assert.hpp"
#include "base/limits.hpp"

namespace rapport::customers {
namespace {

using Library = i18n::phonenumbers::PhoneNumberUtil;
using Parsed = i18n::phonenumbers::PhoneNumber;

Library const& library() { return *Library::GetInstance(); }

/// E.164 (11/2010), section 6.2.1: country code and national number have at most fifteen digits.
constexpr std::size_t e164_digits_max = 15;
constexpr char const* unknown_region = "ZZ";

std::string upper(std::string_view text) {
  std::string upper{text};
  std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return upper;
}

PhoneRefusal refusal_of(Library::ErrorType error) {
  switch (error) {
    case Library::INVALID_COUNTRY_CODE_ERROR:
      return PhoneRefusal::unknown_region;
    case Library::TOO_SHORT_AFTER_IDD:
    case Library::TOO_SHORT_NSN:
      return PhoneRefusal::too_short;
    case Library::TOO_LONG_NSN:
      return PhoneRefusal::too_long;
    case Library::NO_PARSING_ERROR:
    case Library::NOT_A_NUMBER:
      break;
  }
  return PhoneRefusal::no_number;
}

Parsed parsed_from(std::string const& e164, std::string const& extension) {
  Parsed parsed;
  bool const whole = library().Parse(e164, unknown_region, &parsed) == Library::NO_PARSING_ERROR;
  RAPPORT_ASSERT(whole);  // it was written by the library
  if (!extension.empty()) parsed.set_extension(extension);
  return parsed;
}

}  // namespace

std::string_view describe(PhoneRefusal refusal) {
  switch (refusal) {
    case PhoneRefusal::no_number:
      return "no telephone number; expected one such as \"+44 20 7946 0958\"";
    case PhoneRefusal::unknown_region:
      return "no country code that is known; expected one such as \"+44\" before the number";
    case PhoneRefusal::too_short:
      return "too short; expected the number with its area code";
    case PhoneRefusal::too_long:
      return "too long for a telephone number";
  }
  RAPPORT_ASSERT(false);
}

base::Result<PhoneNumber, PhoneRefusal> PhoneNumber::parse(std::string_view text, std::string_view region) {
  if (text.size() > limits::phone_bytes_max) return PhoneRefusal::too_long;
  Parsed parsed;
  auto const error = library().ParseAndKeepRawInput(std::string{text}, region.empty() ? unknown_region : upper(region), &parsed);
  if (error != Library::NO_PARSING_ERROR) return refusal_of(error);
  if (parsed.country_code_source() == Parsed::FROM_DEFAULT_COUNTRY) {
    // Written nationally: what cannot be dialled from elsewhere in the country names nobody.
    auto const possible = library().IsPossibleNumberWithReason(parsed);
    if (possible == Library::TOO_LONG) return PhoneRefusal::too_long;
    if (possible != Library::IS_POSSIBLE) return PhoneRefusal::too_short;
  }
  std::string const extension = parsed.extension();
  // Some writings change when read again (of two leading zeros the plan drops one each time). The
  // number is what reading its own E.164 gives, so that it never changes after.
  std::string e164;
  library().Format(parsed, Library::E164, &e164);
  for (std::string before{text}; before != e164;) {  // what came so was just read
    before = e164;
    if (library().Parse(e164, unknown_region, &parsed) != Library::NO_PARSING_ERROR) return PhoneRefusal::no_number;
    library().Format(parsed, Library::E164, &e164);
  }
  if (e164.size() > 1 + e164_digits_max) return PhoneRefusal::too_long;
  return PhoneNumber{std::move(e164), extension};
}

std::string PhoneNumber::region() const {
  std::string region;
  library().GetRegionCodeForNumber(parsed_from(e164_, {}), &region);
  return region == unknown_region ? std::string{} : region;
}

bool PhoneNumber::known_to_plan() const { return library().IsValidNumber(parsed_from(e164_, {})); }

std::string PhoneNumber::display(std::string_view viewer_region) const {
  Parsed const parsed = parsed_from(e164_, extension_);
  int const home = library().GetCountryCodeForRegion(upper(viewer_region));
  std::string text;
  library().Format(parsed, parsed.country_code() == home ? Library::NATIONAL : Library::INTERNATIONAL, &text);
  return text;
}

}  // namespace rapport::customers
