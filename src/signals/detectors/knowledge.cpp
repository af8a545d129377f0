#include "signals/detectors/knowledge.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "signals/detectors/analysis.hpp"
#include "signals/detectors/customer_name.hpp"
#include "signals/detectors/hash_set.hpp"
#include "signals/detectors/phrase_table.hpp"
#include "signals/detectors/tokenised_text.hpp"

namespace rapport::signals {
namespace {

using namespace detectors;
using domain::Role;

bool said_by(Moment const& moment, Role role) { return moment.step.words && moment.step.role == role; }

std::vector<Stem> stems_of(TokenisedText const& text) {
  Analysis analysis;
  std::vector<Stem> stems;
  for (Stem const stem : analysis.stems(text.words())) {
    if (stem != 0 && std::ranges::find(stems, stem) == stems.end()) stems.push_back(stem);
  }
  return stems;
}

/// Something on record: what it is called, the words of its value, its figures.
struct Fact {
  std::vector<Stem> name;
  std::vector<Stem> value;
  std::string figures;  ///< digits of the value, where it has three or more
};

constexpr std::size_t figures_min = 3;
constexpr std::size_t last_figures = 4;

class MentionsKnown final : public Detector {
 public:
  explicit MentionsKnown(Vocabulary const& vocabulary) : vocabulary_(&vocabulary), name_(vocabulary) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<MentionsKnown>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody, .kinds = CustomerName::records}; }

  void read(Moment const& moment, Emitter& emit) override {
    learn(moment);
    name_.read(moment);
    if (said_by(moment, Role::customer)) {
      said_.insert(moment.analysis.stems(moment.words));
      for (NumberReading const& number : moment.analysis.numbers(moment.words)) said_figures_.push_back(number.digits);
    }
    if (!said_by(moment, Role::agent)) return;
    mention_name(moment, emit);
    for (Fact const& fact : facts_) mention_fact(moment, fact, emit);
  }

 private:
  void mention_name(Moment const& moment, Emitter& emit) const {
    TokenView const view = moment.analysis.view(moment.words);
    for (std::size_t at = 0; at < view.size(); ++at) {
      if (!name_.known_before().named_at(view, at)) continue;
      emit.fire(moment, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at));
      return;
    }
  }

  void mention_fact(Moment const& moment, Fact const& fact, Emitter& emit) const {
    if (!fact.figures.empty()) {
      for (NumberReading const& number : moment.analysis.numbers(moment.words)) {
        bool const ending = fact.figures.size() > last_figures && number.digits.size() == last_figures && fact.figures.ends_with(number.digits);
        if (number.digits != fact.figures && !ending) continue;
        if (std::ranges::find(said_figures_, number.digits) != said_figures_.end()) continue;
        emit.fire(moment, number.first, number.last);
        return;
      }
    }
    for (Sentence const& sentence : moment.words.sentences) {
      if (mentions_words(moment, fact, sentence)) {
        emit.fire(moment, sentence.first_token, sentence.first_token + sentence.token_count - 1);
        return;
      }
    }
  }

  bool mentions_words(Moment const& moment, Fact const& fact, Sentence const& sentence) const {
    TokenView const view = moment.analysis.view(moment.words);
    auto const stems = moment.analysis.stems(moment.words);
    std::size_t heard = 0;
    bool names_it = false;
    HashSet seen;
    for (std::size_t at = sentence.first_token; at < std::size_t{sentence.first_token} + sentence.token_count; ++at) {
      names_it = names_it || view.is(at, "your"_w) || std::ranges::find(fact.name, stems[at]) != fact.name.end();
      if (stems[at] == 0 || seen.contains(stems[at]) || said_.contains(stems[at])) continue;
      if (std::ranges::find(fact.value, stems[at]) == fact.value.end()) continue;
      seen.insert(stems[at]);
      ++heard;
    }
    return heard >= 2 || (heard == 1 && fact.value.size() == 1 && names_it);
  }

  void learn(Moment const& moment) {
    if (!head_read_) {
      head_read_ = true;
      auto const customer = moment.head.first_of(Role::customer);
      if (customer != domain::nobody) {
        for (domain::Attribute const& fact : moment.head.participants[customer].known) add(fact.name, fact.value);
      }
      for (domain::HistoryEntry const& entry : moment.head.history) add("", domain::Value::of_text(entry.summary));
    }
    if (moment.event.kind == domain::EventKind::context) {
      for (domain::Attribute const& fact : moment.event.attributes) {
        if (fact.group == "known") add(fact.name, fact.value);
      }
    }
  }

  void add(std::string_view name, domain::Value const& value) {
    Fact fact;
    std::string spaced{name};
    std::ranges::replace(spaced, '_', ' ');
    fact.name = stems_of(TokenisedText{spaced, *vocabulary_});
    if (value.kind == domain::Value::Kind::number) {
      fact.figures = std::to_string(value.number / 1'000);
    } else if (value.kind == domain::Value::Kind::text) {
      TokenisedText const text{value.text, *vocabulary_};
      fact.value = stems_of(text);
      std::vector<NumberReading> numbers;
      find_numbers(text.view(), numbers);
      if (numbers.size() == 1) fact.figures = numbers.front().digits;
    }
    if (fact.figures.size() < figures_min) fact.figures.clear();
    if (!fact.figures.empty() || !fact.value.empty()) facts_.push_back(std::move(fact));
  }

  Vocabulary const* vocabulary_;
  CustomerName name_;
  bool head_read_ = false;
  std::vector<Fact> facts_;
  HashSet said_;                           ///< by the customer
  std::vector<std::string> said_figures_;  ///< likewise
};

