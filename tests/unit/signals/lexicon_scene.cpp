#include "unit/signals/lexicon_scene.hpp"

#include <fmt/format.h>

namespace rapport::signals::test {
namespace {

using domain::EventKind;
using domain::Role;

class Echo final : public Detector {
 public:
  std::unique_ptr<Detector> clone() const override { return std::make_unique<Echo>(*this); }
  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.words.tokens.empty()) emit.fire(moment).value = ++count_;
  }

 private:
  std::int64_t count_ = 0;
};

class CountsDown final : public Detector {
 public:
  CountsDown(SignalId of, base::Millis after) : of_(of), after_(after) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<CountsDown>(*this); }
  void read(Moment const& moment, Emitter&) override {
    for (Occurrence const& occurrence : moment.fired) {
      if (occurrence.signal == of_) due_ms_ = occurrence.end_ms + after_;
    }
  }
  bool watches_time() const override { return true; }
  void pass_time(base::Millis now_ms, timeline::Conversation const&, Emitter& emit) override {
    if (due_ms_ < 0 || due_ms_ > now_ms) return;
    emit.fire_at(due_ms_, due_ms_, Role::agent, 0);
    due_ms_ = -1;
  }

 private:
  SignalId of_;
  base::Millis after_;
  base::Millis due_ms_ = -1;
};

class AtEnd final : public Detector {
 public:
  std::unique_ptr<Detector> clone() const override { return std::make_unique<AtEnd>(*this); }
  void read(Moment const&, Emitter&) override {}
  void finish(Ending const& ending, Emitter& emit) const override { emit.fire_at(ending.at_ms, ending.at_ms, Role::agent, 0); }
};

class Sees final : public Detector {
 public:
  explicit Sees(SignalId signal) : signal_(signal) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<Sees>(*this); }
  void read(Moment const& moment, Emitter& emit) override {
    for (Occurrence const& occurrence : moment.fired) {
      if (occurrence.signal == signal_) emit.fire(moment);
    }
  }

 private:
  SignalId signal_;
};

using Made = base::Result<std::unique_ptr<Detector>>;

Made make_counts_down(Parameters const& parameters, Vocabulary const& vocabulary) {
  auto const after = parameters.millis("after", 5'000);
  if (!after) return after.error();
  auto const of = vocabulary.find_signal(parameters.text("of", ""));
  if (!of) return base::Error{"needs \"of\""};
  return Made{std::make_unique<CountsDown>(*of, *after)};
}

Made make_sees(Parameters const& parameters, Vocabulary const& vocabulary) {
  return Made{std::make_unique<Sees>(vocabulary.find_signal(parameters.text("signal", "")).value_or(no_signal))};
}

}  // namespace

std::vector<DetectorKind> const& test_detectors() {
  using domain::Source;
  static std::vector<DetectorKind> const kinds{
      {"at_end", "", {}, {}, {Source::telephony}, false, {}, [](Parameters const&, Vocabulary const&) -> Made { return Made{std::make_unique<AtEnd>()}; }},
      {"broken", "", {}, {}, {}, false, {}, [](Parameters const&, Vocabulary const&) -> Made { return base::Error{"it is broken"}; }},
      {"counts_down", "", {"after", "of"}, {"of"}, {Source::timing}, false, {}, make_counts_down},
      {"echo", "", {}, {}, {Source::words}, false, {"en", "de"}, [](Parameters const&, Vocabulary const&) -> Made { return Made{std::make_unique<Echo>()}; }},
      {"sees", "", {"signal"}, {"signal"}, {Source::words}, false, {}, make_sees},
  };
  return kinds;
}

Spec phrases(std::string name, std::vector<std::string> phrases, std::vector<std::string> but_not) {
  Spec spec;
  spec.name = std::move(name);
  spec.file = "signals/test.yaml";
  spec.line = 1;
  spec.phrases.push_back({"en", std::move(phrases), std::move(but_not)});
  return spec;
}

Spec on_event(std::string name, EventKind kind, bool at_end) {
  Spec spec;
  spec.name = std::move(name);
  spec.file = "signals/test.yaml";
  spec.events.push_back({kind, at_end, {}});
  return spec;
}

