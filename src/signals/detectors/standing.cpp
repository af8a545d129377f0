#include "signals/detectors/standing.hpp"

#include <algorithm>
#include <array>

#include "signals/detectors/phrase_table.hpp"

namespace rapport::signals::detectors {
namespace {

using enum Standing;

constexpr std::uint32_t value(Standing standing) { return static_cast<std::uint32_t>(standing); }

constexpr auto words = std::to_array<PhraseTable::List>({
    {value(sent),
     "shipped | dispatched | on its way | on the way | on his way | on her way | on their way | in transit\n"
     "out for delivery | with the courier | left the warehouse | left our warehouse | posted | mailed"},
    {value(delivered), "delivered | arrived | handed over | signed for | left with"},
    {value(lost), "lost | missing | gone missing | mislaid"},
    {value(delayed), "delayed | running late | behind schedule | held up | stuck"},
    {value(pending),
     "pending | processing | in process | being processed | in progress | under review | being reviewed\n"
     "in review | awaiting | waiting for | in the queue | being looked at | being investigated | under investigation\n"
     "being prepared | on order | on back order | out of stock | still open | with the team | with our team\n"
     "with underwriting | with the adjuster | with the claims"},
    {value(confirmed), "confirmed | booked in | scheduled"},
    {value(approved), "approved | authorised | accepted | granted"},
    {value(declined), "declined | rejected | refused | denied | turned down"},
    {value(refunded), "refunded | reimbursed | credited back"},
    {value(canceled), "canceled | voided | withdrawn"},
    {value(resolved), "resolved | completed | closed | fixed | restored"},
    {value(paid), "paid | settled | cleared"},
    {value(unpaid), "unpaid | overdue | outstanding | in arrears | owing | past due"},
    {value(active), "active | activated | live | connected | up and running | back online"},
    {value(suspended),
     "suspended | blocked | locked | frozen | deactivated | disconnected | inactive | on hold | barred\n"
     "restricted | expired"},
});

PhraseTable const& standing_table() {
  static PhraseTable const statuses{words};
  return statuses;
}

/// What may stand between the verb and the word of status.
bool between(TokenView view, std::size_t at) {
  return view.is_any(at, {"been"_w, "being"_w, "already"_w, "just"_w, "still"_w, "now"_w, "currently"_w, "not"_w, "yet"_w,
                          "as"_w, "marked"_w, "showing"_w, "listed"_w, "actually"_w, "only"_w, "at"_w, "the"_w, "moment"_w,
                          "fully"_w, "successfully"_w, "a"_w, "bit"_w, "all"_w, "indeed"_w, "unfortunately"_w, "um"_w, "uh"_w});
}

/// A subject that something can be said of: "your order", "it", "the engineer"; never the speaker.
std::optional<std::size_t> subject_before(TokenView view, std::size_t verb, std::size_t first) {
  if (verb == first) return std::nullopt;
  std::size_t const head = verb - 1;
  bool const thing = !view.has(head, Trait::stop) || view.is_any(head, {"it"_w, "that"_w, "this"_w, "these"_w, "those"_w, "one"_w,
                                                                        "everything"_w, "both"_w, "all"_w});
  if (!thing) return std::nullopt;
  constexpr Traits boundary{Trait::conjunction, Trait::modal, Trait::be_form, Trait::question_word, Trait::preposition};
  std::size_t begin = head;
  while (begin > first && head - begin < 4 && !view.pause_before(begin) && !view.has(begin, Trait::determiner) &&
         !view.has_any(begin - 1, boundary) && !view.is_any(begin - 1, {"once"_w, "whenever"_w, "told"_w})) {
    --begin;
  }
  return begin;
}

class StandingFinder {
 public:
  StandingFinder(TokenView view, Sentence const& sentence, std::vector<Statement>& out)
      : view_(view), first_(sentence.first_token), end_(first_ + sentence.token_count), out_(out) {}

  void run() {
    for (std::size_t at = first_ + 1; at < end_; ++at) {
      auto const match = standing_table().match(view_.tokens(), at, end_);
      if (!match) continue;
      if (auto const statement = statement_ending(at, match)) out_.push_back(*statement);
      at += match.length - 1;
    }
  }

 private:
  std::optional<Statement> statement_ending(std::size_t at, PhraseTable::Match match) const {
    std::size_t verb = at;
    bool negated = false;
    while (verb > first_ && between(view_, verb - 1)) {
      --verb;
      negated = negated || view_.is(verb, "not"_w);
    }
    bool const past_alone = view_.is_any(at, {"shipped"_w, "arrived"_w}) && verb == at &&
                            !view_.has_any(at - 1, {Trait::be_form, Trait::have_form});  // "your order shipped"
    if (!past_alone) {
      if (verb == first_) return std::nullopt;
      --verb;
      bool const stating = view_.is_any(verb, {"is"_w, "was"_w, "are"_w, "were"_w, "has"_w, "have"_w, "got"_w, "gets"_w, "shows"_w,
                                               "remains"_w, "went"_w, "says"_w});
      if (!stating) return std::nullopt;
    }
    auto const subject = subject_before(view_, verb, first_);
    if (!subject || depends(*subject)) return std::nullopt;
    return Statement{static_cast<std::uint32_t>(*subject), static_cast<std::uint32_t>(at + match.length) - 1,
                     static_cast<Standing>(match.value), negated};
  }

  /// "if it is delayed", "once it has arrived", "when was it sent".
  bool depends(std::size_t subject) const {
    for (std::size_t back = 1; back <= 3 && subject >= first_ + back; ++back) {
      if (view_.is_any(subject - back, {"if"_w, "once"_w, "when"_w, "whenever"_w, "until"_w, "unless"_w, "whether"_w, "after"_w, "as"_w, "should"_w, "before"_w})) return true;
      if (view_.has_any(subject - back, {Trait::be_form, Trait::have_form}) && subject - back == first_) return true;
    }
    return false;
  }

  TokenView view_;
  std::size_t first_;
  std::size_t end_;
  std::vector<Statement>& out_;
};

struct Contradiction {
  Standing one;
  Standing other;
};
constexpr auto contradictions = std::to_array<Contradiction>(
    {{delivered, pending}, {delivered, lost}, {delivered, canceled}, {delivered, delayed}, {sent, pending}, {sent, lost}, {sent, canceled}, {canceled, active}, {canceled, confirmed}, {canceled, pending}, {refunded, pending}, {refunded, declined}, {approved, declined}, {approved, pending}, {declined, pending}, {resolved, pending}, {paid, unpaid}, {paid, pending}, {active, suspended}, {confirmed, pending}, {resolved, suspended}});

}  // namespace

void find_statements(TokenView view, std::vector<Statement>& statements) {
  for (Sentence const& sentence : view.words().sentences) {
    bool const asks = sentence.asks || (sentence.token_count > 0 &&
                                        view.gap_after(std::size_t{sentence.first_token} + sentence.token_count - 1).find('?') != std::string_view::npos);
    if (!asks && sentence.token_count > 1) StandingFinder{view, sentence, statements}.run();
  }
}

std::optional<Standing> standing_of(TokenView value_view) {
  for (std::size_t at = 0; at < value_view.size(); ++at) {
    if (auto const match = standing_table().match(value_view.tokens(), at, value_view.size())) return static_cast<Standing>(match.value);
  }
  return std::nullopt;
}

bool contradict(Standing one, Standing other) {
  return std::ranges::any_of(contradictions, [&](Contradiction const& pair) {
    return (pair.one == one && pair.other == other) || (pair.one == other && pair.other == one);
  });
}

}  // namespace rapport::signals::detectors
