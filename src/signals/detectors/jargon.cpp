#include "signals/detectors/jargon.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "signals/detectors/analysis.hpp"
#include "signals/detectors/hash_set.hpp"
#include "signals/detectors/phrase_table.hpp"
#include "signals/language.hpp"

namespace rapport::signals {
namespace {

using domain::Role;
using Hashes = std::vector<std::uint64_t>;

constexpr std::uint64_t item_factor = 0x100000001b3ULL;
constexpr std::size_t spelt_min = 3;  ///< letters; two are too often words of their own ("a", "i")
constexpr std::size_t spelt_max = 4;

Hashes hashes_of(Vocabulary const& vocabulary, std::string_view text) {
  Words words;
  vocabulary.tokenise(text, words);
  Hashes hashes;
  for (Token const& token : words.tokens) hashes.push_back(token.hash);
  return hashes;
}

bool stands_at(Hashes const& sequence, std::span<Token const> tokens) {
  if (sequence.empty() || sequence.size() > tokens.size()) return false;
  return std::equal(sequence.begin(), sequence.end(), tokens.begin(),
                    [](std::uint64_t hash, Token const& token) { return hash == token.hash; });
}

bool stands_in(Hashes const& sequence, std::span<Token const> tokens) {
  if (sequence.empty()) return false;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (stands_at(sequence, tokens.subspan(at))) return true;
  }
  return false;
}

/// The compiled glossary; shared by clones.
class Glossary {
 public:
  struct Term {
    Hashes words;
    Hashes plain;
    std::uint64_t item = 0;
  };
  void add(Term term) { terms_.push_back(std::move(term)); }
  /// When all terms are there, in the order in which they are looked for.
  void build_index() {
    std::ranges::stable_sort(terms_, {}, [](Term const& term) { return place_of(term.words.front()); });
    for (std::size_t place = 0, term = 0; place < places; ++place) {
      begins_[place] = static_cast<std::uint32_t>(term);
      while (term < terms_.size() && place_of(terms_[term].words.front()) == place) ++term;
    }
    begins_[places] = static_cast<std::uint32_t>(terms_.size());
    for (Term const& term : terms_) any_begins_[place_of(term.words.front())] = true;
  }
  /// The terms that may begin with the word: none for most words.
  std::span<Term const> beginning_with(std::uint64_t word) const {
    std::size_t const place = place_of(word);
    if (!any_begins_[place]) return {};
    return {terms_.data() + begins_[place], begins_[place + 1] - begins_[place]};
  }
  bool lists(std::uint64_t word) const {
    return std::ranges::any_of(beginning_with(word), [word](Term const& term) { return term.words.front() == word; });
  }

 private:
  static constexpr std::size_t places = 4'096;
  static std::size_t place_of(std::uint64_t word) { return word % places; }

