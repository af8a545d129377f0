#include "simulation/agent_part.hpp"

#include <algorithm>
#include <utility>

namespace rapport::simulation {
namespace {

using enum Saying;

constexpr base::Millis patience = 75 * base::second;
constexpr base::Millis most_wrap_up = 24 * base::second;

bool has_digits(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; }) >= 4;
}

}  // namespace

AgentPart::AgentPart(PhraseBook const& book, Industry const& industry, Self self, std::string_view customer, std::uint64_t seed)
    : Party(book, facts_of(book, customer.empty() ? std::string_view{"there"} : customer), seed, self.level->speed),
      industry_(industry),
      self_(std::move(self)),
      topic_(&industry.general()) {
  facts_["agent"] = self_.name;
  facts_["company"] = industry.name;
  facts_["number"] = industry.number;
  take(industry.general());
  be_patient(patience);
}

/// Drawn once: somebody who takes no notes takes none in this conversation.
bool AgentPart::does(std::string_view habit) {
  auto const known = habits_.find(habit);
  if (known != habits_.end()) return known->second;
  return habits_.emplace(habit, random_.chance(self_.level->does)).first->second;
}

std::string AgentPart::line(std::string_view key, bool must) {
  if (does(key)) return random_.pick(book_.good.find(key)->second);
  if (!must && random_.chance(60)) return {};
  return random_.pick(book_.poor.find(key)->second);
}

std::string AgentPart::join(std::initializer_list<std::string> parts) const {
  std::string all;
  for (std::string const& part : parts) {
    if (part.empty()) continue;
    if (!all.empty()) all += ' ';
    all += part;
  }
  return all;
}

void AgentPart::speak(std::string const& text, base::Millis now) {
  if (text.empty()) return;
  say(text, now, planning() ? 0 : random_.between(0, 2 * self_.level->waits) * base::second);
}

Topic const* AgentPart::recognise(std::string const& text) const {
  std::string const words = spoken_words(text);
  for (Topic const& topic : industry_.topics) {
    if (mentions(words, topic.words)) return &topic;
  }
  return nullptr;
}

void AgentPart::take(Topic const& topic) {
  topic_ = &topic;
  facts_["gist"] = topic.gist;
  facts_["weak"] = random_.pick(topic.weak);
  solution_ = random_.below(topic.solves.size());
  attempts_ = 0;
  resolved_ = false;
}

std::string AgentPart::solution() {
  facts_["solution"] = topic_->solves[solution_ % topic_->solves.size()];
  return facts_["solution"];
}

void AgentPart::answered(base::Millis now) {
  if (does("profile")) plan({.kind = Deed::Kind::view_profile}, base::second, now);
  speak(line("greet", true), now);
}

void AgentPart::received(std::string const& before, base::Millis now) {
  plan({.kind = Deed::Kind::view_profile}, base::second, now);
  if (Topic const* const known = recognise(before)) take(*known);
  known_matter_ = verified_ = true;
  speak(line("takes_over", true), now);
  step_ = Step::settling;
  speak(join({solution(), line("consults")}), now);
}

void AgentPart::resumed(base::Millis now) {
  step_ = Step::settling;
  known_matter_ = true;
  speak(line("still_there", true), now);
}

void AgentPart::ended(base::Millis now) {
  forget_plans();
  wrap_up(now);
}

void AgentPart::answer(std::string const& text, base::Millis now) {
  if (step_ == Step::wrapping) return;
  silences_ = 0;
  Heard const heard = book_.customers_words.hear(text);
  if (heard.says(loss)) care_for_loss(now);
  if (heard.says(farewell) && step_ != Step::greeting) return close({}, now);
  if (heard.says(asks_supervisor) && step_ != Step::greeting) return hand_to_lead(now);
  switch (step_) {
    case Step::greeting:
      return hear_matter(text, now);
    case Step::identifying:
      if (!has_digits(text) && !heard.says(question) && !std::exchange(let_talk_, true)) return;  // the answer is still to come
      if (has_digits(text) && !verified_) {
        verified_ = true;
        plan({.kind = Deed::Kind::verify}, 2 * base::second, now);
      }
      return ask(line("verified"), now);
    case Step::asking:
      speak(line("acknowledges"), now);
      return look_and_solve(now);
    case Step::settling:
      return settle(heard, now);
    case Step::confirming:
      return speak(join({line("owns"), line("anything_else", true)}), now), void(step_ = Step::closing);
    case Step::closing:
      return go_on_closing(heard, text, now);
    case Step::feedback:
      return close(line("thanks_feedback"), now);
    case Step::wrapping:
      return;
  }
}

void AgentPart::care_for_loss(base::Millis now) {
  if (cared_) return;
  cared_ = true;
  if (does("flags")) plan({.kind = Deed::Kind::flag, .text = "bereavement"}, 2 * base::second, now);
  speak(line("condoles"), now);
}

void AgentPart::hear_matter(std::string const& text, base::Millis now) {
  Topic const* const found = recognise(text);
  Heard const heard = book_.customers_words.hear(text);
  bool const only_hello = found == nullptr && (heard.says(greeting) || heard.nothing()) && text.size() < 40;
  if (only_hello && !known_matter_) {
    known_matter_ = true;  // asked once; what comes next is the matter
    return speak(line("offer_help", true), now);
  }
  known_matter_ = true;
  take(found != nullptr ? *found : industry_.general());
  bool const bad = topic_->matter == Matter::complaint || heard.says(complaint);
  std::string const feeling = bad ? join({line("apologises"), line("validates")}) : line("opens_matter");
  if (topic_->matter == Matter::praise || verified_ || !does("verifies")) return ask(feeling, now);
  step_ = Step::identifying;
  speak(join({feeling, line("asks_account", true)}), now);
}

