#include "signals/detectors/matter.hpp"

#include <algorithm>

#include "signals/detectors/analysis.hpp"
#include "signals/detectors/hash_set.hpp"
#include "signals/detectors/phrase_table.hpp"
#include "signals/detectors/signal_parameter.hpp"

namespace rapport::signals {
namespace {

using namespace detectors;
using domain::Role;

bool matter_said_by(Moment const& moment, Role role) { return moment.step.words && moment.step.role == role; }

/// Different stems of tokens [first, end) that are in the set, numbers and letters of codes apart.
struct Shared {
  std::size_t words = 0;
  std::size_t numbers = 0;
};

Shared shared_with(HashSet const& set, Moment const& moment, std::size_t first, std::size_t end) {
  TokenView const view = moment.analysis.view(moment.words);
  auto const stems = moment.analysis.stems(moment.words);
  Shared shared;
  HashSet seen;
  for (std::size_t at = first; at < end; ++at) {
    if (!set.contains(stems[at]) || seen.contains(stems[at])) continue;
    seen.insert(stems[at]);
    bool const code = view.has_digit(at) || view.has(at, Trait::number) || view.written(at).size() <= 2;
    ++(code ? shared.numbers : shared.words);
  }
  return shared;
}

class RefersBack final : public Detector {
 public:
  RefersBack(SignalId to, std::size_t shared) : to_(to), shared_(shared) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<RefersBack>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::customer, domain::Role::agent})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (matter_said_by(moment, Role::customer) && (to_ == no_signal || fired(moment, to_))) {
      said_.insert(moment.analysis.stems(moment.words));
    }
    if (!matter_said_by(moment, Role::agent) || said_.empty()) return;
    for (Sentence const& sentence : moment.words.sentences) {
      std::uint32_t const end = sentence.first_token + sentence.token_count;
      Shared const shared = shared_with(said_, moment, sentence.first_token, end);
      if (shared.words + shared.numbers >= shared_) emit.fire(moment, sentence.first_token, end - 1);
    }
  }

 private:
  SignalId to_;
  std::size_t shared_;
  HashSet said_;
};

/// The agent asks whether the customer was understood.
PhraseTable const& asks_if_understood() {
  static PhraseTable const phrases{
      "have i that right | have i got that right | have i got this right | did i get that right | do i have that right\n"
      "do i have this right | have i got it | have i got that | have i understood | did i understand | is that it\n"
      "is that the picture | is that about right | am i right | am i understanding | have i everything | got that right\n"
      "is that right | is that correct | is that what | if i understand | if i have understood | as i understand\n"
      "my understanding | correct me if | if i am hearing you | if i have got | if i got | to see if i have understood\n"
      "would that be right | would i be right | isn't that right | is that a fair summary"};
  return phrases;
}

/// Openers of saying back.
PhraseTable const& says_back() {
  static PhraseTable const phrases{
      "so you | so your | so what you | so from what you | so basically you | so if i | you are saying | you are telling me\n"
      "what you are saying | what you are telling | what i am hearing | i am hearing | i hear you saying | from what you say\n"
      "from what you said | from what you have said | let me make sure | make sure i | making sure i | be sure i have\n"
      "sounds like | sounds as if | sounds as though | it seems your | it seems you | just to confirm | to confirm\n"
      "just to check | to be clear | just so i am clear | so i am clear | to clarify | in other words | let me repeat\n"
      "let me recap | to recap | to summarise | you mentioned | you said | you mean | you would like to | you want to\n"
      "you are looking to | you are trying to | i understand that you | i understand that your | i understand your\n"
      "i understand you | i see that you | i can see that you | okay so you | right so you | so the | so that is | so it is\n"
      "so both | so all | so this | so there | so since | so when | so now | so they | so he | so she | so one | so two"};
  return phrases;
}

/// What the agent will do, or tells the customer to do: no saying back.
PhraseTable const& does_or_directs() {
  static PhraseTable const phrases{
      "so i will | so i can | so i have | so i would | so i am going | so i am | so we will | so we can | so we have | so let\n"
      "so we are | so i just | so i need | so what i | so what we | so you can | so you will | so you would need | so you need to\n"
      "so you have to | so you should | so you could | so you just | you can | you could | you should | you will | you need to\n"
      "you would need | you have to | you may | i will | i can | i would | we will | we can | i am going to | let me just\n"
      "please | have you tried | would you like | do you want me | shall i | i have sent | i have put | i have made"};
  return phrases;
}

