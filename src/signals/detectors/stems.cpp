#include "signals/detectors/stems.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "signals/word_table.hpp"

namespace rapport::signals::detectors {
namespace {

struct Pair {
  std::string_view word;
  std::string_view stands_for;
};

/// Irregular forms, and names of one thing, before stemming.
constexpr auto pairs = std::to_array<Pair>({
    {"paid", "pay"},
    {"broke", "break"},
    {"broken", "break"},
    {"bought", "buy"},
    {"brought", "bring"},
    {"sent", "send"},
    {"lost", "lose"},
    {"loss", "lose"},
    {"stolen", "steal"},
    {"stole", "steal"},
    {"theft", "steal"},
    {"left", "leave"},
    {"kept", "keep"},
    {"held", "hold"},
    {"froze", "freeze"},
    {"frozen", "freeze"},
    {"flew", "fly"},
    {"flown", "fly"},
    {"flight", "fly"},
    {"flights", "fly"},
    {"wrote", "write"},
    {"written", "write"},
    {"drove", "drive"},
    {"driven", "drive"},
    {"chose", "choose"},
    {"chosen", "choose"},
    {"found", "find"},
    {"ate", "eat"},
    {"eaten", "eat"},
    {"sold", "sell"},
    {"spent", "spend"},
    {"built", "build"},
    {"fell", "fall"},
    {"fallen", "fall"},
    {"felt", "feel"},
    {"shut", "close"},
    {"woke", "wake"},
    {"wore", "wear"},
    {"worn", "wear"},
    {"tore", "tear"},
    {"torn", "tear"},
    {"cancellation", "cancel"},
    {"cancelation", "cancel"},
    {"refunded", "refund"},
    {"children", "child"},
    {"kid", "child"},
    {"kids", "child"},
    {"people", "person"},
    {"men", "man"},
    {"women", "woman"},
    {"payment", "pay"},
    {"payments", "pay"},
    {"delivery", "deliver"},
    {"deliveries", "deliver"},
    {"connection", "connect"},
    {"connectivity", "connect"},
    {"reservation", "reserve"},
    {"reservations", "reserve"},
    {"installation", "install"},
    {"registration", "register"},
    {"renewal", "renew"},
    {"withdrawal", "withdraw"},
    {"withdrew", "withdraw"},
    {"arrival", "arrive"},
    {"removal", "remove"},
    {"complaint", "complain"},
    {"complaints", "complain"},
    {"replacement", "replace"},
    {"died", "die"},
    {"death", "die"},
    {"dead", "die"},
    {"dying", "die"},
    {"tyre", "tire"},
    {"tyres", "tire"},
    {"cheque", "check"},
    {"cheques", "check"},
    {"package", "parcel"},
    {"packages", "parcel"},
    {"wifi", "internet"},
    {"broadband", "internet"},
    {"invoice", "bill"},
    {"invoices", "bill"},
    {"mobile", "phone"},
    {"mobiles", "phone"},
    {"cell", "phone"},
    {"cellphone", "phone"},
    {"telephone", "phone"},
    {"handset", "phone"},
    {"television", "tv"},
    {"telly", "tv"},
    {"fridge", "refrigerator"},
    {"photo", "picture"},
    {"photos", "picture"},
    {"photograph", "picture"},
    {"mail", "email"},
    {"mails", "email"},
    {"suitcase", "bag"},
    {"suitcases", "bag"},
    {"luggage", "bag"},
    {"baggage", "bag"},
    {"cab", "taxi"},
    {"cabs", "taxi"},
    {"automobile", "car"},
    {"vehicle", "car"},
    {"quid", "pound"},
    {"bucks", "dollar"},
    {"buck", "dollar"},
    {"gbp", "pound"},
    {"usd", "dollar"},
    {"eur", "euro"},
    {"mum", "mother"},
    {"mom", "mother"},
    {"dad", "father"},
    {"hubby", "husband"},
    {"gig", "gb"},
    {"gigs", "gb"},
    {"gigabyte", "gb"},
    {"gigabytes", "gb"},
});

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

bool has_vowel(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return is_vowel(c) || c == 'y'; });
}

/// Cuts the ending if a stem of at least `keep` bytes with a vowel remains.
bool cut(std::string& word, std::string_view ending, std::size_t keep) {
  if (!word.ends_with(ending) || word.size() < ending.size() + keep) return false;
  std::string_view const rest{word.data(), word.size() - ending.size()};
  if (!has_vowel(rest)) return false;
  word.resize(rest.size());
  return true;
}

/// "stopp" → "stop", but "call", "miss" and "buzz" stay.
void undouble(std::string& word) {
  if (word.size() < 3) return;
  char const last = word.back();
  if (last != word[word.size() - 2] || is_vowel(last) || last == 'l' || last == 's' || last == 'z') return;
  word.pop_back();
}

void cut_plural(std::string& word) {
  if (word.size() < 4 || !word.ends_with('s') || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is")) return;
  word.pop_back();
  bool const hissing = word.ends_with("sse") || word.ends_with("xe") || word.ends_with("che") || word.ends_with("she");
  if (hissing) word.pop_back();
}

std::string stemmed(std::string word) {
  cut_plural(word);
  if (cut(word, "ing", 3) || cut(word, "ed", 3)) undouble(word);
  cut(word, "ment", 4);
  if (word.size() > 3 && word.ends_with('e')) word.pop_back();
  if (word.size() > 3 && word.ends_with('i')) word.back() = 'y';
  return word;
}

struct Entry {
  std::uint64_t word = 0;
  Stem stem = 0;
};

std::vector<Entry> make_entries() {
  std::vector<Entry> entries;
  for (Pair const& pair : pairs) {
    entries.push_back({word_hash(pair.word), word_hash(stemmed(std::string{pair.stands_for}))});
  }
  std::ranges::sort(entries, {}, &Entry::word);
  return entries;
}

}  // namespace

Stem stem_of(std::string_view word) {
  static std::vector<Entry> const entries = make_entries();
  std::uint64_t const whole = word_hash(word);
  auto const found = std::ranges::lower_bound(entries, whole, {}, &Entry::word);
  if (found != entries.end() && found->word == whole) return found->stem;
  if (std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; })) return whole;
  return word_hash(stemmed(std::string{word}));
}

}  // namespace rapport::signals::detectors