/// An earlier contact is spoken of.
PhraseTable const& earlier_contact() {
  static PhraseTable const phrases{
      "i see you called | i see you rang | i see you wrote | i see you contacted | i see you messaged | i see you spoke\n"
      "i can see you called | i can see you rang | i can see you wrote | i can see you contacted | i can see you spoke\n"
      "i see that you called | i can see that you called | you called us | you rang us | you wrote to us | you contacted us\n"
      "you called in | you called yesterday | you rang yesterday | you called last | you rang last | you wrote last\n"
      "you called on | you rang on | you wrote on | you spoke to | you spoke with | you were speaking with | you chatted with\n"
      "when you called | when you rang | when you last | last time you | last time we | since we last | when we last spoke\n"
      "when we spoke | as we discussed | we spoke | your last call | your previous call | your earlier call | your first call\n"
      "your last chat | your previous chat | your earlier chat | your last email | your last message | your last contact\n"
      "your previous contact | your earlier message | your earlier email | your mail of | your email of | your email from\n"
      "your call yesterday | your call last | your call on | the last call | the previous call | previous contact\n"
      "second time you | third time you | fourth time you | second call | third call | fourth call | called before\n"
      "contacted us before | been in touch | in touch before | from our notes | from the notes | the notes from\n"
      "notes from your | notes say | my colleague noted | my colleague wrote | told my colleague | spoke to my colleague\n"
      "follow up on your | following up on | have to ring again | have to call again | had to ring again | had to call again\n"
      "had to call twice | had to ring twice | having to call again | having to ring again | thank you for coming back\n"
      "thanks for coming back | your history | contact history | i said on | i promised you | i told you on"};
  return phrases;
}

class MentionsHistory final : public Detector {
 public:
  explicit MentionsHistory(Vocabulary const& vocabulary) : vocabulary_(&vocabulary) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<MentionsHistory>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::customer, domain::Role::agent})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!head_read_) {
      head_read_ = true;
      for (domain::HistoryEntry const& entry : moment.head.history) summaries_.push_back(stems_of(TokenisedText{entry.summary, *vocabulary_}));
    }
    if (said_by(moment, Role::customer)) said_.insert(moment.analysis.stems(moment.words));
    if (!said_by(moment, Role::agent)) return;
    auto const tokens = std::span<Token const>{moment.words.tokens};
    PhraseTable const& spoken_of = earlier_contact();
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      auto const match = spoken_of.match(tokens, at, tokens.size());
      if (!match) continue;
      emit.fire(moment, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at) + match.length - 1);
      return;
    }
    if (tells_a_summary(moment)) emit.fire(moment);
  }

 private:
  static constexpr std::size_t shared_min = 2;

  bool tells_a_summary(Moment const& moment) const {
    auto const stems = moment.analysis.stems(moment.words);
    return std::ranges::any_of(summaries_, [&](std::vector<Stem> const& summary) {
      return std::ranges::count_if(summary, [&](Stem stem) {
               return !said_.contains(stem) && std::ranges::find(stems, stem) != stems.end();
             }) >= static_cast<std::ptrdiff_t>(shared_min);
    });
  }

  Vocabulary const* vocabulary_;
  bool head_read_ = false;
  std::vector<std::vector<Stem>> summaries_;
  HashSet said_;  ///< by the customer
};

}  // namespace

base::Result<std::unique_ptr<Detector>> make_mentions_known(Parameters const&, Vocabulary const& vocabulary) {
  return std::unique_ptr<Detector>{std::make_unique<MentionsKnown>(vocabulary)};
}

base::Result<std::unique_ptr<Detector>> make_mentions_history(Parameters const&, Vocabulary const& vocabulary) {
  return std::unique_ptr<Detector>{std::make_unique<MentionsHistory>(vocabulary)};
}

}  // namespace rapport::signals
