#include "signals/detectors/asking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "signals/detectors/analysis.hpp"
#include "signals/detectors/customer_name.hpp"
#include "signals/detectors/phrase_table.hpp"

namespace rapport::signals {
namespace {

using namespace detectors;
using domain::Role;

class AsksQuestion final : public Detector {
 public:
  explicit AsksQuestion(std::optional<Question::Kind> kind) : kind_(kind) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<AsksQuestion>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words) return;
    for (Question const& question : moment.analysis.questions(moment.words)) {
      if (!kind_ || question.kind == *kind_) emit.fire(moment, question.first, question.last);
    }
  }

 private:
  std::optional<Question::Kind> kind_;
};

/// Questions that move the conversation, not the matter.
PhraseTable const& beside_the_matter() {
  static PhraseTable const phrases{
      "how are you | how is your day | how can i help | how can we help | how may i | how could i | what can i do for\n"
      "what can i help | anything else | anything more | something else | what else | any other | any questions\n"
      "is that okay | is that ok | is that all right | is that alright | is that correct | is that right | is that fine\n"
      "does that | would that | will that | does this | would this | sound good | sound okay | make sense | are you happy\n"
      "can you hold | could you hold | do you mind | would you mind | bear with | put you on | place you on | hang on\n"
      "can i put | may i put | may i place | can i place | are you there | can you hear | still there | are you still\n"
      "would you like me | shall i | do you want me | want me to | should i | shall we | may i ask who | who am i speaking\n"
      "speaking with | speaking to | good time | convenient time | a few minutes | is this a | have a moment | right\n"
      "you know | did you know | would you rate | how did i | take a short | survey | feedback"};
  return phrases;
}

/// A datum that says who the customer is or how to reach them.
bool is_about_person(DataItems items) {
  constexpr std::array<DataItem, 15> personal{
      DataItem::name,       DataItem::surname,         DataItem::account_number, DataItem::customer_number,
      DataItem::phone,      DataItem::email,           DataItem::address,        DataItem::postcode,
      DataItem::card_digits, DataItem::date_of_birth,  DataItem::card_number,    DataItem::bank_details,
      DataItem::secret,     DataItem::identity_number, DataItem::username};
  return std::any_of(personal.begin(), personal.end(), [items](DataItem item) { return items.has(item); });
}

class ProblemQuestion final : public Detector {
 public:
  std::unique_ptr<Detector> clone() const override { return std::make_unique<ProblemQuestion>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words || moment.step.role != Role::agent) return;
    TokenView const view = moment.analysis.view(moment.words);
    for (Question const& question : moment.analysis.questions(moment.words)) {
      bool const aside = is_about_person(question.items) || question.items.has(DataItem::reason) ||
                         beside_the_matter().occurs(view.tokens(), question.first, question.last + 1);
      if (!aside && question.last >= question.first + 2) emit.fire(moment, question.first, question.last);
    }
  }
};

/// What a question says that makes asking again fair.
PhraseTable const& fair_to_ask_again() {
  static PhraseTable const phrases{
      "repeat | again | say that | spell | did not catch | did not get | did not hear | missed that | missed the | pardon\n"
      "one more time | breaking up | bad line | line is | is it still | still the same | is that still | best number\n"
      "on file | we have | i have | ending | ends in | a different | another | new | preferred | alternative"};
  return phrases;
}

