#include "signals/detectors/data_items.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "signals/detectors/phrase_table.hpp"
#include "signals/detectors/word_traits.hpp"
#include "signals/word_table.hpp"

namespace rapport::signals::detectors {
namespace {

using List = PhraseTable::List;

constexpr std::uint32_t value(DataItem item) { return static_cast<std::uint32_t>(item); }

/// Values beyond the items: a name of something else, which hides the item within it.
constexpr std::uint32_t no_item = 0xFFFF;

constexpr auto item_names = std::to_array<List>({
    {value(DataItem::name),
     "name | names | full name | first name | christian name | forename | given name | name and surname\n"
     "who am i speaking with | who am i speaking to | who am i talking to | who am i talking with\n"
     "who i am speaking with | who i am speaking to | who i am talking to | who i am talking with\n"
     "who am i chatting with | who do i have the pleasure | whom am i speaking | who is calling | who is speaking\n"
     "who is this | who do i have on the line"},
    {value(DataItem::surname), "surname | last name | family name | second name"},
    {value(DataItem::account_number),
     "account number | account numbers | account num | acct number | account no | account id | account details | account reference\n"
     "number of the account | number of your account | account info | account information"},
    {value(DataItem::customer_number),
     "customer number | customer id | customer reference | client number | client id | client card number\n"
     "member number | membership number | member id | membership id | loyalty number | loyalty card number\n"
     "frequent flyer number | patient number | patient id | student number | student id | employee number\n"
     "employee id | staff number | subscriber number | user number | customer no"},
    {value(DataItem::order_number),
     "order number | order num | order no | order id | order reference | order code | order numbers | number of the order\n"
     "number of your order | booking number | booking reference | booking code | booking id | booking ref\n"
     "reservation number | reservation code | reservation id | confirmation number | confirmation code\n"
     "tracking number | tracking id | tracking code | waybill number | waybill | parcel number | shipment number\n"
     "consignment number | ticket number | record locator | pnr | p n r | delivery number | purchase order number"},
    {value(DataItem::reference),
     "reference number | reference code | reference | ref number | case number | case id | case reference\n"
     "claim number | claim reference | policy number | invoice number | bill number | contract number\n"
     "complaint number | incident number | request number | report number | file number | job number | loan number\n"
     "transaction number | transaction id | application number"},
    {value(DataItem::phone),
     "phone number | phone num | phone numbers | registered mobile | registered number | telephone number | mobile number | cell number | cellphone number\n"
     "cell phone number | mobile phone number | contact number | callback number | call back number\n"
     "contact telephone number | contact phone number | contact details | contact information\n"
     "daytime number | home number | work number | number to call you | number to reach you | number to ring you\n"
     "best number | number you are calling from | number you are ringing from | number we can call\n"
     "number we can reach | number i can call | number i can reach | reach you on | reach you at\n"
     "number on file | phone no | tel number | landline number | whatsapp number"},
    {value(DataItem::email), "email | email address | e mail | e mail address | email id | mail id"},
    {value(DataItem::address),
     "address | home address | street address | postal address | mailing address | billing address\n"
     "delivery address | shipping address | current address | service address | full address\n"
     "first line of your address | first line of the address | where do you live | where you live\n"
     "house number | street name | name of the street | where are you located | where are you based"},
    {value(DataItem::postcode),
     "postcode | post code | postal code | zip code | zip | zipcode | pin code | pincode | eircode"},
    {value(DataItem::date_of_birth),
     "date of birth | birth date | birthdate | birthday | d o b | dob | day of birth | year of birth\n"
     "birth year\n"
     "when were you born | when you were born | birth day"},
    {value(DataItem::card_number),
     "card number | credit card number | debit card number | bank card number | long number | card details\n"
     "sixteen digit number | 16 digit number | number on the card | number on your card"},
    {value(DataItem::card_digits),
     "last four | last 4 | last four digits | last 4 digits | last four numbers | last four characters\n"
     "last 4 characters | last three digits | last 3 digits | final four digits"},
    {value(DataItem::bank_details),
     "sort code | routing number | iban | bank details | bank account number | bank account details"},
    {value(DataItem::secret),
     "security word | security code | security answer | security question | security number | security phrase\n"
     "memorable word | memorable information | memorable date | memorable place | password | passphrase | pass phrase\n"
     "passcode | pass code | pin | pin number | telephone pin | mother's maiden name | maiden name\n"
     "verification code | one time code | one time password | otp | access code | cvv | security digits"},
    {value(DataItem::identity_number),
     "passport number | driving licence number | driver's license number | drivers license number | licence number\n"
     "national insurance number | social security number | social | ssn | national id | id number | tax number\n"
     "nric | aadhaar number | pan number | medicare number"},
    {value(DataItem::username), "username | user name | user id | login name | login id | login"},
    {value(DataItem::device_number),
     "serial number | model number | meter number | meter serial number | registration number | registration\n"
     "reg number | number plate | license plate | plate number | vehicle registration | imei | imei number | vin\n"
     "device id | device name"},
    {value(DataItem::amount), "bill amount | transfer amount | payment amount | amount of the bill | amount of the payment"},
    {value(DataItem::reason),
     "reason for your call | reason for calling | reason for contacting | reason for your contact\n"
     "reason you are calling | reason for the call | reason you called | reason you are contacting\n"
     "nature of your call | purpose of your call"},
    {no_item,
     "name mismatch | right name | wrong name | the name with | company name | business name | product name | brand name | file name | domain name | street address line\n"
     "the name of the | the name of your | name of the company | name of your company | name of the business\n"
     "name of the product | name of the app | name of the driver | name of the agent | name of the person\n"
     "name on the card | name on your card | name on the account | ip address | web address | website address\n"
     "mac address | email address book | address book | wifi name | network name | name tag | brand names\n"
     "wifi password | network password | reset your password | change your password | new password\n"
     "phone number of the | address of the | company address | business address | billing period | hotel name\n"
     "doctor's name | his name | her name | their name | passenger name | passenger names | beneficiary name\n"
     "payee name | sender's name | recipient's name | whose name | my name | our name | our address | my address\n"
     "our number | our phone number | my number | our email | our email address | my email | my email address\n"
     "email us | email you | email me | email it | email them | address this | address that | address your\n"
     "address the | address it | by email | via email | an email | the email | this email | confirmation email\n"
     "email confirmation | reference to | with reference to | in reference to | for your reference\n"
     "for reference | card reader | security check | login page | password reset | name your | last four days\n"
     "last four weeks | last four months | last four times | order numbers start"},
});

PhraseTable const& table() {
  static PhraseTable const names{item_names};
  return names;
}

struct Field {
  std::string_view part;  ///< of the field's name, in lower case without separators
  DataItem item;
};

// The first part that the field's name holds decides.
constexpr auto fields = std::to_array<Field>({
    {"emailaddress", DataItem::email},
    {"email", DataItem::email},
    {"postcode", DataItem::postcode},
    {"postalcode", DataItem::postcode},
    {"zip", DataItem::postcode},
    {"eircode", DataItem::postcode},
    {"pincode", DataItem::postcode},
    {"last4", DataItem::card_digits},
    {"lastfour", DataItem::card_digits},
    {"cardnumber", DataItem::card_number},
    {"sortcode", DataItem::bank_details},
    {"iban", DataItem::bank_details},
    {"routing", DataItem::bank_details},
    {"lastname", DataItem::surname},
    {"surname", DataItem::surname},
    {"familyname", DataItem::surname},
    {"username", DataItem::username},
    {"login", DataItem::username},
    {"fullname", DataItem::name},
    {"firstname", DataItem::name},
    {"customername", DataItem::name},
    {"accountnumber", DataItem::account_number},
    {"accountno", DataItem::account_number},
    {"accountid", DataItem::account_number},
    {"acctno", DataItem::account_number},
    {"acctnumber", DataItem::account_number},
    {"customernumber", DataItem::customer_number},
    {"customerid", DataItem::customer_number},
    {"memberid", DataItem::customer_number},
    {"membernumber", DataItem::customer_number},
    {"membership", DataItem::customer_number},
    {"clientnumber", DataItem::customer_number},
    {"clientid", DataItem::customer_number},
    {"loyaltynumber", DataItem::customer_number},
    {"patientid", DataItem::customer_number},
    {"order", DataItem::order_number},
    {"booking", DataItem::order_number},
    {"reservation", DataItem::order_number},
    {"confirmation", DataItem::order_number},
    {"tracking", DataItem::order_number},
    {"waybill", DataItem::order_number},
    {"policy", DataItem::reference},
    {"claim", DataItem::reference},
    {"invoice", DataItem::reference},
    {"reference", DataItem::reference},
    {"casenumber", DataItem::reference},
    {"caseid", DataItem::reference},
    {"ticket", DataItem::reference},
    {"contractnumber", DataItem::reference},
    {"serial", DataItem::device_number},
    {"meternumber", DataItem::device_number},
    {"registration", DataItem::device_number},
    {"plate", DataItem::device_number},
    {"imei", DataItem::device_number},
    {"passport", DataItem::identity_number},
    {"licencenumber", DataItem::identity_number},
    {"ssn", DataItem::identity_number},
    {"nationalinsurance", DataItem::identity_number},
    {"telephone", DataItem::phone},
    {"phone", DataItem::phone},
    {"mobile", DataItem::phone},
    {"callback", DataItem::phone},
    {"msisdn", DataItem::phone},
    {"address", DataItem::address},
    {"contactreason", DataItem::reason},
    {"reason", DataItem::reason},
});

/// Parts of fields that tell something about an order or a claim, but not its number.
constexpr auto other_kinds = std::to_array<std::string_view>(
    {"status", "date", "amount", "total", "type", "time", "company", "value", "item"});

struct Found {
  std::optional<DataItem> item;  ///< nothing for the name of something else
  std::uint32_t length = 0;
};

Found find_at(Words const& words, std::size_t at, std::size_t end) {
  PhraseTable::Match const match = table().match(words.tokens, at, end);
  if (!match) return {};
  if (match.value == no_item) return {std::nullopt, match.length};
  return {static_cast<DataItem>(match.value), match.length};
}

}  // namespace

std::string_view name(DataItem item) {
  constexpr auto names = std::to_array<std::string_view>(
      {"name", "surname", "account_number", "customer_number", "order_number", "reference", "phone", "email",
       "address", "postcode", "date_of_birth", "card_number", "card_digits", "bank_details", "secret",
       "identity_number", "username", "device_number", "amount", "reason"});
  static_assert(names.size() == data_item_count);
  return names[static_cast<std::size_t>(item)];
}

std::optional<DataItem> item_of_field(std::string_view field) {
  std::string plain;
  for (char const c : field) {
    if (c >= 'A' && c <= 'Z') plain += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
  }
  if (plain == "name") return DataItem::name;
  if (plain == "tel" || plain == "cell" || plain == "sms") return DataItem::phone;
  if (plain == "account") return DataItem::account_number;
  if (plain == "dob" || plain.ends_with("birth") || plain == "birthdate") return DataItem::date_of_birth;
  bool const of_another_kind = std::ranges::any_of(
      other_kinds, [&](std::string_view part) { return plain.find(part) != std::string::npos; });
  if (of_another_kind) return std::nullopt;
  for (Field const& entry : fields) {
    if (plain.find(entry.part) != std::string::npos) return entry.item;
  }
  return std::nullopt;
}

std::optional<ItemMention> mention_at(Words const& words, std::size_t at, std::size_t end) {
  Found const found = find_at(words, at, end);
  if (!found.item) return std::nullopt;
  return ItemMention{*found.item, found.length};
}

DataItems items_in(Words const& words, std::size_t first, std::size_t end) {
  DataItems items;
  for (std::size_t at = first; at < end;) {
    Found const found = find_at(words, at, end);
    if (found.item) items.add(*found.item);
    at += std::max<std::uint32_t>(found.length, 1);
  }
  return items;
}

bool proves_identity(DataItem item) {
  switch (item) {
    case DataItem::date_of_birth:
    case DataItem::postcode:
    case DataItem::address:
    case DataItem::card_digits:
    case DataItem::secret:
    case DataItem::identity_number:
      return true;
    default:
      return false;
  }
}

}  // namespace rapport::signals::detectors