class Paraphrase final : public Detector {
 public:
  Paraphrase(SignalId problem, std::size_t shared) : problem_(problem), shared_(shared) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<Paraphrase>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::customer, domain::Role::agent})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (matter_said_by(moment, Role::customer)) {
      auto const stems = moment.analysis.stems(moment.words);
      all_.insert(stems);
      if (problem_ != no_signal && fired(moment, problem_)) matter_.insert(stems);
    }
    if (!matter_said_by(moment, Role::agent) || all_.empty()) return;
    HashSet const& matter = matter_.empty() ? all_ : matter_;
    if (understanding_asked(moment, matter, emit)) return;
    for (Sentence const& sentence : moment.words.sentences) {
      if (sentence.token_count < sentence_words_min || !says_matter_back(moment, matter, sentence)) continue;
      emit.fire(moment, sentence.first_token, sentence.first_token + sentence.token_count - 1);
    }
  }

 private:
  static constexpr std::uint32_t sentence_words_min = 4;
  static constexpr std::size_t checked_words_min = 8;
  static constexpr std::uint32_t opener_reach = 6;  ///< words of a sentence in which its opener begins

  static bool understanding_asked(Moment const& moment, HashSet const& matter, Emitter& emit) {
    auto const tokens = std::span<Token const>{moment.words.tokens};
    std::size_t const at = asks_if_understood().find(tokens, 0, tokens.size());
    if (at == tokens.size() || tokens.size() < checked_words_min) return false;
    if (shared_with(matter, moment, 0, tokens.size()).words < 1) return false;
    emit.fire(moment);
    return true;
  }

  bool says_matter_back(Moment const& moment, HashSet const& matter, Sentence const& sentence) const {
    TokenView const view = moment.analysis.view(moment.words);
    std::size_t const first = sentence.first_token;
    std::size_t const end = first + sentence.token_count;
    Shared const shared = shared_with(matter, moment, first, end);
    if (shared.words < 1 || asks_for_datum(moment, first, end)) return false;
    std::size_t start = first;
    while (start + 1 < end && view.has(start, Trait::filler) && !view.is(start, "so"_w)) ++start;
    if (directs(view, start, end)) return false;
    std::size_t const total = shared.words + shared.numbers;
    std::size_t const reach = std::min<std::size_t>(end, start + opener_reach);
    for (std::size_t at = start; at < reach; ++at) {
      if (says_back().match(view.tokens(), at, end)) return total >= 2;
    }
    std::size_t const half = std::max<std::size_t>((matter.size() + 1) / 2, 2);
    bool const about_customer = speaks_of_customer(view, first, end) || view.is(start, "so"_w);
    return about_customer && shared.words >= 2 && total >= std::min(shared_, half) && !tells_what_comes(view, start, end);
  }

  /// "you will get", "i can offer": it goes on to what will be done.
  static bool tells_what_comes(TokenView view, std::size_t first, std::size_t end) {
    for (std::size_t at = first; at + 1 < end; ++at) {
      bool const who = view.is_any(at, {"i"_w, "we"_w, "you"_w, "it"_w, "they"_w});
      if (who && view.is_any(at + 1, {"will"_w, "can"_w, "shall"_w, "should"_w}) && !view.is_any(at + 2, {"not"_w, "see"_w})) return true;
    }
    return false;
  }

  static bool directs(TokenView view, std::size_t start, std::size_t end) {
    if (view.is(start, "i"_w) && view.is(start + 1, "can"_w) && view.is(start + 2, "see"_w)) return false;
    std::size_t const at = view.is(start, "so"_w) && !does_or_directs().match(view.tokens(), start, end) ? start + 1 : start;
    return at < end && static_cast<bool>(does_or_directs().match(view.tokens(), at, end));
  }

  static bool speaks_of_customer(TokenView view, std::size_t first, std::size_t end) {
    bool you = false;
    for (std::size_t at = first; at < end; ++at) {
      you = you || view.is_any(at, {"you"_w, "your"_w});
      if (view.is(at, "sorry"_w)) return true;
    }
    return you;
  }

  static bool asks_for_datum(Moment const& moment, std::size_t first, std::size_t end) {
    return std::ranges::any_of(moment.analysis.questions(moment.words), [&](Question const& question) {
      return question.first >= first && question.first < end && question.kind == Question::Kind::value && !question.items.empty();
    });
  }

  SignalId problem_;
  std::size_t shared_;
  HashSet all_;     ///< content words of the customer
  HashSet matter_;  ///< … where the matter was stated
};

template <typename Made>
base::Result<std::unique_ptr<Detector>> make_with_shared(Parameters const& parameters, Vocabulary const& vocabulary,
                                                         std::string_view signal_name, std::int64_t otherwise) {
  auto const signal = optional_signal(parameters, vocabulary, signal_name);
  if (!signal) return signal.error();
  auto const shared = parameters.number("shared", otherwise);
  if (!shared) return shared.error();
  if (*shared < 1 || *shared > 50) return base::Error{"\"shared\" is no count; expected 1 to 50 words"};
  return std::unique_ptr<Detector>{std::make_unique<Made>(*signal, static_cast<std::size_t>(*shared))};
}

}  // namespace

base::Result<std::unique_ptr<Detector>> make_refers_back(Parameters const& parameters, Vocabulary const& vocabulary) {
  return make_with_shared<RefersBack>(parameters, vocabulary, "to", 2);
}

base::Result<std::unique_ptr<Detector>> make_paraphrase(Parameters const& parameters, Vocabulary const& vocabulary) {
  return make_with_shared<Paraphrase>(parameters, vocabulary, "problem", 3);
}

}  // namespace rapport::signals