class AsksKnown final : public Detector {
 public:
  explicit AsksKnown(Vocabulary const& vocabulary) : name_(vocabulary) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<AsksKnown>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    if (!head_read_) read_head(moment.head);
    if (name_.read(moment) == CustomerName::News::said) said_.add(DataItem::name);
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
    auto const customer = head.first_of(Role::customer);
    if (customer == domain::nobody) return;
    for (domain::Attribute const& fact : head.participants[customer].known) know(fact.name);
  }

  void read_record(domain::Event const& event) {
    if (event.kind == domain::EventKind::context) {
      for (domain::Attribute const& fact : event.attributes) {
        if (fact.group == "known") know(fact.name);
      }
    } else if (event.kind == domain::EventKind::fact_known) {
      know(event.text_of("name"));
    }
  }

  void know(std::string_view field) {
    if (auto const item = item_of_field(field); item && !proves_identity(*item)) recorded_.add(*item);
  }

  void listen(Moment const& moment) {
    TokenView const view = moment.analysis.view(moment.words);
    bool const has_number = !moment.analysis.numbers(moment.words).empty();
    bool const has_address = moment.words.text.find('@') != std::string_view::npos;
    if (has_address) said_.add(DataItem::email);
    DataItems const named = items_in(moment.words, 0, view.size());
    if (has_number) said_.add(valued(named));
    if (!asked_.empty() && (has_number || (view.size() >= 2 && asked_.has(DataItem::name)))) said_.add(asked_);
    asked_ = {};
  }

  /// Those of the items whose value is a number or code, so that a number beside the name gives it.
  static DataItems valued(DataItems items) {
    DataItems without;
    without.add(DataItem::name);
    without.add(DataItem::surname);
    without.add(DataItem::email);
    without.add(DataItem::secret);
    without.add(DataItem::reason);
    without.add(DataItem::amount);
    without.add(DataItem::username);
    return items.minus(without);
  }

  void ask(Moment const& moment, Emitter& emit) {
    TokenView const view = moment.analysis.view(moment.words);
    for (Question const& question : moment.analysis.questions(moment.words)) {
      if (question.items.empty()) continue;
      bool const fair = fair_to_ask_again().occurs(view.tokens(), question.first, question.last + 1) ||
                        fair_to_ask_again().occurs(view.tokens(), 0, view.size()) || reads_back(view, question);
      for (std::size_t index = 0; index < data_item_count && !fair; ++index) {
        auto const item = static_cast<DataItem>(index);
        if (!question.items.has(item) || item == DataItem::reason || item == DataItem::amount) continue;
        bool const verifying = moment.words.text.find("ecurity") != std::string_view::npos;
        if (said_.has(item) || (recorded_.has(item) && !verifying)) emit.fire(moment, question.first, question.last).item = index + 1;
      }
      asked_.add(question.items);
    }
  }

  /// The question holds the value itself.
  static bool reads_back(TokenView view, Question const& question) {
    for (std::size_t at = question.first; at <= question.last; ++at) {
      if (view.has_digit(at)) return true;
    }
    return false;
  }

  CustomerName name_;
  bool head_read_ = false;
  DataItems recorded_;
  DataItems said_;
  DataItems asked_;
};

}  // namespace

base::Result<std::unique_ptr<Detector>> make_question(Parameters const& parameters, Vocabulary const&) {
  std::string const kind = parameters.text("kind", "any");
  std::optional<Question::Kind> wanted;
  if (kind == "open") wanted = Question::Kind::open;
  if (kind == "closed") wanted = Question::Kind::closed;
  if (kind == "value") wanted = Question::Kind::value;
  if (kind == "choice") wanted = Question::Kind::choice;
  if (!wanted && kind != "any") {
    return base::Error{fmt::format("\"{}\" in \"kind\"; expected any, open, closed, value or choice", kind)};
  }
  return std::unique_ptr<Detector>{std::make_unique<AsksQuestion>(wanted)};
}

base::Result<std::unique_ptr<Detector>> make_problem_question(Parameters const&, Vocabulary const&) {
  return std::unique_ptr<Detector>{std::make_unique<ProblemQuestion>()};
}

base::Result<std::unique_ptr<Detector>> make_asks_known(Parameters const&, Vocabulary const& vocabulary) {
  return std::unique_ptr<Detector>{std::make_unique<AsksKnown>(vocabulary)};
}

}  // namespace rapport::signals
