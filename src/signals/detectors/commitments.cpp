#include "signals/detectors/commitments.hpp"

#include <algorithm>
#include <optional>

#include "signals/detectors/phrase_table.hpp"

namespace rapport::signals::detectors {
namespace {

constexpr std::size_t second_verb_reach = 10;  ///< words from a first verb to "and ring you"

/// Verbs, in their plain form, of doing something for the customer later.
PhraseTable const& acts() {
  static PhraseTable const verbs{
      "call | ring | phone | send | email | text | message | write | post | mail | refund | reimburse | credit | contact\n"
      "chase | update | notify | inform | let you know | let them know | get back | get this sorted | get that sorted\n"
      "get it sorted | get you sorted | get someone | get somebody | get in touch | get a | get an | get the | get your\n"
      "get that | get this | get it | get them | get him | get her | get onto | get on to | come back | follow | arrange\n"
      "organise | book | schedule | order | ship | dispatch | deliver | replace | fix | sort | resolve | repair | raise\n"
      "escalate | pass this | pass that | pass it | pass on | pass your | forward | log | file | report | submit | process\n"
      "issue | cancel | waive | pay | return | collect | pick | bring | visit | investigate | look into | review\n"
      "speak to my | speak with my | speak to the | speak to our | talk to my | talk to the | keep you | keep an eye | monitor\n"
      "make sure | ensure | see to | see that | take care | take it from | take this | handle | deal | reply | answer | respond\n"
      "give you a | set up | set this | set that | set it | put in | put this through | put that through | put it in\n"
      "put a | put the | put through | add | remove | change | apply | reserve | prepare | be in touch | be there | be with you\n"
      "be sending | be calling | be ringing | be writing | be back in | be the one | have someone | have somebody | have it\n"
      "have that | have this | have a | have an | have the | have them | have your | have our | have my | expedite | release\n"
      "upgrade | drop you | ping you | tell the | tell my | tell them | copy you | attach | reset | restore | reactivate | move\n"
      "reschedule | rebook | resend | reissue | reorder | correct | amend | adjust | deduct | extend | honor | swap | exchange\n"
      "compensate | personally | own | stay on | come to | come and | come out | go through it with | check back | check in\n"
      "check on | find out | revert | keep that | keep this | watch"};
  return verbs;
}

/// Acts of this very moment, of the talk itself, or none at all.
PhraseTable const& at_once() {
  static PhraseTable const verbs{
      "be honest | be frank | be happy | be glad | be able | be right | be fine | be okay | be a moment | be a minute | be with\n"
      "be good | be sure | be transferring you | have a look | have to | have a quick | have a wee | get your details\n"
      "get your name | get your number | get your account | get some details | get a few | get this up | get that up\n"
      "get it up | get your account up | get you to | put you | put this on hold | set you | give you a moment\n"
      "give you a minute | give you a second | add you | move you to the | change you | take care of your call | get used\n"
      "get you through | order you | get a hold | get hold"};
  return verbs;
}

/// Between "will" and its verb.
bool is_adverb(TokenView view, std::size_t at) {
  bool const go_ahead_and = (view.is(at, "go"_w) && view.is(at + 1, "ahead"_w)) || view.is(at, "ahead"_w) ||
                            (view.is(at, "and"_w) && at > 0 && view.is(at - 1, "ahead"_w));
  if (go_ahead_and) return true;
  return view.is_any(at, {"just"_w, "also"_w, "then"_w, "personally"_w, "definitely"_w, "now"_w, "certainly"_w, "gladly"_w,
                          "always"_w, "both"_w, "still"_w, "myself"_w, "actually"_w, "surely"_w,
                          "of"_w, "course"_w, "absolutely"_w, "all"_w, "happily"_w, "quickly"_w, "immediately"_w,
                          "probably"_w, "hopefully"_w, "to"_w, "um"_w, "uh"_w, "only"_w, "first"_w, "either"_w, "even"_w});
}

bool hedges(TokenView view, std::size_t at) {
  return view.is_any(at, {"probably"_w, "hopefully"_w, "maybe"_w, "try"_w, "might"_w, "perhaps"_w, "possibly"_w, "not"_w,
                          "never"_w});
}

/// People of the centre's side, who act in its name.
bool colleague(TokenView view, std::size_t at) {
  return view.is_any(at, {"team"_w, "colleague"_w, "colleagues"_w, "manager"_w, "supervisor"_w, "engineer"_w, "engineers"_w,
                          "technician"_w, "courier"_w, "driver"_w, "specialist"_w, "department"_w, "adviser"_w, "advisor"_w,
                          "someone"_w, "somebody"_w, "warehouse"_w, "agent"_w, "representative"_w, "they"_w, "he"_w, "she"_w,
                          "lead"_w, "leader"_w, "adjuster"_w, "plumber"_w, "electrician"_w, "expert"_w, "office"_w, "branch"_w,
                          "doctor"_w, "nurse"_w, "crew"_w, "truck"_w, "van"_w, "man"_w, "handler"_w, "officer"_w});
}

/// Passive and thing verbs after "will": "be sent", "arrive", "go out".
bool happens_to_thing(TokenView view, std::size_t at) {
  if (view.is_any(at, {"arrive"_w, "reach"_w, "land"_w, "ship"_w, "leave"_w, "follow"_w})) return true;
  if (view.is_any(at, {"go"_w, "come"_w}) && view.is_any(at + 1, {"out"_w, "back"_w, "to"_w, "through"_w, "into"_w, "straight"_w, "today"_w, "tomorrow"_w, "on"_w})) {
    return !(view.is(at, "go"_w) && view.is(at + 1, "on"_w));
  }
  if (view.is(at, "show"_w) && view.is_any(at + 1, {"up"_w, "in"_w, "on"_w})) return true;
  if (!view.is(at, "be"_w)) return false;
  std::size_t participle = at + 1;
  while (is_adverb(view, participle)) ++participle;
  return view.is_any(participle,
                     {"sent"_w, "refunded"_w, "credited"_w, "replaced"_w, "delivered"_w, "processed"_w, "issued"_w,
                      "dispatched"_w, "shipped"_w, "posted"_w, "resolved"_w, "fixed"_w, "sorted"_w, "repaired"_w, "completed"_w,
                      "updated"_w, "contacted"_w, "called"_w, "notified"_w, "emailed"_w, "reviewed"_w, "investigated"_w,
                      "canceled"_w, "removed"_w, "applied"_w, "waived"_w, "returned"_w, "collected"_w, "paid"_w, "reimbursed"_w,
                      "transferred"_w, "arranged"_w, "booked"_w, "escalated"_w, "mailed"_w, "done"_w, "there"_w, "with"_w,
                      "back"_w, "released"_w, "restored"_w, "corrected"_w, "reset"_w, "adjusted"_w, "installed"_w}) &&
         !(view.is(participle, "transferred"_w) && view.is_any(participle + 1, {"to"_w, "now"_w}) && view.is(at - 2, "you"_w));
}

/// Reads one sentence.
class CommitmentReader {
 public:
  CommitmentReader(TokenView view, Sentence const& sentence, std::span<TimeFrame const> frames, std::vector<Commitment>& out)
      : view_(view), first_(sentence.first_token), end_(sentence.first_token + sentence.token_count), out_(out) {
    for (TimeFrame const& frame : frames) {
      if (frame.first < first_ || frame.first >= end_) continue;
      if (!frame_at_) frame_at_ = frame.first;
      lasting_ = lasting_ || frame.day != TimeFrame::Day::none || frame.clock || frame.span.value_or(0) >= base::hour;
    }
    std::string_view const tail = view_.gap_after(end_ - 1);
    asks_ = sentence.asks || tail.find('?') != std::string_view::npos;
  }