Spec detector(std::string name, std::string kind, std::map<std::string, std::string> parameters) {
  Spec spec;
  spec.name = std::move(name);
  spec.file = "signals/test.yaml";
  spec.detectors.push_back({std::move(kind), std::move(parameters)});
  return spec;
}

Spec any_of(std::string name, std::vector<std::string> members) {
  Spec spec;
  spec.name = std::move(name);
  spec.file = "signals/test.yaml";
  spec.any = std::move(members);
  return spec;
}

Filter filter(Filter::Kind kind, std::vector<std::string> signals, bool negated) {
  Filter made;
  made.kind = kind;
  made.signals = std::move(signals);
  made.negated = negated;
  return made;
}

Spec with(Spec spec, Filter filter) {
  spec.filters.push_back(std::move(filter));
  return spec;
}

Spec by(Spec spec, Speakers speakers) {
  spec.by = std::move(speakers);
  return spec;
}

std::shared_ptr<Lexicon const> compile(Specs specs) {
  std::vector<SpecError> errors;
  auto lexicon = Lexicon::compile(std::move(specs), errors, test_detectors());
  for (SpecError const& error : errors) ADD_FAILURE() << error.message << " [" << error.phrase << "]";
  return lexicon;
}

std::vector<std::string> mistakes_of(Specs specs) {
  std::vector<SpecError> errors;
  auto const lexicon = Lexicon::compile(std::move(specs), errors, test_detectors());
  EXPECT_EQ(lexicon == nullptr, !errors.empty());
  std::vector<std::string> all;
  for (SpecError const& error : errors) {
    all.push_back(fmt::format("{}:{}: {}{}", error.file, error.line, error.message, error.phrase.empty() ? "" : " [" + error.phrase + "]"));
  }
  return all;
}

Scene::Scene(Specs specs, domain::Channel channel) : lexicon_(compile(std::move(specs))), head_(std::make_shared<domain::Interaction>()) {
  head_->channel = channel;
}

Reader& Scene::reader() {
  if (!reader_) reader_ = std::make_unique<Reader>(*lexicon_, *head_);
  return *reader_;
}

std::string Scene::said(Role role, base::Millis at_ms, std::string text) {
  bool const voice = head_->channel == domain::Channel::voice;
  domain::Event event = event_of(voice ? EventKind::utterance : EventKind::message, at_ms);
  if (voice) event.end_ms = at_ms + 1'000;
  event.by = role;
  event.text = std::move(text);
  return happens(std::move(event));
}

std::string Scene::happens(domain::Event event) {
  texts_.push_back(event.text);
  std::vector<Occurrence> all;
  reader().pass_time(event.at_ms - 1, all);
  Reading const& reading = reader().read(event, static_cast<std::uint32_t>(texts_.size() - 1));
  unreadable_ = reading.unreadable_words;
  all.insert(all.end(), reading.occurrences.begin(), reading.occurrences.end());
  return tell(all);
}

std::string Scene::time_passes(base::Millis now_ms) {
  std::vector<Occurrence> out;
  reader().pass_time(now_ms, out);
  return tell(out);
}

std::string Scene::ends(base::Millis end_ms) {
  std::vector<Occurrence> out;
  reader().finish(end_ms, out);
  return tell(out);
}

void Scene::continue_from(Scene& other) {
  reader_ = std::make_unique<Reader>(other.reader());
  lexicon_ = other.lexicon_;
  head_ = other.head_;
  texts_ = other.texts_;
}

std::string Scene::tell(std::vector<Occurrence> const& occurrences) const {
  std::string out;
  for (Occurrence const& occurrence : occurrences) {
    if (!out.empty()) out += "; ";
    out += fmt::format("{}@{}", lexicon_->spec(occurrence.signal).name, occurrence.at_ms);
    if (occurrence.range.empty()) continue;
    out += fmt::format(" \"{}\"", texts_[occurrence.event].substr(occurrence.range.begin, occurrence.range.end - occurrence.range.begin));
  }
  return out;
}

domain::Event event_of(EventKind kind, base::Millis at_ms) {
  domain::Event event;
  event.kind = kind;
  event.at_ms = at_ms;
  return event;
}

}  // namespace rapport::signals::test