  std::vector<Term> terms_;                         ///< by the place of their first word
  std::array<std::uint32_t, places + 1> begins_{};  ///< by place, where its terms begin
  std::bitset<places> any_begins_;                  ///< by place: asked of every word, and small
};

/// What comes before an explanation, or after what it explains.
detectors::PhraseTable const& explaining() {
  static detectors::PhraseTable const phrases{
      "which means | that means | which is | that is | meaning | in other words | in plain | short for | stands for\n"
      "basically | what we call | known as"};
  return phrases;
}

/// Abbreviations that need no explaining.
constexpr std::array<std::string_view, 101> everyday{
    "OK", "TV", "PIN", "ID", "PC", "UK", "US", "USA", "EU", "AM", "PM", "SMS", "ATM", "PDF", "FAQ", "GPS", "USB",
    "DVD", "CD", "GP", "MP", "VAT", "GST", "OTP", "QR", "NHS", "DOB", "CEO", "HR", "IT", "VIP", "DIY", "ASAP", "FYI",
    "PS", "PO", "MR", "MRS", "MS", "DR", "CV", "IOU", "RSVP", "SIM", "LED", "LCD", "SUV", "MOT", "BBC", "ISBN",
    "GMT", "UTC", "BST", "EST", "CET", "PT", "ET", "CT", "MT", "NY", "LA", "DC", "GB", "MB", "KM", "AC", "UPS",
    "DHL", "RIP", "LOL", "OMG", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN", "JAN", "FEB", "MAR", "APR", "JUN",
    "JUL", "AUG", "SEP", "OCT", "NOV", "DEC", "UPI", "NEFT", "UTR", "PFA", "IRS", "DMV", "CVV", "CVC", "SSN", "FBI", "USPS",
    "IBAN"};

/// Words that people write in capitals to stress them.
constexpr std::array<std::string_view, 72> stressed{
    "NO", "YES", "NOT", "AND", "THE", "BUT", "OR", "IF", "SO", "ALL", "ANY", "ARE", "IS", "WAS", "BE", "CAN", "WILL",
    "MUST", "MAY", "DO", "DOES", "DID", "HAS", "HAVE", "HAD", "YOU", "YOUR", "WE", "OUR", "MY", "ME", "HE", "SHE",
    "THEY", "THEM", "THIS", "THAT", "THESE", "IN", "ON", "AT", "TO", "OF", "FOR", "BY", "UP", "OUT", "OFF", "NOW",
    "NEVER", "BOTH", "ONE", "TWO", "ONLY", "ALSO", "AFTER", "VERY", "REALLY", "FREE", "NEW", "FIRST", "LAST", "STOP",
    "HELP", "SURE", "GREAT", "WOW", "HA", "ASK", "CALL", "READ", "WAIT"};

bool is_one_of(std::string_view word, std::span<std::string_view const> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// Two to five capitals and nothing else, which not everybody knows.
bool is_abbreviation(std::string_view written) {
  if (written.size() < 2 || written.size() > 5) return false;
  auto const is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return std::all_of(written.begin(), written.end(), is_capital) && !is_one_of(written, everyday) && !is_one_of(written, stressed);
}

/// A part of a code or a reference: a digit stands in it, beside it or hyphened to it.
bool in_code(detectors::TokenView view, std::size_t first, std::size_t last) {
  auto const hyphened = [](std::string_view gap) { return gap.find_first_of("-/#@") == 0 && gap.size() == 1; };
  return (first > 0 && (view.has_digit(first - 1) || hyphened(view.gap_before(first)))) || view.has_digit(last + 1) ||
         hyphened(view.gap_after(last)) || (first > 0 && view.has(first - 1, detectors::Trait::number)) ||
         view.has(last + 1, detectors::Trait::number);
}

/// Whether everybody knows the abbreviation that small letters spell.
bool is_everyday_letters(std::string_view letters) {
  return std::ranges::any_of(everyday, [letters](std::string_view known) {
    return std::ranges::equal(known, letters, [](char capital, char small) { return capital - 'A' + 'a' == small; });
  });
}

bool is_letter(detectors::TokenView view, std::size_t at) {
  return at < view.size() && view.written(at).size() == 1 && view.written(at).front() >= 'a' && view.written(at).front() <= 'z';
}

bool has_small_letters(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; }) >= 8;
}

