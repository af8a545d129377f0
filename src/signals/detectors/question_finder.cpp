#include "signals/detectors/question_finder.hpp"

#include <algorithm>

#include "signals/detectors/question_heads.hpp"
#include "signals/detectors/question_kind.hpp"

namespace rapport::signals::detectors {
namespace {

constexpr std::uint32_t auxiliary_reach = 5;  ///< words from a question word to its auxiliary

/// Reads one sentence: finds where its questions begin, then how far each goes.
class Finder {
 public:
  Finder(TokenView view, Sentence const& sentence, std::vector<Question>& out)
      : view_(view), heads_(view, sentence), first_(heads_.first()), end_(heads_.end()), out_(out), before_(out.size()) {}

  void run() {
    for (std::size_t at = first_; at < end_; ++at) {
      if (view_.has_any(at, QuestionHeads::heads) && heads_.asks_at(at)) {
        if (!belongs_to_last(at)) add(at);
      } else if (view_.has(at, Trait::request_lead) && heads_.clause_begins(at)) {
        std::size_t const verb = heads_.request_verb(at);
        if (verb == end_) continue;
        if (!only_led_in_by_last(at)) add(at);
        at = verb;
      }
    }
    add_bare_items();
    bool const tagged = !heads_.stopped() && ends_in_tag();
    if (out_.size() == before_ && (heads_.marked() || tagged)) add(first_);
    finish();
  }

 private:
  void add(std::size_t at) {
    out_.push_back({static_cast<std::uint32_t>(at), 0, Question::Kind::closed, {}, heads_.marked()});
  }

  /// "which card | would you like", "shall i, or | would you rather": no question of its own.
  bool belongs_to_last(std::size_t at) const {
    if (out_.size() == before_) return false;
    if (at > first_ && view_.is(at - 1, "or"_w) && heads_.auxiliary(at)) return true;
    std::size_t const head = out_.back().first;
    if (!heads_.auxiliary(at) || !view_.has(head, Trait::question_word) || at - head > auxiliary_reach) return false;
    for (std::size_t between = head + 1; between < at; ++between) {
      if (heads_.auxiliary(between) || view_.pause_before(between)) return false;
    }
    return true;
  }

  /// "can you just | confirm your": the verb of the inversion before it.
  bool only_led_in_by_last(std::size_t at) const {
    if (out_.size() == before_) return false;
    for (std::size_t between = out_.back().first; between < at; ++between) {
      bool const light = heads_.auxiliary(between) ||
                         view_.has_any(between, {Trait::subject, Trait::filler, Trait::conjunction}) ||
                         view_.is_any(between, {"possibly"_w, "kindly"_w, "quickly"_w, "maybe"_w});
      if (!light) return false;
    }
    return true;
  }

  /// "account number please", "and your date of birth?": clauses of nothing but items, and any item
  /// before "please".
  void add_bare_items() {
    for (std::size_t begin = first_; begin < end_;) {
      std::size_t stop = begin + 1;
      while (stop < end_ && !view_.pause_before(stop)) ++stop;
      if (!covered(begin, stop)) {
        if (is_bare_item(begin, stop)) {
          add(begin);
        } else if (std::size_t const item = item_before_please(begin, stop); item != stop) {
          add(item);
        }
      }
      begin = stop;
    }
    std::sort(out_.begin() + static_cast<std::ptrdiff_t>(before_), out_.end(),
              [](Question const& a, Question const& b) { return a.first < b.first; });
  }

  bool is_bare_item(std::size_t begin, std::size_t stop) const {
    bool item = heads_.marked() && stop == begin + 1 && view_.is_any(begin, {"confirmation"_w, "booking"_w, "account"_w, "order"_w});
    if (item) return true;  // "Confirmation?"
    bool asked = heads_.marked() || view_.is(begin, "and"_w);
    for (std::size_t at = begin; at < stop;) {
      if (auto const mention = mention_at(view_.words(), at, stop)) {
        item = true;
        at += mention->length;
        continue;
      }
      bool const polite = view_.is_any(at, {"please"_w, "your"_w, "then"_w, "again"_w});
      bool const small = view_.has_any(at, {Trait::filler, Trait::conjunction, Trait::title}) ||
                         view_.is_any(at, {"the"_w, "a"_w, "on"_w, "for"_w, "account"_w, "booking"_w, "customer"_w});
      if (!polite && !small) return false;
      asked = asked || polite;
      ++at;
    }
    return item && asked;
  }

  /// The item that "please" follows: "… kev speaking account number please"; `stop` if there is none.
  std::size_t item_before_please(std::size_t begin, std::size_t stop) const {
    for (std::size_t at = begin; at < stop;) {
      if (view_.is(at, "my"_w) || view_.is(at, "our"_w)) return stop;
      auto const mention = mention_at(view_.words(), at, stop);
      if (mention && view_.is(at + mention->length, "please"_w) && at + mention->length + 1 == stop) return at;
      at += mention ? mention->length : 1;
    }
    return stop;
  }

  bool covered(std::size_t begin, std::size_t stop) const {
    return std::any_of(out_.begin() + static_cast<std::ptrdiff_t>(before_), out_.end(), [&](Question const& question) {
      return question.first >= begin && question.first < stop;
    });
  }

  /// "so you were charged twice right": a check at the end of a sentence without a mark.
  bool ends_in_tag() const {
    if (end_ - first_ < 5 || !view_.is_any(end_ - 1, {"right"_w, "correct"_w})) return false;
    bool const said_of_something = heads_.auxiliary(end_ - 2) || view_.has_any(end_ - 2, {Trait::filler, Trait::stop});
    return !said_of_something;
  }

  DataItems item_of_lone_noun(std::size_t at) const {
    DataItems items;
    if (view_.is_any(at, {"confirmation"_w, "booking"_w, "order"_w})) items.add(DataItem::order_number);
    if (view_.is(at, "account"_w)) items.add(DataItem::account_number);
    return items;
  }

  /// Sets each question's end, what it names and its kind.
  void finish() {
    for (std::size_t index = before_; index < out_.size(); ++index) {
      Question& question = out_[index];
      std::size_t const stop = index + 1 < out_.size() ? out_[index + 1].first : end_;
      question.last = static_cast<std::uint32_t>(stop) - 1;
      question.items = items_in(view_.words(), question.first, stop);
      if (question.items.empty() && stop == question.first + 1) question.items = item_of_lone_noun(question.first);
      question.kind = kind_of(view_, question);
    }
  }

  TokenView view_;
  QuestionHeads heads_;
  std::size_t first_;
  std::size_t end_;
  std::vector<Question>& out_;
  std::size_t before_;  ///< questions of earlier sentences
};

}  // namespace

void find_questions(TokenView view, std::vector<Question>& questions) {
  for (Sentence const& sentence : view.words().sentences) {
    if (sentence.token_count > 0) Finder{view, sentence, questions}.run();
  }
}

}  // namespace rapport::signals::detectors
