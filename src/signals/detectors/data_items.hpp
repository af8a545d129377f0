#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "signals/words.hpp"

namespace rapport::signals::detectors {

/// What an agent asks a customer for by name: a value that a record has a field for.
enum class DataItem : std::uint8_t {
  name,     ///< the customer's name, in full or any
  surname,  ///< the last name alone
  account_number,
  customer_number,  ///< customer, client, member, loyalty, patient number or id
  order_number,     ///< order, booking, reservation, confirmation, tracking number
  reference,        ///< case, ticket, claim, policy, invoice, contract or other reference number
  phone,
  email,
  address,
  postcode,
  date_of_birth,
  card_number,
  card_digits,      ///< the last four digits
  bank_details,     ///< sort code, routing number, IBAN
  secret,           ///< security word, password, PIN, code, maiden name
  identity_number,  ///< passport, licence, national or social security number
  username,
  device_number,  ///< serial, model, meter, registration, licence plate
  amount,
  reason,  ///< why the customer is in touch
};
inline constexpr std::size_t data_item_count = static_cast<std::size_t>(DataItem::reason) + 1;

/// A set of data items, as bits.
class DataItems {
 public:
  constexpr void add(DataItem item) { bits_ |= 1U << static_cast<unsigned>(item); }
  constexpr void add(DataItems other) { bits_ |= other.bits_; }
  constexpr bool has(DataItem item) const { return (bits_ >> static_cast<unsigned>(item) & 1U) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr int count() const { return __builtin_popcount(bits_); }
  constexpr DataItems minus(DataItems other) const {
    DataItems set;
    set.bits_ = bits_ & ~other.bits_;
    return set;
  }
  constexpr bool operator==(DataItems const&) const = default;

 private:
  std::uint32_t bits_ = 0;
};

/// The item's name in files and reports: "account_number".
std::string_view name(DataItem item);

/// The item that a record's field of this name holds ("acct_no", "phone", "dob"), or nothing.
std::optional<DataItem> item_of_field(std::string_view field);

/// A data item named in words.
struct ItemMention {
  DataItem item = DataItem::name;
  std::uint32_t length = 0;  ///< tokens
};

/// The item whose name begins at token `at` and ends before `end` ("date of birth", "who am i
/// speaking with"), if any. Names of other things are none: "the company's name", "ip address".
std::optional<ItemMention> mention_at(Words const& words, std::size_t at, std::size_t end);

/// All items named in tokens [first, end).
DataItems items_in(Words const& words, std::size_t first, std::size_t end);

/// Whether the item is asked of anybody to prove who they are, known or not.
bool proves_identity(DataItem item);

}  // namespace rapport::signals::detectors
