#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "domain/event.hpp"

/// Takes payment card data out of a text before anything of it is durable. Pure; any thread.
///
/// A *card number* is 13 to 19 digits (ISO/IEC 7812-1), the first not 0, whose Luhn check holds. They may
/// be spelled in groups, with up to three spaces, dashes, points, commas, slashes or underscores between
/// two digits, and as English words, as speech recognisers write them ("four one one one", "double five",
/// "oh"). All digits but the last four become `*`. Where such a number stands among other digits (an expiry
/// date behind it), groups within are looked at too, if they begin with 2 to 6 as the card schemes' numbers do.
/// A *verification value* is three or four digits next to words such as cvv, cvc or security code: up to 32
/// bytes behind them, or else up to 12 before; every digit becomes `*`.
///
/// Left alone: whatever fails the check, IBANs (ISO 13616, mod 97), and international phone numbers (a + before
/// up to 15 digits, ITU-T E.164). One other number in ten passes the Luhn check by chance and is masked if it
/// is as long and stands as a card's would (an IMEI, say): better that than a card that is kept.
/// A number that is spread over several messages is not seen.
namespace rapport::centre {

struct Masked {
  std::string text;
  std::size_t cards = 0;  ///< numbers masked
  std::size_t codes = 0;  ///< verification values masked

  bool operator==(Masked const&) const = default;
};

/// Masking a masked text changes nothing. Text without digits and number words is returned as it is.
Masked mask_cards(std::string_view text);
/// Words, and a nested value that was left as JSON: that becomes a text where something is masked, for stars are no JSON.
void mask_cards(domain::Value& value);
/// Of files that a message brings, made by the server when it takes them in: ids and hashes, which must
/// stay; the names come masked.
inline constexpr std::string_view attachments_field = "attachments";
/// The same in an event's text and in every field that holds words, but attachments_field.
void mask_cards(domain::Event& event);

}  // namespace rapport::centre
