#include "signals/detectors/known_data.hpp"

#include <algorithm>

#include "signals/detectors/analysis.hpp"
#include "signals/detectors/customer_name.hpp"
#include "signals/detectors/given_items.hpp"
#include "signals/detectors/phrase_table.hpp"

namespace rapport::signals {
namespace {

using namespace detectors;
using domain::Role;

constexpr std::size_t read_back_length = 3;  ///< characters of a number that is read back

/// Something kept the agent from hearing.
PhraseTable const& not_heard() {
  static PhraseTable const phrases{
      "did not catch | did not quite catch | did not get | did not hear | could not hear | can not hear | missed that\n"
      "missed the | pardon | come again | bad line | line is | line was | breaking up | broke up | cut out | cutting out\n"
      "you faded | hard to hear | speak up | spell | spelled | spelt"};
  return phrases;
}

PhraseTable const& once_more() {
  static PhraseTable const phrases{"repeat | again | one more time | once more | say that | say it"};
  return phrases;
}

/// Another value than the one that is known, or whether it still holds.
PhraseTable const& another_value() {
  static PhraseTable const phrases{
      "a different | another | new | alternative | preferred | prefer | best | updated | correct | would you like | should i\n"
      "shall i | do you want | still | other | on file | we have | i have | ending in | ends in | which | what name should"};
  return phrases;
}

PhraseTable const& verifying() {
  static PhraseTable const phrases{
      "security | verify | verifying | verification | identify | identity | identification | data protection | confirm\n"
      "confirming | authenticate | sure it is you | sure i am speaking | before i | before we | before going | protection"};
  return phrases;
}

class AsksKnown final : public Detector {
 public:
  explicit AsksKnown(Vocabulary const& vocabulary) : name_(vocabulary) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<AsksKnown>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody, .kinds = CustomerName::records}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!head_read_) read_head(moment.head);
    name_.read(moment);
    read_record(moment.event);
    if (!moment.step.words || moment.step.backchannel) return;
    if (moment.step.role == Role::customer) {
      listen(moment);
    } else if (moment.step.role == Role::agent) {
      ask(moment, emit);
    }
  }

 private:
  void read_head(domain::Interaction const& head) {
    head_read_ = true;
    outbound_ = head.direction == domain::Direction::outbound;
    auto const customer = head.first_of(Role::customer);
    if (customer == domain::nobody) return;
    domain::Participant const& participant = head.participants[customer];
    for (domain::Attribute const& fact : participant.known) know(fact.name);
    for (domain::Identifier const& identifier : participant.identifiers) {
      if (identifier.verified) know(identifier.type);
    }
    if (!participant.name.empty()) recorded_.add(DataItem::name);
    if (participant.name.find(' ') != std::string::npos) recorded_.add(DataItem::surname);
  }

  void read_record(domain::Event const& event) {
    if (event.kind == domain::EventKind::context) {
      for (domain::Attribute const& fact : event.attributes) {
        if (fact.group == "known") know(fact.name);
      }
    } else if (event.kind == domain::EventKind::fact_known || event.kind == domain::EventKind::field_captured) {
      know(event.text_of("name"));
    }
  }

  void know(std::string_view field) {
    if (auto const item = item_of_field(field); item && !proves_identity(*item)) recorded_.add(*item);
  }

  void listen(Moment const& moment) {
    if (moment.step.turn_started) just_said_ = {};
    DataItems const given = given_items(moment, asked_);
    just_said_.add(given);
    said_.add(given);
    if (!given.empty()) asked_ = asked_.minus(given);
    auto const stems = moment.analysis.stems(moment.words);
    if (std::ranges::count_if(stems, [](Stem stem) { return stem != 0; }) >= 4) said_.add(DataItem::reason);
  }

  void ask(Moment const& moment, Emitter& emit) {
    DataItems now_asked;
    for (Question const& question : moment.analysis.questions(moment.words)) {
      bool const asks_for_items = !question.items.empty() && question.kind == Question::Kind::value;
      if (!asks_for_items) continue;
      now_asked.add(question.items);
      if (reads_back(moment, question)) continue;
      for (std::size_t index = 0; index < data_item_count; ++index) {
        auto const item = static_cast<DataItem>(index);
        if (!question.items.has(item) || item == DataItem::amount || !is_known(moment, question, item)) continue;
        emit.fire(moment, question.first, question.last).item = index + 1;
        break;
      }
    }
    if (!now_asked.empty()) asked_ = now_asked;
  }

  bool is_known(Moment const& moment, Question const& question, DataItem item) const {
    auto const tokens = std::span<Token const>{moment.words.tokens};
    if (another_value().occurs(tokens, question.first, question.last + 1)) return false;
    if (not_heard().occurs(tokens, 0, tokens.size())) return false;
    bool const repeats = once_more().occurs(tokens, 0, tokens.size());
    if (repeats && (just_said_.has(item) || !said_.has(item))) return false;
    if (item == DataItem::name && asks_for_whole_name(moment, question)) item = DataItem::surname;
    if (item == DataItem::surname) return said_.has(item) || recorded_surname_counts(moment, question);
    if (said_.has(item)) return true;
    if (!recorded_.has(item)) return false;
    bool const may_be_someone_else = outbound_ && item == DataItem::name;
    return !may_be_someone_else && !verifies(moment, question);
  }

  bool recorded_surname_counts(Moment const& moment, Question const& question) const {
    return recorded_.has(DataItem::surname) && !outbound_ && !verifies(moment, question);
  }

  static bool asks_for_whole_name(Moment const& moment, Question const& question) {
    TokenView const view = moment.analysis.view(moment.words);
    for (std::size_t at = question.first; at < question.last; ++at) {
      if (view.is_any(at, {"full"_w, "whole"_w, "complete"_w}) && view.is_any(at + 1, {"name"_w, "names"_w})) return true;
    }
    return false;
  }

  /// The agent makes sure who the customer is.
  static bool verifies(Moment const& moment, Question const& question) {
    bool proof = false;
    for (std::size_t index = 0; index < data_item_count; ++index) {
      auto const item = static_cast<DataItem>(index);
      proof = proof || (question.items.has(item) && proves_identity(item));
    }
    return proof || verifying().occurs(moment.words.tokens, 0, moment.words.tokens.size());
  }

  /// The question holds a value itself: "is it order 40917", "that's Brown, right?".
  bool reads_back(Moment const& moment, Question const& question) const {
    TokenView const view = moment.analysis.view(moment.words);
    for (NumberReading const& number : moment.analysis.numbers(moment.words)) {
      if (number.first >= question.first && number.last <= question.last && number.digits.size() >= read_back_length) return true;
    }
    for (std::size_t at = question.first; at <= question.last; ++at) {
      bool const vocative = at == question.last || view.pause_before(at);
      if (name_.parts().named_at(view, at) && !vocative) return true;
    }
    return false;
  }

  CustomerName name_;
  bool head_read_ = false;
  bool outbound_ = false;
  DataItems recorded_;
  DataItems said_;       ///< by the customer, in this conversation
  DataItems just_said_;  ///< … in their latest turn
  DataItems asked_;      ///< by the agent, and not answered yet
};

}  // namespace

base::Result<std::unique_ptr<Detector>> make_asks_known(Parameters const&, Vocabulary const& vocabulary) {
  return std::unique_ptr<Detector>{std::make_unique<AsksKnown>(vocabulary)};
}

}  // namespace rapport::signals
