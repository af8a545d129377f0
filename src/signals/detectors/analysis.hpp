#pragma once

#include <optional>
#include <span>
#include <vector>

#include "signals/detectors/number_reader.hpp"
#include "signals/detectors/person_names.hpp"
#include "signals/detectors/question_finder.hpp"
#include "signals/detectors/stems.hpp"
#include "signals/detectors/time_frames.hpp"
#include "signals/detectors/token_view.hpp"
#include "signals/model/sentence_judge.hpp"
#include "signals/occurrence.hpp"
#include "timeline/conversation.hpp"

namespace rapport::signals::detectors {

/// What the words of one event come to, each part worked out when a detector first asks for it and
/// kept for the others. One per reader; `begin_event()` before each event. Its answers hold until
/// the next. The words must be the same from one begin_event() to the next. A copy is a checkpoint:
/// the sentence model remembers what the other side said last.
class Analysis {
 public:
  void begin_event() {
    ready_ = {};
    mood_.reset();
    name_asked_.reset();
    for (SignalId const signal : fired_signals_) surest_[signal] = 0;
    fired_signals_.clear();
    fired_taken_ = 0;
  }

  /// By signal, the surest of its firings in the event so far, the first of equal ones: its place in
  /// `fired` from 1, or 0 where there is none; signals beyond the span have none. Holds until more fire.
  /// REQUIRES: `fired` only grows from one begin_event() to the next.
  std::span<std::uint32_t const> surest_places(std::vector<Occurrence> const& fired) {
    if (fired_taken_ != fired.size()) take_firings(fired);
    return surest_;
  }
  /// That of one signal; null if there is none.
  Occurrence const* surest(SignalId signal, std::vector<Occurrence> const& fired) {
    auto const places = surest_places(fired);
    return signal < places.size() && places[signal] != 0 ? &fired[places[signal] - 1] : nullptr;
  }

  /// Calls `visit` with the surest firing of each signal that fired in the event so far.
  template <typename Visit>
  void each_surest(std::vector<Occurrence> const& fired, Visit visit) {
    auto const places = surest_places(fired);
    for (SignalId const signal : fired_signals_) visit(fired[places[signal] - 1]);
  }

  /// The mood of the words, by `score(words)` for the first that asks. REQUIRES: all detectors of a
  /// reader score alike (mood.cpp is where they do).
  template <typename Score>
  std::int64_t mood(Words const& words, Score const& score) {
    if (!mood_) mood_ = score(words);
    return *mood_;
  }

  /// Whether the words ask for the customer's name, by `asks()` for the first that wants to know
  /// (customer_name.cpp, which all keep that name by).
  template <typename Asks>
  bool name_asked(Asks const& asks) {
    if (!name_asked_) name_asked_ = asks();
    return *name_asked_;
  }

  TokenView view(Words const& words) {
    if (!ready_.traits) {
      ready_.traits = true;
      read_traits(words, traits_);
    }
    return {words, traits_};
  }
  /// Parallel to the tokens; 0 for words without content.
  std::span<Stem const> stems(Words const& words);
  std::span<Question const> questions(Words const& words);
  std::vector<NumberReading> const& numbers(Words const& words);
  /// `month_first`: how 03/04 is read; one answer for all of an event.
  std::span<TimeFrame const> time_frames(Words const& words, bool month_first);
  /// The name that the speaker gives as their own (detectors::own_name).
  std::optional<SpokenName> own_name(Words const& words, bool introducing);
  /// The sentences under every label of the speaker, by the shipped sentence model.
  model::SentenceJudge const& judged(Words const& words, timeline::Step const& step);

 private:
  struct Ready {
    bool traits = false;
    bool stems = false;
    bool questions = false;
    bool numbers = false;
    bool time_frames = false;
    bool own_name = false;
    bool introduced_name = false;
    bool judged = false;
  };
  void take_firings(std::vector<Occurrence> const& fired);

  Ready ready_;
  std::vector<std::uint32_t> surest_;  ///< by signal: place among the event's firings, from 1; 0: none
  std::vector<SignalId> fired_signals_;
  std::size_t fired_taken_ = 0;
  std::vector<Traits> traits_;
  std::vector<Stem> stems_;
  std::vector<Question> questions_;
  std::vector<NumberReading> numbers_;
  std::optional<std::int64_t> mood_;
  std::optional<bool> name_asked_;
  std::vector<TimeFrame> time_frames_;
  std::optional<SpokenName> own_name_;
  std::optional<SpokenName> introduced_name_;
  std::optional<model::SentenceJudge> judge_;
};

}  // namespace rapport::signals::detectors
