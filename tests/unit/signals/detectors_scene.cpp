#include "unit/signals/detectors_scene.hpp"

#include <algorithm>

namespace rapport::signals::test {
namespace {

using domain::EventKind;
using domain::Role;

Spec phrase_signal(std::string name, std::vector<std::string> phrases) {
  Spec spec;
  spec.name = std::move(name);
  spec.meaning = "for tests";
  spec.phrases.push_back({"en", std::move(phrases), {}});
  return spec;
}

WordClass word_class(std::string name, std::vector<std::string> alternatives) {
  return {std::move(name), "en", std::move(alternatives), "classes/test.yaml", 1};
}

}  // namespace

Specs specs_for(std::string detector, DetectorScene::Parameters parameters) {
  Specs specs;
  specs.signals = {phrase_signal("problem", {"broken", "not working"}), phrase_signal("bye", {"bye", "goodbye"}),
                   phrase_signal("instructs", {"press", "unplug", "open"}), phrase_signal("searches", {"let me look"}),
                   phrase_signal("ok", {"okay", "of course"})};
  Spec tested;
  tested.name = "fires";
  tested.meaning = "the detector under test";
  tested.detectors.push_back({std::move(detector), std::move(parameters)});
  specs.signals.push_back(tested);
  specs.classes = {word_class("negative", {"bad", "upset"}), word_class("very-negative", {"furious", "terrible"}),
                   word_class("positive", {"good", "thanks"}), word_class("very-positive", {"wonderful"}),
                   word_class("intensifier", {"very", "so"}), word_class("negation", {"not", "no"}),
                   word_class("greeting", {"hello", "hi"})};
  return specs;
}

domain::Event event_at(EventKind kind, base::Millis at_ms) {
  domain::Event event;
  event.kind = kind;
  event.at_ms = at_ms;
  return event;
}

DetectorScene::DetectorScene(std::string detector, Parameters parameters, domain::Channel channel)
    : DetectorScene(specs_for(std::move(detector), std::move(parameters)), channel) {}

DetectorScene::DetectorScene(Specs specs, domain::Channel channel) {
  head_.channel = channel;
  std::vector<SpecError> errors;
  lexicon_ = Lexicon::compile(std::move(specs), errors);
  for (SpecError const& error : errors) ADD_FAILURE() << error.message;
  if (lexicon_) signal_ = *lexicon_->find("fires");
}

domain::Participant& DetectorScene::participant(Role role, std::string name) {
  domain::Participant participant;
  participant.id = std::string{domain::name(role)} + std::to_string(head_.participants.size());
  participant.role = role;
  participant.name = std::move(name);
  return head_.participants.emplace_back(std::move(participant));
}

Reader& DetectorScene::reader() {
  if (!reader_) reader_ = std::make_unique<Reader>(*lexicon_, head_);
  return *reader_;
}

std::string DetectorScene::said(Role by, std::string text) {
  auto const words = 1 + std::count(text.begin(), text.end(), ' ');
  base::Millis const at_ms = now_ == 0 ? 0 : now_ + 500;
  return said(by, at_ms, at_ms + 300 * words, std::move(text));
}

std::string DetectorScene::said(Role by, base::Millis at_ms, base::Millis end_ms, std::string text) {
  bool const voice = head_.channel == domain::Channel::voice;
  domain::Event event = event_at(voice ? EventKind::utterance : EventKind::message, at_ms);
  if (voice) event.end_ms = end_ms;
  event.by = by;
  event.participant = head_.first_of(by);
  event.text = std::move(text);
  return happens(std::move(event));
}

std::string DetectorScene::happens(domain::Event event) {
  texts_.push_back(event.text);
  now_ = std::max(now_, event.end());
  std::vector<Occurrence> all;
  reader().pass_time(event.at_ms - 1, all);
  Reading const& reading = reader().read(event, static_cast<std::uint32_t>(texts_.size() - 1));
  all.insert(all.end(), reading.occurrences.begin(), reading.occurrences.end());
  return take(all);
}

std::string DetectorScene::ends(base::Millis end_ms) {
  std::vector<Occurrence> all;
  reader().pass_time(end_ms, all);
  reader().finish(end_ms, all);
  return take(all);
}

std::string DetectorScene::take(std::vector<Occurrence> const& occurrences) {
  std::string out;
  for (Occurrence const& occurrence : occurrences) {
    if (occurrence.signal != signal_) continue;
    fired_.push_back(occurrence);
    if (!out.empty()) out += " | ";
    TextRange const range = occurrence.range;
    out += range.empty() ? "*" : texts_[occurrence.event].substr(range.begin, range.end - range.begin);
  }
  return out;
}

}  // namespace rapport::signals::test
