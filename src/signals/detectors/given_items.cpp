#include "signals/detectors/given_items.hpp"

#include <algorithm>
#include <optional>

#include "signals/detectors/analysis.hpp"
#include "signals/detectors/person_names.hpp"
#include "signals/detectors/phrase_table.hpp"

namespace rapport::signals::detectors {
namespace {

constexpr std::size_t code_length_min = 3;  ///< characters of a number that identifies something
constexpr std::size_t code_reach = 6;       ///< words between what is named and its number
constexpr std::size_t short_answer = 6;

/// The customer has it not, or not yet.
PhraseTable const& withholds() {
  static PhraseTable const phrases{
      "do not have | have not got | have no | do not know | do not remember | can not remember | can not find | not sure\n"
      "no idea | why do you | why are you | what for | one moment | one second | one sec | just a second | just a minute\n"
      "just a moment | hang on | hold on | let me | bear with | give me a | forgot | forgotten | do not want | rather not\n"
      "is not to hand | not to hand | wait a | what do you need | which one | where do i find | where is that | already gave\n"
      "already told | just told you | just said | i told you | just gave"};
  return phrases;
}

/// Nouns that stand for their number when one follows: "order 40917".
constexpr std::array<PhraseTable::List, 4> numbered{{
    {static_cast<std::uint32_t>(DataItem::order_number), "order | booking | reservation | waybill | parcel | shipment | tracking"},
    {static_cast<std::uint32_t>(DataItem::reference), "claim | policy | invoice | ticket | case | reference | ref | contract | file | job"},
    {static_cast<std::uint32_t>(DataItem::account_number), "account | acct"},
    {static_cast<std::uint32_t>(DataItem::phone), "mobile | phone | cell | telephone | landline"},
}};

PhraseTable const& numbered_nouns() {
  static PhraseTable const nouns{numbered};
  return nouns;
}

/// Items whose value is a number or code.
bool is_numeric(DataItem item) {
  switch (item) {
    case DataItem::account_number:
    case DataItem::customer_number:
    case DataItem::order_number:
    case DataItem::reference:
    case DataItem::phone:
    case DataItem::postcode:
    case DataItem::date_of_birth:
    case DataItem::card_number:
    case DataItem::card_digits:
    case DataItem::bank_details:
    case DataItem::identity_number:
    case DataItem::device_number:
    case DataItem::amount:
      return true;
    default:
      return false;
  }
}

class Listener {
 public:
  Listener(Moment const& moment, DataItems asked)
      : view_(moment.analysis.view(moment.words)),
        numbers_(moment.analysis.numbers(moment.words)),
        own_name_(moment.analysis.own_name(moment.words, false)),
        asked_(asked) {}

  DataItems given() {
    unasked();
    if (!asked_.empty()) answers();
    return given_;
  }

 private:
  void unasked() {
    if (own_name_) add_name(*own_name_);
    if (view_.words().text.find('@') != std::string_view::npos || spells_email()) given_.add(DataItem::email);
    PhraseTable const& nouns = numbered_nouns();
    for (std::size_t at = 0; at < view_.size(); ++at) {
      if (view_.is(at, "live"_w) && view_.is(at - 1, "i"_w) && number_soon(at)) given_.add(DataItem::address);
      auto const mention = mention_at(view_.words(), at, view_.size());
      if (mention) {
        std::size_t const next = at + mention->length;
        bool const said = view_.is(next, "is"_w) && next + 1 < view_.size() && !withholds().occurs(view_.tokens(), next, view_.size());
        bool const by_words = mention->item == DataItem::email || mention->item == DataItem::address ||
                              mention->item == DataItem::username || mention->item == DataItem::date_of_birth;
        if (code_follows(next) || (by_words && said)) given_.add(mention->item);
        at = next - 1;
        continue;
      }
      auto const noun = nouns.match(view_.tokens(), at, view_.size());
      if (noun && code_follows(at + noun.length)) given_.add(static_cast<DataItem>(noun.value));
    }
  }

  /// "i live at fourteen banksia court": a house number within a few words.
  bool number_soon(std::size_t at) const {
    constexpr std::size_t address_reach = 6;
    return std::ranges::any_of(numbers_, [&](NumberReading const& number) { return number.first > at && number.first <= at + address_reach; });
  }

  /// A code within a few small words: "number is", "ends in", "it's".
  bool code_follows(std::size_t at) const {
    for (std::size_t word = at; word < std::min(view_.size(), at + code_reach); ++word) {
      if (code_at(word)) return true;
      bool const small = view_.has_any(word, {Trait::be_form, Trait::filler, Trait::subject}) ||
                         view_.is_any(word, {"number"_w, "no"_w, "ending"_w, "ends"_w, "in"_w, "id"_w, "code"_w, "with"_w, "ref"_w}) ||
                         view_.written(word).size() <= 3;
      if (!small) return false;
    }
    return false;
  }

  bool code_at(std::size_t at) const {
    return std::ranges::any_of(numbers_, [&](NumberReading const& number) {
      return number.first == at && number.digits.size() >= code_length_min;
    });
  }

  /// "tolu dot adeyemi at postbox dot example".
  bool spells_email() const {
    bool dot = false;
    bool at_sign = false;
    for (std::size_t at = 1; at + 1 < view_.size(); ++at) {
      dot = dot || view_.is(at, "dot"_w);
      at_sign = at_sign || view_.is(at, "at"_w);
    }
    return dot && at_sign;
  }

  void answers() {
    bool const any_number = std::ranges::any_of(numbers_, [](NumberReading const& number) { return !number.digits.empty(); });
    bool const withheld = withholds().occurs(view_.tokens(), 0, view_.size()) && !any_number;
    if (withheld) return;
    for (std::size_t index = 0; index < data_item_count; ++index) {
      auto const item = static_cast<DataItem>(index);
      if (asked_.has(item)) answer(item, any_number);
    }
  }

  void answer(DataItem item, bool any_number) {
    if (is_numeric(item)) {
      if (any_number) given_.add(item);
      return;
    }
    switch (item) {
      case DataItem::name:
      case DataItem::surname:
        if (auto const name = answered_name(view_, own_name_)) add_name(*name);
        if (item == DataItem::surname && view_.size() <= short_answer) given_.add(item);
        break;
      case DataItem::address:
        if (any_number || view_.size() >= 3) given_.add(item);
        break;
      case DataItem::reason:
        if (view_.size() >= 4) given_.add(item);
        break;
      default:
        if (content_words() > 0) given_.add(item);
        break;
    }
  }

  std::size_t content_words() const {
    std::size_t count = 0;
    for (std::size_t at = 0; at < view_.size(); ++at) count += view_.has_any(at, {Trait::stop, Trait::courtesy}) ? 0U : 1U;
    return count;
  }

  void add_name(SpokenName name) {
    given_.add(DataItem::name);
    if (name.last > name.first) given_.add(DataItem::surname);
  }

  TokenView view_;
  std::vector<NumberReading> const& numbers_;
  std::optional<SpokenName> own_name_;
  DataItems asked_;
  DataItems given_;
};

}  // namespace

DataItems given_items(Moment const& moment, DataItems asked) { return Listener{moment, asked}.given(); }

}  // namespace rapport::signals::detectors
