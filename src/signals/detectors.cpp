// The registry of built-in detectors, sorted by name. docs/detectors.md is held equal to it by a test.
#include "signals/detector.hpp"
#include "signals/detectors/asking.hpp"
#include "signals/detectors/counting.hpp"
#include "signals/detectors/ending.hpp"
#include "signals/detectors/floor.hpp"
#include "signals/detectors/jargon.hpp"
#include "signals/detectors/knowledge.hpp"
#include "signals/detectors/known_data.hpp"
#include "signals/detectors/matter.hpp"
#include "signals/detectors/mood.hpp"
#include "signals/detectors/naming.hpp"
#include "signals/detectors/promising.hpp"
#include "signals/detectors/records.hpp"
#include "signals/detectors/remedies.hpp"
#include "signals/detectors/repetition.hpp"
#include "signals/detectors/script.hpp"
#include "signals/detectors/shares.hpp"
#include "signals/detectors/values.hpp"
#include "signals/detectors/waiting.hpp"
#include "signals/detectors/weighing.hpp"
#include "signals/model/model_detector.hpp"

namespace rapport::signals {
namespace {

using domain::Source;
using domain::SourceSet;

constexpr SourceSet words{Source::words};
constexpr SourceSet timing{Source::timing};
constexpr SourceSet telephony{Source::telephony};
constexpr SourceSet desk{Source::desk};
constexpr SourceSet nothing{};

std::vector<DetectorKind> make_kinds() {
  // name, meaning, parameters, which of them are signals, needs, measure, languages, make, which hold weights of signals, whether it fires by no event
  return {
      {"adds_up", "weak firings of a signal come to so much confidence in sum", {"of", "to"}, {"of"}, nothing, false, {}, make_adds_up},
      {"asks_known", "the agent asks for what is on record or was already said", {}, {}, words, false, {"en"}, make_asks_known},
      {"at_once", "a signal fires so many times in one breath", {"gap", "n", "of"}, {"of"}, nothing, false, {}, make_at_once},
      {"calmer", "after strongly negative words the customer's words turn positive", {}, {}, words, false, {"en"}, make_calmer},
      {"card_number", "a payment card's number is said or written", {}, {}, words, false, {}, make_card_number},
      {"channel_match", "the customer's preferred channel is the interaction's", {}, {}, nothing, false, {}, make_channel_match},
      {"channel_mismatch", "the customer's preferred channel is another than the interaction's", {}, {}, nothing, false, {}, make_channel_mismatch},
      {"elapsed", "so long after a signal's first firing", {"after", "since"}, {"since"}, nothing, false, {}, make_elapsed, {}, true},
      {"ends", "the timeline ends, after a signal fired if one is named", {"after"}, {"after"}, nothing, false, {}, make_ends, {}, true},
      {"ends_on", "the customer's last turn held a signal", {"signal"}, {"signal"}, words, false, {}, make_ends_on, {}, true},
      {"first_statement", "the customer's first utterance longer than a greeting", {"words"}, {}, SourceSet{Source::words, Source::timing}, false, {}, make_first_statement},
      {"first_statement_cut", "the agent begins inside the customer's first statement", {"words"}, {}, SourceSet{Source::words, Source::timing}, false, {}, make_first_statement_cut},
      {"hold_longest", "seconds of the longest hold", {}, {}, telephony, true, {}, make_hold_longest},
      {"hold_over", "a hold lasts longer than the limit", {"over"}, {}, telephony, false, {}, make_hold_over},
      {"hold_total", "seconds on hold in sum", {}, {}, telephony, true, {}, make_hold_total},
      {"instruction_pause", "after an instruction the customer answers or the agent pauses", {"after", "gap"}, {"after"}, words, false, {"en"}, make_instruction_pause},
      {"interruption", "the agent talks over the customer, who gives way", {"overlap"}, {}, timing, false, {}, make_interruption},
      {"jargon", "a glossary term that the customer has not used, unexplained", {}, {}, words, false, {"en"}, make_jargon},
      {"mentions_history", "the agent refers to an earlier contact", {}, {}, SourceSet{Source::words, Source::journey}, false, {"en"}, make_mentions_history},
      {"mentions_known", "the agent uses the known name or a known fact", {}, {}, words, false, {}, make_mentions_known},
      {"model", "a trained label holds of a sentence; phrases of the same signal are unsure where it gives less than doubt", {"label", "over", "doubt"}, {}, words, false, {"en"}, make_model},
      {"money", "an amount of money", {}, {}, words, false, {"en"}, make_money},
      {"name_known", "the customer's name is on record, or is said", {}, {}, nothing, false, {}, make_name_known},
      {"names_company", "the centre's side says the company's or brand's name", {}, {}, words, false, {}, make_names_company},
      {"names_customer", "the centre's side uses the customer's name, not while asking for it", {}, {}, words, false, {}, make_names_customer},
      {"names_self", "an agent gives their own name", {}, {}, words, false, {}, make_names_self},
      {"needless_approval", "approval asked for what is within the agent's own limit", {}, {}, desk, false, {}, make_needless_approval},
      {"notes", "the notes come to so many words", {"words"}, {}, desk, false, {}, make_notes},
      {"nth", "a signal fires for the n-th time", {"n", "of"}, {"of"}, nothing, false, {}, make_nth},
      {"number", "a number, time, date or code, in words or figures", {}, {}, words, false, {"en"}, make_number},
      {"pace", "the agent's words a minute of speaking time", {}, {}, SourceSet{Source::words, Source::timing}, true, {}, make_pace},
      {"pace_distance", "words a minute between the agent's pace and the customer's", {}, {}, SourceSet{Source::words, Source::timing}, true, {}, make_pace_distance},
      {"paraphrase", "the agent says the customer's matter back", {"problem", "shared"}, {"problem"}, words, false, {"en"}, make_paraphrase},
      {"problem_question", "the agent asks about the matter", {"problem"}, {"problem"}, words, false, {"en"}, make_problem_question},
      {"promise", "the agent commits to a future act", {}, {}, words, false, {"en"}, make_promise},
      {"promise_kept", "a promise of this timeline is reported as kept", {}, {}, nothing, false, {}, make_promise_kept},
      {"question", "a clause asks", {"kind"}, {}, words, false, {"en"}, make_question},
      {"refers_back", "the agent picks up the customer's content words", {"shared", "to"}, {"to"}, words, false, {"en"}, make_refers_back},
      {"remedy_over_limit", "a remedy exceeds the agent's limit", {}, {}, desk, false, {}, make_remedy_over_limit},
      {"remedy_within_limit", "a remedy is within the agent's limit", {}, {}, desk, false, {}, make_remedy_within_limit},
      {"response_gap", "seconds of the longest wait for the agent's answer", {}, {}, timing, true, {}, make_response_gap},
      {"same_phrase", "a signal fires with the same words so many times in a row", {"signal", "times"}, {"signal"}, words, false, {}, make_same_phrase},
      {"script_due", "script lines of a kind apply, once a line", {"kind"}, {}, nothing, false, {}, make_script_due},
      {"script_line", "a script line of a kind is said", {"kind"}, {}, words, false, {}, make_script_line},
      {"script_overlap", "share of the agent's words read from own-words lines", {"run"}, {}, words, true, {}, make_script_overlap},
      {"search_long", "the agent looks for something in silence", {"looks", "over", "starts"}, {"looks", "starts"}, SourceSet{Source::words, Source::timing}, false, {"en"}, make_search_long},
      {"search_told", "a long search was announced, and the agent spoke in it", {"over", "starts"}, {"starts"}, SourceSet{Source::words, Source::timing}, false, {"en"}, make_search_told},
      {"sentiment", "the customer's words are positive or negative", {"level", "sign"}, {}, words, false, {"en"}, make_sentiment},
      {"silence", "nobody speaks, off hold, for longer than the limit", {"over"}, {}, timing, false, {}, make_silence},
      {"speech_block", "another full span of customer speech has passed", {"each"}, {}, timing, false, {}, make_speech_block},
      {"status", "an agent states how an order, a claim or an account stands", {}, {}, words, false, {"en"}, make_status},
      {"status_mismatch", "an agent states a status that contradicts the one on record", {}, {}, words, false, {"en"}, make_status_mismatch},
      {"talk_share", "the agent's share of all speech", {"after"}, {}, timing, true, {}, make_talk_share},
      {"time_frame", "a stated time by or in which something is to be", {}, {}, words, false, {"en"}, make_time_frame},
      {"turn_words", "words in the agent's longest turn, or in the mean", {"aggregate"}, {}, words, true, {}, make_turn_words},
      {"vague_cause", "the recorded root cause says nothing", {}, {}, desk, false, {"en"}, make_vague_cause},
      {"vanished", "the customer left without a goodbye and got no further turn", {"goodbye"}, {"goodbye"}, words, false, {"en"}, make_vanished, {}, true},
      {"weighs", "signs for and against, each with its weight, come to yes at the end", {"signs", "even", "over"}, {}, words, false, {}, make_weighs, {"signs"}, true},
      {"wrap_up_late", "no disposition in time after the end", {"after"}, {}, desk, false, {}, make_wrap_up_late, {}, true},
  };
}

}  // namespace

std::vector<DetectorKind> const& detector_kinds() {
  static std::vector<DetectorKind> const kinds = make_kinds();
  return kinds;
}

}  // namespace rapport::signals