class Jargon final : public Detector {
 public:
  explicit Jargon(std::shared_ptr<Glossary const> glossary) : glossary_(std::move(glossary)) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<Jargon>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words) return;
    explains_.reset();
    in_plain_words_.clear();
    std::span<Token const> const tokens{moment.words.tokens};
    detectors::TokenView const view = moment.analysis.view(moment.words);
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      bool const one_byte = tokens[at].end - tokens[at].begin == 1;
      if (one_byte && is_letter(view, at)) note_spelt(moment, at, emit);
      if (moment.step.role == Role::customer) {
        customer_words_.insert(tokens[at].hash);
      } else if (view.capitalised(at)) {
        note_abbreviation(moment, static_cast<std::uint32_t>(at), emit);
      }
      for (Glossary::Term const& term : glossary_->beginning_with(tokens[at].hash)) {
        if (!stands_at(term.words, tokens.subspan(at))) continue;
        if (moment.step.role == Role::customer) {
          used_by_customer_.insert(term.item);
        } else if (moment.step.role == Role::agent && !used_by_customer_.contains(term.item) &&
                   !explained(term, tokens)) {
          auto const end = static_cast<std::uint32_t>(at + term.words.size() - 1);
          emit.fire(moment, static_cast<std::uint32_t>(at), end).item = term.item;
        }
      }
    }
  }

 private:
  /// "the p n r", as recognisers write what is said letter by letter: three or four letters after a word that
  /// introduces a thing. More letters, or numbers beside them, spell a name or a code. REQUIRES: a letter at `begin`.
  void note_spelt(Moment const& moment, std::size_t begin, Emitter& emit) {
    detectors::TokenView const view = moment.analysis.view(moment.words);
    if (begin > 0 && is_letter(view, begin - 1)) return;
    std::size_t end = begin;
    while (is_letter(view, end)) ++end;
    // "on a d p a": the first letter is the word that introduces the others.
    bool const introduced = begin > 0 && view.has(begin - 1, detectors::Trait::determiner);
    bool const by_first = !introduced && view.is(begin, word_hash("a"));
    std::size_t const first = by_first ? begin + 1 : begin;
    if (end - first < spelt_min || end - first > spelt_max) return;
    Glossary::Term spelt;
    std::string together;
    for (std::size_t at = first; at < end; ++at) {
      spelt.words.push_back(view.hash(at));
      spelt.item = spelt.item * item_factor ^ view.hash(at);
      together += view.written(at);
    }
    if (moment.step.role == Role::customer) used_by_customer_.insert(spelt.item);
    if (moment.step.role != Role::agent || !(introduced || by_first) || in_code(view, first, end - 1)) return;
    bool const known = used_by_customer_.contains(spelt.item) || customer_words_.contains(word_hash(together));
    if (known || is_everyday_letters(together) || explained(spelt, moment.words.tokens)) return;
    emit.fire(moment, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end - 1)).item = spelt.item;
  }

  void note_abbreviation(Moment const& moment, std::uint32_t at, Emitter& emit) {
    Token const& token = moment.words.tokens[at];
    std::string_view const written = moment.words.text.substr(token.begin, token.end - token.begin);
    if (moment.step.role != Role::agent || !is_abbreviation(written) || !has_small_letters(moment.words.text)) return;
    bool const named = moment.head.company.find(written) != std::string::npos || moment.head.brand.find(written) != std::string::npos;
    if (in_code(moment.analysis.view(moment.words), at, at)) return;
    Glossary::Term const unlisted{{token.hash}, {}, token.hash};
    bool const listed = glossary_->lists(token.hash);
    if (named || listed || customer_words_.contains(token.hash) || explained(unlisted, moment.words.tokens)) return;
    emit.fire(moment, at, at).item = token.hash;
  }

  /// Whether the words of the event explain the term. What they say is looked for once an event, however often its
  /// terms stand in it.
  bool explained(Glossary::Term const& term, std::span<Token const> tokens) {
    if (!explains_) {
      explains_ = explaining().occurs(tokens, 0, tokens.size());
    }
    if (*explains_ || term.plain.empty()) return *explains_;
    auto const [known, asked_first] = in_plain_words_.try_emplace(term.item, false);
    if (asked_first) known->second = stands_in(term.plain, tokens);
    return known->second;
  }

  std::shared_ptr<Glossary const> glossary_;
  detectors::HashSet used_by_customer_;  ///< terms, by item
  detectors::HashSet customer_words_;    ///< every word the customer has said
  // Of the event that is read.
  std::optional<bool> explains_;                  ///< whether it explains something; none: not looked for yet
  std::map<std::uint64_t, bool> in_plain_words_;  ///< by term: whether it says it in plain words, too
};

}  // namespace

base::Result<std::unique_ptr<Detector>> make_jargon(Parameters const&, Vocabulary const& vocabulary) {
  auto glossary = std::make_shared<Glossary>();
  for (GlossaryEntry const& entry : vocabulary.glossary()) {
    if (base_language(entry.language) != "en") continue;
    Glossary::Term term{hashes_of(vocabulary, entry.term), hashes_of(vocabulary, entry.plain), 0};
    if (term.words.empty()) continue;
    for (std::uint64_t const hash : term.words) term.item = term.item * item_factor ^ hash;
    glossary->add(std::move(term));
  }
  glossary->build_index();
  return std::unique_ptr<Detector>{std::make_unique<Jargon>(std::move(glossary))};
}

}  // namespace rapport::signals
