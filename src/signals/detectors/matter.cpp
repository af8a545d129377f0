#include "signals/detectors/matter.hpp"

#include <algorithm>
#include <set>

#include "signals/detectors/analysis.hpp"
#include "signals/detectors/customer_name.hpp"
#include "signals/detectors/phrase_table.hpp"
#include "signals/detectors/tokenised_text.hpp"

namespace rapport::signals {
namespace {

using namespace detectors;
using domain::Role;

using StemSet = std::set<Stem>;

bool agent_words(Moment const& moment) { return moment.step.words && moment.step.role == Role::agent; }

void listen(Moment const& moment, StemSet& said) {
  if (!moment.step.words || moment.step.role != Role::customer) return;
  for (Stem const stem : moment.analysis.stems(moment.words)) {
    if (stem != 0) said.insert(stem);
  }
}

/// How many different stems of the tokens [first, end) are in the set.
std::size_t shared_with(StemSet const& set, std::span<Stem const> stems, std::size_t first, std::size_t end) {
  StemSet found;
  for (std::size_t at = first; at < end; ++at) {
    if (stems[at] != 0 && set.contains(stems[at])) found.insert(stems[at]);
  }
  return found.size();
}

class RefersBack final : public Detector {
 public:
  explicit RefersBack(std::size_t shared) : shared_(shared) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<RefersBack>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    listen(moment, said_);
    if (!agent_words(moment)) return;
    auto const stems = moment.analysis.stems(moment.words);
    for (Sentence const& sentence : moment.words.sentences) {
      std::size_t const end = sentence.first_token + sentence.token_count;
      if (sentence.token_count == 0 || shared_with(said_, stems, sentence.first_token, end) < shared_) continue;
      emit.fire(moment, sentence.first_token, static_cast<std::uint32_t>(end - 1));
    }
  }

 private:
  std::size_t shared_;
  StemSet said_;
};

PhraseTable const& saying_back() {
  static PhraseTable const phrases{
      "so you | so your | so the | so it | so that | so from | so if i | so what | so just | so basically | if i understand\n"
      "if i have understood | if i am hearing | if i hear | if i got | if i have got | you are saying | you said | you mean\n"
      "what you are saying | let me make sure | make sure i | be sure i | sounds like | sounds as if | it seems | just to confirm\n"
      "to confirm | just to check | to check i | to be clear | just to be | in other words | what i am hearing | i am hearing\n"
      "let me repeat | let me recap | to recap | recap | to summarise | in summary | am i right | have i got | i have it\n"
      "i understand you | i understand that | i understand your | understand you | i see that you | i see you | i hear you\n"
      "you would like | you want | you are looking | you need | you are having | you have been | you were | you tried | right so\n"
      "okay so | ok so | alright so | got it so | all right so"};
  return phrases;
}

class Paraphrase final : public Detector {
 public:
  explicit Paraphrase(std::size_t shared) : shared_(shared) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<Paraphrase>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    listen(moment, said_);
    if (!agent_words(moment)) return;
    auto const stems = moment.analysis.stems(moment.words);
    TokenView const view = moment.analysis.view(moment.words);
    for (Sentence const& sentence : moment.words.sentences) {
      std::size_t const first = sentence.first_token;
      std::size_t const end = first + sentence.token_count;
      if (sentence.token_count < 4) continue;
      bool const opened = saying_back().occurs(view.tokens(), first, std::min(end, first + 8));
      if (!opened && !sentence.asks && !speaks_to_you(view, first, end)) continue;
      if (shared_with(said_, stems, first, end) < (opened ? 2 : shared_)) continue;
      emit.fire(moment, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end - 1));
    }
  }

 private:
  static bool speaks_to_you(TokenView view, std::size_t first, std::size_t end) {
    for (std::size_t at = first; at < end; ++at) {
      if (view.is_any(at, {"you"_w, "your"_w})) return true;
    }
    return false;
  }

  std::size_t shared_;
  StemSet said_;
};

