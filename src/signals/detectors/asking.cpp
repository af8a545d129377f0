#include "signals/detectors/asking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "signals/detectors/analysis.hpp"
#include "signals/detectors/phrase_table.hpp"
#include "signals/detectors/signal_parameter.hpp"

namespace rapport::signals {
namespace {

using namespace detectors;
using domain::Role;

class AsksQuestion final : public Detector {
 public:
  explicit AsksQuestion(std::optional<Question::Kind> kind) : kind_(kind) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<AsksQuestion>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody}; }
  bool remembers() const override { return false; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words) return;
    for (Question const& question : moment.analysis.questions(moment.words)) {
      if (!kind_ || question.kind == *kind_) emit.fire(moment, question.first, question.last);
    }
  }

 private:
  std::optional<Question::Kind> kind_;
};

/// How a question begins that moves the conversation and not the matter.
PhraseTable const& moves_the_talk() {
  static PhraseTable const phrases{
      "how are you | how are things | how is your day | how are we | how do you do | how is it going | how can i help\n"
      "how can we help | how may i | how could i | how can i | how can we | how might i | how would you like | how else\n"
      "what can i do | what can i help | what can we do | what else | what would you prefer | what would you rather\n"
      "what do you think | what would suit | what works | what would work | what suits | what feels | what brings you\n"
      "can i put | could i put | may i put | can i place | may i place | can i pop | could i pop | may i pop | can i just put\n"
      "can you hold | could you hold | would you hold | can you wait | can you bear | could you bear | can you give me a\n"
      "could you give me a | can you hear | are you there | are you still | am i speaking | am i talking | may i speak\n"
      "can i speak | could i speak | could i talk | who am i | may i ask who | would you like | would you prefer\n"
      "would you rather | would you mind | do you mind | do you want me | do you want us | would you want me | shall i\n"
      "shall we | should i | should we | may i ask | can i ask | can i ask you | could i ask | can i help | may i help\n"
      "could i interest | can i interest | have you considered | have you thought | did you know | do you know we\n"
      "are you happy | are you okay with | are you all right with | are you fine | will that | would that | would this\n"
      "does that | does this | does it sound | do those | how does that | how does this | how would that | is that okay\n"
      "is that ok | is that all right | is that fine | is that good | is that acceptable | is that clear | is this okay\n"
      "is that right | is that correct | is that it | is that everything | is that the picture | have i got | have i that\n"
      "have i everything | did i get | do i have that | is it okay if | is it ok if | is it all right if | is it alright if\n"
      "is there anything else | is now | is this a good | is it a good | is it convenient | have you got a minute\n"
      "have you got a moment | do you have a minute | do you have a moment | do you have time | have you a minute\n"
      "which would you | which do you prefer | which suits | which one would you prefer | which works | which sounds\n"
      "which helps | okay | ok | all right | right | correct | yes | is that mr | is that mrs | is that ms | is that miss\n"
      "would you let me | tell me please | how did i | how did we | how was your experience | have i answered | have i resolved | did i answer | did that"};
  return phrases;
}

/// What is beside the matter wherever it stands in the question.
PhraseTable const& beside_the_matter() {
  static PhraseTable const phrases{
      "anything else | anything more | anything further | something else | any other questions | any further questions\n"
      "any questions | survey | feedback | rate me | rate us | rate this | make sense | put you on hold | on hold"};
  return phrases;
}

/// Data about the thing itself; all others say who the customer is or find a record.
constexpr DataItems about_the_thing() {
  DataItems items;
  items.add(DataItem::device_number);
  items.add(DataItem::amount);
  return items;
}

class ProblemQuestion final : public Detector {
 public:
  explicit ProblemQuestion(SignalId problem) : problem_(problem) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<ProblemQuestion>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::customer, domain::Role::agent}), .signals = {problem_}}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (problem_ != no_signal && fired(moment, problem_)) matter_known_ = true;
    if (!moment.step.words) return;
    if (moment.step.role == Role::customer) {
      listen(moment);
    } else if (moment.step.role == Role::agent && matter_known_) {
      for (Question const& question : moment.analysis.questions(moment.words)) {
        if (is_about_matter(moment, question)) emit.fire(moment, question.first, question.last);
      }
    }
  }

 private:
  static constexpr std::int64_t matter_words = 3;  ///< content words that tell what it is about
  static constexpr std::size_t words_min = 3;

  void listen(Moment const& moment) {
    auto const stems = moment.analysis.stems(moment.words);
    heard_ += std::ranges::count_if(stems, [](Stem stem) { return stem != 0; });
    if (heard_ >= matter_words) matter_known_ = true;
  }

  static bool is_about_matter(Moment const& moment, Question const& question) {
    TokenView const view = moment.analysis.view(moment.words);
    std::size_t const end = question.last + std::size_t{1};
    bool const short_but_open = question.kind == Question::Kind::open && end - question.first == 2 &&
                                view.has(question.first, Trait::question_word);
    if (end - question.first < words_min && !short_but_open) return false;
    bool const record = question.kind == Question::Kind::value && !question.items.minus(about_the_thing()).empty();
    if (record) return false;
    std::size_t head = question.first;
    while (head + 1 < end && view.has_any(head, {Trait::filler}) && !view.is(head, "is"_w)) ++head;
    if (moves_the_talk().match(view.tokens(), head, end)) return false;
    return !beside_the_matter().occurs(view.tokens(), question.first, end);
  }

  SignalId problem_;
  std::int64_t heard_ = 0;
  bool matter_known_ = false;
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

base::Result<std::unique_ptr<Detector>> make_problem_question(Parameters const& parameters, Vocabulary const& vocabulary) {
  auto const problem = optional_signal(parameters, vocabulary, "problem");
  if (!problem) return problem.error();
  return std::unique_ptr<Detector>{std::make_unique<ProblemQuestion>(*problem)};
}

}  // namespace rapport::signals