  void run() {
    if (!lasting_ && !view_.any_has(first_, end_, {Trait::promise_lead})) return;
    if (offers_on_condition() || speaks_of_survey()) return;
    for (std::size_t at = first_; at < end_; ++at) {
      if (auto const last = commitment_at(at)) {
        out_.push_back({static_cast<std::uint32_t>(at), *last, *last});
        at = *last;
      }
    }
  }

 private:
  /// "a short survey will follow" binds nobody.
  bool speaks_of_survey() const {
    for (std::size_t at = first_; at < end_; ++at) {
      if (view_.is_any(at, {"survey"_w, "surveys"_w, "questionnaire"_w, "feedback"_w, "stars"_w})) return true;
      if (view_.is_any(at, {"question"_w, "questions"_w}) && at > first_ && view_.has_any(at - 1, {Trait::number, Trait::stop})) return true;
    }
    return false;
  }

  /// "if you like I will", "would you like": the customer decides.
  bool offers_on_condition() const {
    for (std::size_t at = first_; at + 2 < end_; ++at) {
      bool const if_you = view_.is(at, "if"_w) && view_.is(at + 1, "you"_w);
      if (if_you && view_.is_any(at + 2, {"like"_w, "want"_w, "prefer"_w, "wish"_w, "would"_w})) return true;
    }
    return false;
  }

