#include "signals/detectors/records.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "signals/detectors/analysis.hpp"
#include "signals/detectors/standing.hpp"
#include "signals/detectors/tokenised_text.hpp"

namespace rapport::signals {
namespace {

using namespace detectors;
using domain::EventKind;
using domain::Role;

bool agent_words(Moment const& moment) { return moment.step.words && moment.step.role == Role::agent; }

class StatesStatus final : public Detector {
 public:
  std::unique_ptr<Detector> clone() const override { return std::make_unique<StatesStatus>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::agent})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!agent_words(moment)) return;
    std::vector<Statement> statements;
    find_statements(moment.analysis.view(moment.words), statements);
    for (Statement const& statement : statements) {
      emit.fire(moment, statement.first, statement.last).item = 1 + static_cast<std::uint64_t>(statement.standing);
    }
  }
};

class StatusMismatch final : public Detector {
 public:
  explicit StatusMismatch(Vocabulary const& vocabulary) : vocabulary_(&vocabulary) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<StatusMismatch>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::agent}), .kinds = Attention::kinds_of({domain::EventKind::fact_known, domain::EventKind::context})}; }

  void read(Moment const& moment, Emitter& emit) override {
    learn(moment);
    if (!agent_words(moment) || records_.empty()) return;
    std::vector<Statement> statements;
    find_statements(moment.analysis.view(moment.words), statements);
    for (Statement const& statement : statements) {
      Record const* const record = record_for(moment, statement);
      if (record == nullptr) continue;
      bool const wrong = statement.negated ? statement.standing == record->standing : contradict(statement.standing, record->standing);
      if (wrong) emit.fire(moment, statement.first, statement.last).item = record->item;
    }
  }

 private:
  struct Record {
    std::uint64_t item = 0;   ///< of the fact's name
    std::vector<Stem> thing;  ///< "order" of "order_status"
    Standing standing = Standing::pending;
  };

  void learn(Moment const& moment) {
    if (!head_read_) {
      head_read_ = true;
      domain::ParticipantIndex const customer = moment.head.first_of(Role::customer);
      if (customer != domain::nobody) {
        for (domain::Attribute const& fact : moment.head.participants[customer].known) know(fact.name, fact.value.text);
      }
    }
    if (moment.event.kind == EventKind::fact_known) know(moment.event.text_of("name"), moment.event.text_of("value"));
    if (moment.event.kind == EventKind::context) {
      for (domain::Attribute const& fact : moment.event.attributes) {
        if (fact.group == "known") know(fact.name, fact.value.text);
      }
    }
  }

  void know(std::string_view name, std::string_view value) {
    bool const status = name.find("status") != std::string_view::npos || name.find("state") != std::string_view::npos ||
                        name.find("tracking") != std::string_view::npos;
    if (!status) return;
    auto const standing = standing_of(TokenisedText{value, *vocabulary_}.view());
    if (!standing) return;
    std::string spaced{name};
    std::ranges::replace(spaced, '_', ' ');
    Record record{base::fnv1a(name), {}, *standing};
    TokenisedText const words{spaced, *vocabulary_};
    Analysis analysis;
    for (Stem const stem : analysis.stems(words.words())) {
      if (stem != 0 && stem != stem_of("status") && stem != stem_of("state")) record.thing.push_back(stem);
    }
    std::erase_if(records_, [&](Record const& old) { return old.item == record.item; });
    records_.push_back(std::move(record));
  }

  Record const* record_for(Moment const& moment, Statement const& statement) const {
    if (records_.size() == 1) return &records_.front();
    auto const stems = moment.analysis.stems(moment.words);
    std::uint16_t const sentence = moment.words.tokens[statement.first].sentence;
    for (Record const& record : records_) {
      for (std::size_t at = 0; at < stems.size(); ++at) {
        if (moment.words.tokens[at].sentence == sentence && std::ranges::find(record.thing, stems[at]) != record.thing.end()) return &record;
      }
    }
    return nullptr;
  }

  Vocabulary const* vocabulary_;
  bool head_read_ = false;
  std::vector<Record> records_;
};

