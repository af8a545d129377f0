#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "signals/detector.hpp"
#include "signals/detectors/analysis.hpp"
#include "signals/detectors/tally.hpp"
#include "signals/lexicon_impl.hpp"
#include "signals/memory.hpp"
#include "signals/phrase_program.hpp"
#include "signals/reader.hpp"

namespace rapport::signals {

/// What a reader holds. What must outlast an event is copied with it; what only spares allocations
/// is not.
struct Reader::State {
  State(Lexicon::Impl const& compiled, domain::Interaction const& interaction);
  State(State const& other);
  State& operator=(State const&) = delete;

  // What is remembered.
  Lexicon::Impl const& lexicon;
  domain::Interaction const& head;
  timeline::Conversation conversation;
  Memory memory;
  std::vector<std::unique_ptr<Detector>> detectors;  ///< parallel to lexicon.detectors; null: has nothing to remember (yet)
  std::vector<Occurrence> to_come;                   ///< ends of spans, by at_ms, then as they came
  detectors::Analysis analysis;                      ///< remembers what the sentence model must
  detectors::Tally tally;
  std::uint32_t last_event = 0;

  // What is worked with.
  Words words;
  std::vector<PhraseMatch> matches;
  struct Raw {
    Occurrence occurrence;
    std::int32_t next = -1;  ///< the next of the same signal
  };
  std::vector<Raw> raw;                 ///< firings that no filter has seen yet
  std::vector<std::int32_t> first_raw;  ///< by rank; -1: none
  RankSet ranks;                        ///< signals that are still to be decided
  std::vector<Occurrence> of_signal;    ///< firings of the signal being decided; empty between two
  std::vector<Occurrence> fired;        ///< those that stand
  std::vector<std::uint32_t> order;     ///< their places, in the order in which they are handed out
  Reading reading;

  void read(domain::Event const& event, std::uint32_t index);
  void pass_time(base::Millis now_ms, std::vector<Occurrence>& out);
  void finish(base::Millis end_ms, std::vector<Occurrence>& out);

 private:
  /// What a decision may ask, and whom: without a moment nobody.
  struct Asked {
    Moment const* moment = nullptr;
    Listeners const* listeners = nullptr;
  };

  /// The reader's own, made when it is first asked, or the lexicon's, which all readers may share that only ask it.
  Detector& detector(std::size_t index) {
    if (detectors[index] != nullptr) return *detectors[index];
    CompiledDetector const& compiled = lexicon.detectors[index];
    if (!compiled.remembers) return *compiled.prototype;
    detectors[index] = compiled.prototype->clone();
    return *detectors[index];
  }
  LanguagePlan const& read_words(domain::Event const& event, std::string_view language);
  void find_phrases(domain::Event const& event, std::uint32_t index, LanguagePlan const& plan);
  void prompt(LabelPrompts const& prompts);
  void fire_events(domain::Event const& event, std::uint32_t index);
  void release(base::Millis now_ms);
  void add_raw(Occurrence const& occurrence);
  void decide(Asked asked);
  void take_raw(std::size_t rank);
  void decide_firings(CompiledSignal const& compiled);
  void let_stand(CompiledSignal const& compiled);
  void stand(CompiledSignal const& compiled, Occurrence const& occurrence);
  void settle(std::vector<Occurrence>& out);
  static void put_in_order(std::vector<Occurrence>& firings);
};

}  // namespace rapport::signals