  /// The verb of the commitment that begins here; nothing if none does.
  std::optional<std::uint32_t> commitment_at(std::size_t at) const {
    if (auto const last = given_word(at)) return last;
    if (view_.is(at, "ill"_w) && at + 1 < end_ && acts().match(view_.tokens(), at + 1, end_)) return static_cast<std::uint32_t>(at + 1);
    std::size_t const aux = after_subject(at);
    if (aux == end_) return std::nullopt;
    bool const you = view_.is(at, "you"_w);
    if (auto const verb = verb_after_future(aux)) return future_act(at, *verb, you);
    if (!you && lasting_) return under_way(at, aux);
    return std::nullopt;
  }

  /// "i promise", "you have my word".
  std::optional<std::uint32_t> given_word(std::size_t at) const {
    bool const promises = view_.is_any(at, {"i"_w, "we"_w}) && view_.is_any(at + 1, {"promise"_w, "guarantee"_w});
    if (promises && at + 1 < end_) return static_cast<std::uint32_t>(at + 1);
    bool const word = view_.is(at, "my"_w) && view_.is(at + 1, "word"_w) && at > first_ && view_.is_any(at - 1, {"have"_w, "you"_w});
    if (word) return static_cast<std::uint32_t>(at + 1);
    return std::nullopt;
  }

  /// The token after a subject that begins at `at`; `end_` where none does.
  std::size_t after_subject(std::size_t at) const {
    bool const person = view_.is_any(at, {"i"_w, "we"_w, "you"_w}) || colleague(view_, at);
    bool const named = !view_.has(at, Trait::stop) || view_.is_any(at, {"and"_w, "both"_w, "ones"_w, "one"_w, "all"_w, "these"_w, "those"_w});
    bool const thing = view_.is_any(at, {"it"_w, "that"_w, "this"_w}) || (named && view_.is_any(at + 1, {"will"_w, "shall"_w}));
    if (!person && !thing && !(lasting_ && !view_.has(at, Trait::stop))) return end_;
    std::size_t next = at + 1;
    while (next < end_ && (view_.is_any(next, {"myself"_w, "personally"_w, "both"_w, "also"_w, "then"_w, "just"_w}))) ++next;
    return next < end_ ? next : end_;
  }

  /// The verb after "will", "shall", "am going to"; hedged or negated ones are none.
  std::optional<std::size_t> verb_after_future(std::size_t aux) const {
    std::size_t verb = end_;
    if (view_.is_any(aux, {"will"_w, "shall"_w})) verb = aux + 1;
    bool const going = view_.is_any(aux, {"am"_w, "are"_w, "is"_w}) && view_.is(aux + 1, "going"_w) && view_.is(aux + 2, "to"_w);
    if (going) verb = aux + 3;
    for (; verb < end_ && is_adverb(view_, verb); ++verb) {
      if (hedges(view_, verb)) return std::nullopt;
    }
    if (verb >= end_ || hedges(view_, verb)) return std::nullopt;
    return verb;
  }

  std::optional<std::uint32_t> future_act(std::size_t at, std::size_t verb, bool you) const {
    if (asks_ && !said_before_question(verb)) return std::nullopt;
    if (you) return customer_gets(verb);
    bool const person = view_.is_any(at, {"i"_w, "we"_w}) || colleague(view_, at);
    bool const shows = lasting_ && view_.is_any(verb, {"show"_w, "come"_w, "appear"_w, "go"_w, "clear"_w, "reflect"_w});
    bool const for_you = acts().match(view_.tokens(), verb, end_) && view_.is(verb + 1, "you"_w);  // "Marion Okell will ring you"
    if (!person) return happens_to_thing(view_, verb) || shows || for_you ? std::optional{static_cast<std::uint32_t>(verb)} : std::nullopt;
    if (happens_to_thing(view_, verb) && !view_.is_any(at, {"i"_w, "we"_w})) return static_cast<std::uint32_t>(verb);
    bool const immediate = static_cast<bool>(at_once().match(view_.tokens(), verb, end_));
    if (!immediate && acts().match(view_.tokens(), verb, end_)) return static_cast<std::uint32_t>(verb);
    if (auto const second = second_act(verb)) return second;
    bool const timed = lasting_ && !immediate && view_.is_any(at, {"i"_w, "we"_w}) && !view_.is_any(verb, {"need"_w, "ask"_w, "say"_w, "be"_w, "require"_w, "see"_w});
    return timed ? std::optional{static_cast<std::uint32_t>(verb)} : std::nullopt;
  }