class PromiseKept final : public Detector {
 public:
  std::unique_ptr<Detector> clone() const override { return std::make_unique<PromiseKept>(*this); }
  Attention attention() const override { return {.kinds = Attention::kinds_of({domain::EventKind::promise, domain::EventKind::promise_kept})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (moment.event.kind == EventKind::promise) {
      if (!moment.event.id.empty()) promises_.push_back(base::fnv1a(moment.event.id));
      if (!moment.event.text.empty()) promises_.push_back(base::fnv1a(moment.event.text));
    }
    if (moment.event.kind != EventKind::promise_kept) return;
    std::uint64_t const named = base::fnv1a(moment.event.text_of("promise"));
    if (std::ranges::find(promises_, named) != promises_.end()) emit.fire(moment).item = named;
  }

 private:
  std::vector<std::uint64_t> promises_;
};

class Notes final : public Detector {
 public:
  Notes(Vocabulary const& vocabulary, std::int64_t words) : vocabulary_(&vocabulary), left_(words) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<Notes>(*this); }
  Attention attention() const override { return {.kinds = Attention::kinds_of({domain::EventKind::note})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (moment.event.kind != EventKind::note || left_ <= 0) return;
    left_ -= static_cast<std::int64_t>(TokenisedText{moment.event.text, *vocabulary_}.view().size());
    if (left_ <= 0) emit.fire(moment);
  }

 private:
  Vocabulary const* vocabulary_;
  std::int64_t left_;  ///< words that are yet to be noted
};

/// Words that fit every cause.
constexpr std::array<std::uint64_t, 46> fits_all{
    "other"_w, "others"_w, "none"_w, "na"_w, "n"_w, "a"_w, "misc"_w, "miscellaneous"_w, "various"_w, "general"_w,
    "policy"_w, "system"_w, "systems"_w, "customer"_w, "network"_w, "issue"_w, "issues"_w, "problem"_w, "problems"_w, "error"_w,
    "tbd"_w, "see"_w, "note"_w, "notes"_w, "as"_w, "above"_w, "the"_w, "of"_w, "and"_w, "technical"_w,
    "user"_w, "fault"_w, "question"_w, "query"_w, "request"_w, "enquiry"_w, "inquiry"_w, "complaint"_w, "call"_w, "matter"_w,
    "caller"_w, "client"_w, "human"_w, "mistake"_w, "mistakes"_w, "errors"_w};
constexpr std::array<std::uint64_t, 4> says_unknown{"unknown"_w, "unclear"_w, "unsure"_w, "undetermined"_w};

constexpr std::size_t unknown_words_max = 3;  ///< more say something beside it: "left with an unknown neighbour"

class VagueCause final : public Detector {
 public:
  explicit VagueCause(Vocabulary const& vocabulary) : vocabulary_(&vocabulary) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<VagueCause>(*this); }
  Attention attention() const override { return {.kinds = Attention::kinds_of({domain::EventKind::disposition})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (moment.event.kind != EventKind::disposition || moment.event.find("root_cause") == nullptr) return;
    TokenisedText const cause{moment.event.text_of("root_cause"), *vocabulary_};
    TokenisedText const reason{moment.event.text_of("reason"), *vocabulary_};
    auto const listed = [](auto const& list) {
      return [&list](Token const& word) { return std::ranges::find(list, word.hash) != list.end(); };
    };
    auto const& words = cause.words().tokens;
    auto const of_reason = [&](Token const& word) {
      return std::ranges::any_of(reason.words().tokens, [&](Token const& said) { return said.hash == word.hash; });
    };
    bool const names_reason = words.size() == 1 && of_reason(words.front());
    bool const unknown = words.size() <= unknown_words_max && std::ranges::any_of(words, listed(says_unknown));
    if (names_reason || unknown || std::ranges::all_of(words, listed(fits_all))) emit.fire(moment);
  }

 private:
  Vocabulary const* vocabulary_;
};

}  // namespace

base::Result<std::unique_ptr<Detector>> make_status(Parameters const&, Vocabulary const&) {
  return std::unique_ptr<Detector>{std::make_unique<StatesStatus>()};
}

base::Result<std::unique_ptr<Detector>> make_status_mismatch(Parameters const&, Vocabulary const& vocabulary) {
  return std::unique_ptr<Detector>{std::make_unique<StatusMismatch>(vocabulary)};
}

base::Result<std::unique_ptr<Detector>> make_promise_kept(Parameters const&, Vocabulary const&) {
  return std::unique_ptr<Detector>{std::make_unique<PromiseKept>()};
}

base::Result<std::unique_ptr<Detector>> make_notes(Parameters const& parameters, Vocabulary const& vocabulary) {
  auto const words = parameters.number("words", 7);
  if (!words) return words.error();
  if (*words < 1) return base::Error{"\"words\" is no count; expected 1 or more"};
  return std::unique_ptr<Detector>{std::make_unique<Notes>(vocabulary, *words)};
}

base::Result<std::unique_ptr<Detector>> make_vague_cause(Parameters const&, Vocabulary const& vocabulary) {
  return std::unique_ptr<Detector>{std::make_unique<VagueCause>(vocabulary)};
}

}  // namespace rapport::signals