void AgentPart::ask(std::string const& before, base::Millis now) {
  if (!does("asks")) {
    speak(before, now);
    return look_and_solve(now);
  }
  step_ = Step::asking;
  speak(join({before, random_.pick(topic_->asks)}), now);
}

void AgentPart::look_and_solve(base::Millis now) {
  step_ = Step::settling;
  speak(line("paraphrases"), now);
  if (random_.chance(35)) {
    speak(line("asks_hold"), now);
    plan({.kind = Deed::Kind::hold}, 2 * base::second, now);
    plan({.kind = Deed::Kind::resume}, random_.between(8, 25) * base::second, now);
    speak(line("returns"), now);
  } else {
    speak(line("narrates"), now);
  }
  if (topic_ != &industry_.general() && does("notes")) plan({.kind = Deed::Kind::note, .text = fill(line("note", true), facts_)}, base::second, now);
  ++attempts_;
  if (!does("solves")) return speak(random_.pick(topic_->weak), now);
  speak(join({random_.pick(topic_->finds), solution(), line("consults")}), now);
}

void AgentPart::settle(Heard const& heard, base::Millis now) {
  if (heard.says(confused)) {
    solution();
    return speak(line("explains", true), now);
  }
  bool const no = heard.says(disagrees) || heard.says(complaint) || (heard.says(question) && !heard.says(thanks) && !heard.says(agrees));
  if (no) return improve(heard, now);
  bool const yes = heard.says(agrees) || heard.says(thanks);
  if (!yes && attempts_ < 2) return improve(heard, now);
  accept(now);
}

void AgentPart::improve(Heard const& heard, base::Millis now) {
  ++attempts_;
  if (attempts_ > 3) {
    plan({.kind = Deed::Kind::follow_up, .text = "call back about " + fill(topic_->gist, facts_)}, 2 * base::second, now);
    step_ = Step::closing;
    return speak(join({line("owns", true), line("anything_else")}), now);
  }
  if (heard.says(complaint) && attempts_ == 2) speak(line("validates"), now);
  ++solution_;
  solution();
  bool const asks_team = attempts_ == 3 && does("asks_help");
  if (asks_team) plan({.kind = Deed::Kind::ask_help, .text = "customer does not accept what I may offer"}, base::second, now);
  speak(join({line("improves", true), line("consults")}), now);
}

void AgentPart::accept(base::Millis now) {
  resolved_ = true;
  if (!topic_->remedy.empty() && does("remedies")) plan({.kind = Deed::Kind::remedy, .text = topic_->remedy}, base::second, now);
  if (does("confirms")) {
    step_ = Step::confirming;
    solution();
    return speak(line("confirms", true), now);
  }
  step_ = Step::closing;
  std::string const else_ = line("anything_else");
  if (else_.empty()) return close({}, now);
  speak(else_, now);
}

void AgentPart::go_on_closing(Heard const& heard, std::string const& text, base::Millis now) {
  bool const more = heard.says(another) || (!heard.says(nothing_more) && (heard.says(question) || heard.says(complaint)));
  if (more) {
    Topic const* const next = recognise(text);
    take(next != nullptr ? *next : industry_.general());
    return ask(line("opens_matter"), now);
  }
  std::string const thanked = heard.says(feedback) ? line("thanks_feedback") : std::string{};
  if (!does("asks_feedback")) return close(thanked, now);
  step_ = Step::feedback;
  speak(join({thanked, line("asks_feedback", true)}), now);
}

void AgentPart::hand_to_lead(base::Millis now) {
  if (self_.leads.empty()) return improve({}, now);
  bool const grants = does("grants_supervisor");
  speak(line("grants_supervisor", true), now);
  if (!grants) {
    step_ = Step::settling;
    return;
  }
  plan({.kind = Deed::Kind::transfer, .text = self_.leads}, 2 * base::second, now);
  wrap_up(now);
}

void AgentPart::close(std::string const& before, base::Millis now) {
  speak(join({before, line(cared_ ? "closes_loss" : "closes", true)}), now);
  plan({.kind = Deed::Kind::end}, 3 * base::second, now);
  wrap_up(now);
}

void AgentPart::wrap_up(base::Millis now) {
  step_ = Step::wrapping;
  be_patient(std::nullopt);
  Deed done{.kind = Deed::Kind::wrap_up};
  done.reason = topic_->reason;
  done.outcome = resolved_ ? "resolved" : attempts_ > 3 ? "follow_up"
                                                        : "unresolved";
  if (does("records_cause")) done.cause = topic_->cause;
  plan(std::move(done), random_.between(5 * base::second, most_wrap_up), now);
  leave();
}

void AgentPart::on_silence(base::Millis now) {
  if (step_ == Step::wrapping) return be_patient(std::nullopt);
  ++silences_;
  if (resolved_) return close({}, now);
  if (silences_ < 2) return speak(line("still_there", true), now);
  speak(line("ends_silent", true), now);
  plan({.kind = Deed::Kind::end}, 2 * base::second, now);
  wrap_up(now);
}

}  // namespace rapport::simulation
