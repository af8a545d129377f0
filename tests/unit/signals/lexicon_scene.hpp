#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "signals/detector.hpp"
#include "signals/lexicon.hpp"
#include "signals/reader.hpp"
#include "signals/spec.hpp"

namespace rapport::signals::test {

/// Detectors for tests: "echo" fires on every event with words; "counts_down" {after, of} fires
/// once, so long after the last firing of the signal `of`; "at_end" fires at the end; "sees"
/// {signal} fires where the signal fired in the same event; "broken" cannot be made.
std::vector<DetectorKind> const& test_detectors();

/// A signal with these English phrases, said by anyone.
Spec phrases(std::string name, std::vector<std::string> phrases, std::vector<std::string> but_not = {});
Spec on_event(std::string name, domain::EventKind kind, bool at_end = false);
Spec detector(std::string name, std::string kind, std::map<std::string, std::string> parameters = {});
Spec any_of(std::string name, std::vector<std::string> members);
Filter filter(Filter::Kind kind, std::vector<std::string> signals, bool negated = false);
Spec with(Spec spec, Filter filter);
Spec by(Spec spec, Speakers speakers);

/// The lexicon of the signals; fails the test where it does not compile.
std::shared_ptr<Lexicon const> compile(Specs specs);
/// All mistakes, each as "file:line: message" (and "[phrase]" where one is named).
std::vector<std::string> mistakes_of(Specs specs);

/// A conversation under way: each call reads one more event and says what fired, as
/// "name@milliseconds" with the words in quotes where it rests on words, joined by "; ".
class Scene {
 public:
  explicit Scene(Specs specs, domain::Channel channel = domain::Channel::voice);

  std::string agent(base::Millis at_ms, std::string text) { return said(domain::Role::agent, at_ms, std::move(text)); }
  std::string customer(base::Millis at_ms, std::string text) { return said(domain::Role::customer, at_ms, std::move(text)); }
  /// An utterance of one second, or a message in text channels.
  std::string said(domain::Role by, base::Millis at_ms, std::string text);
  std::string happens(domain::Event event);
  std::string time_passes(base::Millis now_ms);
  std::string ends(base::Millis end_ms);

  domain::Interaction& head() { return *head_; }
  /// The reader; made by the first event, so that the head may be changed before.
  Reader& reader();
  Lexicon const& lexicon() const { return *lexicon_; }
  bool unreadable() const { return unreadable_; }
  /// Goes on from a checkpoint of the other scene.
  void continue_from(Scene& other);

 private:
  std::string tell(std::vector<Occurrence> const& occurrences) const;

  std::shared_ptr<Lexicon const> lexicon_;
  std::shared_ptr<domain::Interaction> head_;
  std::unique_ptr<Reader> reader_;
  std::vector<std::string> texts_;  ///< by event
  bool unreadable_ = false;
};

domain::Event event_of(domain::EventKind kind, base::Millis at_ms);

}  // namespace rapport::signals::test