  /// A question mark later in the sentence: "I'll send it today, is that all right?".
  bool said_before_question(std::size_t verb) const {
    for (std::size_t at = verb + 1; at < end_; ++at) {
      if (view_.pause_before(at)) return true;
    }
    return false;
  }

  /// "i will check | and ring you back".
  std::optional<std::uint32_t> second_act(std::size_t verb) const {
    for (std::size_t at = verb + 1; at + 1 < std::min(end_, verb + second_verb_reach); ++at) {
      if (!view_.is_any(at, {"and"_w, "then"_w})) continue;
      std::size_t next = at + 1;
      while (next < end_ && is_adverb(view_, next)) ++next;
      if (next < end_ && acts().match(view_.tokens(), next, end_) && !at_once().match(view_.tokens(), next, end_)) {
        return static_cast<std::uint32_t>(next);
      }
    }
    return std::nullopt;
  }

  /// "you will receive", "you'll hear from us"; not "you will get used to it".
  std::optional<std::uint32_t> customer_gets(std::size_t verb) const {
    auto const found = static_cast<std::uint32_t>(verb);
    if (view_.is_any(verb, {"receive"_w, "hear"_w})) return found;
    bool const passive = view_.is(verb, "be"_w) && view_.is_any(verb + 1, {"refunded"_w, "contacted"_w, "called"_w, "notified"_w, "reimbursed"_w, "compensated"_w, "credited"_w, "emailed"_w, "updated"_w});
    if (passive) return found;
    if (view_.is(verb, "get"_w)) {
      bool const something = view_.has(verb + 1, Trait::determiner) || view_.is_any(verb + 1, {"it"_w, "them"_w, "one"_w, "new"_w, "full"_w, "notified"_w, "paid"_w});
      return something ? std::optional{found} : std::nullopt;
    }
    bool const has_by_then = view_.is_any(verb, {"have"_w, "see"_w}) && lasting_ && !view_.is(verb + 1, "to"_w);
    return has_by_then ? std::optional{found} : std::nullopt;
  }

  /// With a time frame behind: "i am sending it today", "the engineer comes on thursday".
  std::optional<std::uint32_t> under_way(std::size_t at, std::size_t aux) const {
    if (asks_ || !frame_at_ || *frame_at_ <= aux) return std::nullopt;
    bool const ours = view_.is_any(at, {"i"_w, "we"_w}) || colleague(view_, at);
    bool const progressive = ours && view_.is_any(aux, {"am"_w, "are"_w, "is"_w}) && aux + 1 < end_ &&
                             view_.written(aux + 1).ends_with("ing") && !view_.is(aux + 1, "going"_w) &&
                             view_.is_any(aux + 1, {"sending"_w, "posting"_w, "shipping"_w, "refunding"_w, "ordering"_w, "booking"_w,
                                                    "calling"_w, "ringing"_w, "coming"_w, "delivering"_w, "dispatching"_w,
                                                    "arranging"_w, "mailing"_w, "replacing"_w, "crediting"_w, "processing"_w});
    bool const about = view_.is_any(aux + 2, {"about"_w, "to"_w, "from"_w, "because"_w, "regarding"_w, "you"_w, "on"_w, "for"_w}) &&
                       view_.is_any(aux + 1, {"calling"_w, "ringing"_w});  // says why, not what
    if (progressive && !about) return static_cast<std::uint32_t>(aux + 1);
    bool const fixed = view_.is_any(aux, {"goes"_w, "leaves"_w, "comes"_w, "arrives"_w, "ships"_w, "rings"_w, "calls"_w,
                                          "visits"_w, "delivers"_w, "lands"_w, "reaches"_w});
    return fixed && !view_.has(at, Trait::stop) ? std::optional{static_cast<std::uint32_t>(aux)} : std::nullopt;
  }

  TokenView view_;
  std::size_t first_;
  std::size_t end_;
  std::vector<Commitment>& out_;
  std::optional<std::size_t> frame_at_;  ///< where the sentence's first time frame begins
  bool lasting_ = false;                 ///< it has a time frame of an hour or more
  bool asks_ = false;
};

}  // namespace

void find_commitments(TokenView view, std::span<TimeFrame const> frames, std::vector<Commitment>& commitments) {
  for (Sentence const& sentence : view.words().sentences) {
    if (sentence.token_count > 1) CommitmentReader{view, sentence, frames, commitments}.run();
  }
}

}  // namespace rapport::signals::detectors