void add_stems(StemSet& set, std::string_view text, Vocabulary const& vocabulary) {
  TokenisedText const tokenised{text, vocabulary};
  Analysis analysis;
  analysis.begin_event();
  for (Stem const stem : analysis.stems(tokenised.words())) {
    if (stem != 0) set.insert(stem);
  }
}

class MentionsKnown final : public Detector {
 public:
  explicit MentionsKnown(Vocabulary const& vocabulary) : vocabulary_(&vocabulary), name_(vocabulary) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<MentionsKnown>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    learn(moment);
    name_.read(moment);
    listen(moment, said_);
    if (!agent_words(moment)) return;
    TokenView const view = moment.analysis.view(moment.words);
    auto const stems = moment.analysis.stems(moment.words);
    for (std::size_t at = 0; at < view.size(); ++at) {
      bool const named = name_.known_before().named_at(view, at);
      bool const fact = stems[at] != 0 && facts_.contains(stems[at]) && !said_.contains(stems[at]);
      if (named || fact) emit.fire(moment, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at));
    }
  }

 private:
  void learn(Moment const& moment) {
    if (!head_read_) {
      head_read_ = true;
      auto const customer = moment.head.first_of(Role::customer);
      if (customer != domain::nobody) {
        for (domain::Attribute const& fact : moment.head.participants[customer].known) learn(fact.value);
      }
      for (domain::HistoryEntry const& entry : moment.head.history) add_stems(facts_, entry.summary, *vocabulary_);
    }
    if (moment.event.kind != domain::EventKind::context) return;
    for (domain::Attribute const& fact : moment.event.attributes) {
      if (fact.group == "known") learn(fact.value);
    }
  }

  void learn(domain::Value const& value) {
    if (value.kind == domain::Value::Kind::text) add_stems(facts_, value.text, *vocabulary_);
  }

  Vocabulary const* vocabulary_;
  CustomerName name_;
  bool head_read_ = false;
  StemSet facts_;
  StemSet said_;
};

class MentionsHistory final : public Detector {
 public:
  explicit MentionsHistory(Vocabulary const& vocabulary) : vocabulary_(&vocabulary) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<MentionsHistory>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    if (!head_read_) {
      head_read_ = true;
      for (domain::HistoryEntry const& entry : moment.head.history) add_stems(history_, entry.summary, *vocabulary_);
    }
    if (history_.empty()) return;
    if (moment.step.words && moment.step.role == Role::customer) {
      for (Stem const stem : moment.analysis.stems(moment.words)) history_.erase(stem);
    }
    if (!agent_words(moment)) return;
    if (shared_with(history_, moment.analysis.stems(moment.words), 0, moment.words.tokens.size()) >= 2) emit.fire(moment);
  }

 private:
  Vocabulary const* vocabulary_;
  bool head_read_ = false;
  StemSet history_;
};

template <typename Made>
base::Result<std::unique_ptr<Detector>> make_with_shared(Parameters const& parameters, std::int64_t otherwise) {
  auto const shared = parameters.number("shared", otherwise);
  if (!shared) return shared.error();
  if (*shared < 1 || *shared > 50) return base::Error{"\"shared\" is no count; expected 1 to 50 words"};
  return std::unique_ptr<Detector>{std::make_unique<Made>(static_cast<std::size_t>(*shared))};
}

}  // namespace

base::Result<std::unique_ptr<Detector>> make_refers_back(Parameters const& parameters, Vocabulary const&) {
  return make_with_shared<RefersBack>(parameters, 2);
}

base::Result<std::unique_ptr<Detector>> make_paraphrase(Parameters const& parameters, Vocabulary const&) {
  return make_with_shared<Paraphrase>(parameters, 3);
}

base::Result<std::unique_ptr<Detector>> make_mentions_known(Parameters const&, Vocabulary const& vocabulary) {
  return std::unique_ptr<Detector>{std::make_unique<MentionsKnown>(vocabulary)};
}

base::Result<std::unique_ptr<Detector>> make_mentions_history(Parameters const&, Vocabulary const& vocabulary) {
  return std::unique_ptr<Detector>{std::make_unique<MentionsHistory>(vocabulary)};
}

}  // namespace rapport::signals
