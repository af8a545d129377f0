#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

/// Who a customer is and what is between them and the centre: identity, profile, cases, promises.
/// Pure values; docs/customers.md says it in plain words.
namespace rapport::customers {

enum class PhoneRefusal : std::uint8_t {
  no_number,       ///< nothing in it that could be dialled
  unknown_region,  ///< national writing, and no region to read it by
  too_short,       ///< for the country's plan; local numbers without area code, emergency numbers
  too_long,
};

/// For a person: what was expected.
std::string_view describe(PhoneRefusal refusal);

/// A telephone number, however it was written. Two numbers are equal if they are dialled the same:
/// equality is that of E.164, without the extension. Immutable; safe to share between threads.
class PhoneNumber {
 public:
  /// Reads international ("+44 (0)20 7946 0958", "0044…", "tel:+44-20…") or national writing ("020 7946
  /// 0958"), which is dialled in `region` (ISO 3166-1, "GB"; may be empty). A number written with its
  /// country code is taken if E.164 allows it, even if the country's plan does not know it: plans change
  /// sooner than we do. The plans are libphonenumber's.
  static base::Result<PhoneNumber, PhoneRefusal> parse(std::string_view text, std::string_view region);

  /// "+442079460958".
  std::string const& e164() const { return e164_; }
  /// The extension's digits, or empty.
  std::string const& extension() const { return extension_; }
  /// ISO 3166-1 of the country, or empty where none is known.
  std::string region() const;
  /// Whether the country's numbering plan knows it, as far as our copy of the plan tells.
  bool known_to_plan() const;
  /// For people in `viewer_region`: the national writing at home ("020 7946 0958"), else the
  /// international one ("+44 20 7946 0958"), with the extension.
  std::string display(std::string_view viewer_region) const;

  bool operator==(PhoneNumber const& other) const { return e164_ == other.e164_; }

 private:
  PhoneNumber(std::string e164, std::string extension) : e164_(std::move(e164)), extension_(std::move(extension)) {}

  std::string e164_;
  std::string extension_;
};

}  // namespace rapport::customers
