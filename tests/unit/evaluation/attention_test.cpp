// Detectors say what they need be asked about. What they leave out must not matter: asked about
// every event they fire the same.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "playbook/embedded.hpp"
#include "playbook/load.hpp"
#include "signals/detector.hpp"
#include "signals/lexicon_impl.hpp"
#include "signals/reader.hpp"
#include "timeline/formats/reader.hpp"
#include "timeline/timeline.hpp"

namespace rapport::signals {
namespace {

using domain::Event;
using domain::EventKind;

/// A detector that wants to be asked about everything.
class AllEars final : public Detector {
 public:
  explicit AllEars(std::unique_ptr<Detector> inner) : inner_(std::move(inner)) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<AllEars>(inner_->clone()); }
  void read(Moment const& moment, Emitter& emit) override { inner_->read(moment, emit); }
  bool remembers() const override { return inner_->remembers(); }
  std::optional<LabelPrompt> prompt() const override { return inner_->prompt(); }
  bool watches_time() const override { return inner_->watches_time(); }
  void pass_time(base::Millis now_ms, timeline::Conversation const& conversation, Emitter& emit) override { inner_->pass_time(now_ms, conversation, emit); }
  void finish(Ending const& ending, Emitter& emit) const override { inner_->finish(ending, emit); }
  Attention attention() const override {
    Attention attention = Detector::attention();
    attention.tally = inner_->attention().tally;
    return attention;
  }

 private:
  std::unique_ptr<Detector> inner_;
};

constexpr std::size_t kinds_max = 80;

template <std::size_t index>
base::Result<std::unique_ptr<Detector>> make_all_ears(Parameters const& parameters, Vocabulary const& vocabulary) {
  auto made = detector_kinds()[index].make(parameters, vocabulary);
  if (!made) return made.error();
  return std::unique_ptr<Detector>{std::make_unique<AllEars>(std::move(*made))};
}

template <std::size_t... index>
std::vector<DetectorKind> kinds_all_ears(std::index_sequence<index...>) {
  constexpr std::array makers{&make_all_ears<index>...};
  std::vector<DetectorKind> kinds = detector_kinds();
  for (std::size_t kind = 0; kind < kinds.size(); ++kind) kinds[kind].make = makers[kind];
  return kinds;
}

/// The standard playbook's signals, and one of each detector by itself, of everybody.
Specs specs() {
  auto const loaded = playbook::load(playbook::embedded_playbook("standard"));
  Specs specs = loaded.playbook->lexicon->impl().specs;
  for (DetectorKind const& kind : detector_kinds()) {
    if (kind.name == "model" || !kind.weight_parameters.empty()) continue;  // of which the playbook has many
    Spec spec;
    spec.name = "each." + std::string{kind.name};
    spec.detectors.push_back({std::string{kind.name}, {}});
    for (std::string_view const parameter : kind.signal_parameters) spec.detectors.back().parameters[std::string{parameter}] = "agent.asks";
    specs.signals.push_back(std::move(spec));
  }
  return specs;
}

std::shared_ptr<Lexicon const> compiled(std::vector<DetectorKind> const& kinds) {
  std::vector<SpecError> errors;
  auto lexicon = Lexicon::compile(specs(), errors, kinds);
  for (SpecError const& error : errors) ADD_FAILURE() << error.message;
  return lexicon;
}

std::vector<timeline::formats::Imported> const& conversations() {
  static auto const all = [] {
    std::vector<timeline::formats::Imported> read;
    std::string const root = RAPPORT_SOURCE_DIR;
    for (std::string const name : {"/tests/labelled/build/a.jsonl", "/tests/labelled/check/conversations.jsonl"}) {
      auto reader = timeline::formats::InteractionReader::open(root + name);
      while (auto item = reader->next()) read.push_back(std::move(**item));
    }
    return read;
  }();
  return all;
}

/// What some detector reads of events without words.
std::vector<domain::Attribute> const& attributes() {
  using domain::Value;
  static std::vector<domain::Attribute> const all{
      {"", "name", Value::of_text("order_status")}, {"", "value", Value::of_text("shipped")}, {"known", "order_status", Value::of_text("delayed")}, {"known", "name", Value::of_text("Pat Brown")}, {"limits", "default", Value::of_thousandths(10'000)}, {"", "amount", Value::of_thousandths(20'000)}, {"", "root_cause", Value::of_text("unknown")}, {"", "promise", Value::of_text("p1")}, {"", "company", Value::of_text("Harbour Bank")}, {"", "preferred_channel", Value::of_text("chat")}, {"", "due", Value::of_text("2026-03-02T09:15:00Z")}};
  return all;
}

/// A conversation in which some events have become others, by somebody else, in another language.
timeline::Timeline disturbed() {
  timeline::formats::Imported imported = conversations()[*rc::gen::inRange<std::size_t>(0, conversations().size())];
  bool named = false;
  for (Event& event : imported.events) {
    if (*rc::gen::inRange(0, 3) != 0) continue;
    event.kind = static_cast<EventKind>(*rc::gen::inRange<std::size_t>(0, domain::event_kind_count));
    event.by = static_cast<domain::Role>(*rc::gen::inRange<std::size_t>(0, domain::role_count));
    event.participant = domain::nobody;
    if (*rc::gen::inRange(0, 8) == 0) event.language = "de";
    if (!std::exchange(named, true)) event.id = "p1";
    event.attributes = {*rc::gen::elementOf(attributes()), *rc::gen::elementOf(attributes())};
    if (*rc::gen::inRange(0, 2) == 0) event.end_ms = event.at_ms + *rc::gen::inRange(0, 90'000);
  }
  imported.head.channel = *rc::gen::element(domain::Channel::voice, domain::Channel::chat, domain::Channel::email);
  auto timeline = timeline::Timeline::build(imported.head, imported.events);
  RC_ASSERT(static_cast<bool>(timeline));
  return std::move(*timeline);
}

std::vector<Occurrence> all_firings(Lexicon const& lexicon, timeline::Timeline const& timeline) {
  Reader reader{lexicon, timeline.head()};
  std::vector<Occurrence> all;
  std::uint32_t index = 0;
  for (Event const& event : timeline.events()) {
    reader.pass_time(event.at_ms - 1, all);
    auto const& reading = reader.read(event, index++);
    all.insert(all.end(), reading.occurrences.begin(), reading.occurrences.end());
  }
  reader.pass_time(timeline.end_ms(), all);
  reader.finish(timeline.end_ms(), all);
  return all;
}

RC_GTEST_PROP(Attention, LeavesOutWhatDoesNotMatter, ()) {
  ASSERT_LE(detector_kinds().size(), kinds_max);
  static auto const selective = compiled(detector_kinds());
  static auto const all_ears = compiled(kinds_all_ears(std::make_index_sequence<kinds_max>{}));
  timeline::Timeline const timeline = disturbed();
  std::vector<Occurrence> const firings = all_firings(*selective, timeline);
  std::vector<Occurrence> const expected = all_firings(*all_ears, timeline);
  for (std::size_t index = 0; index < std::min(firings.size(), expected.size()); ++index) {
    if (firings[index] == expected[index]) continue;
    RC_FAIL(selective->spec(firings[index].signal).name + " where all ears heard " + selective->spec(expected[index].signal).name);
  }
  RC_ASSERT(firings.size() == expected.size());
  RC_TAG(firings.empty() ? "silent" : "fired");
}

}  // namespace
}  // namespace rapport::signals
