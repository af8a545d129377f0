#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "signals/lexicon.hpp"
#include "signals/reader.hpp"

namespace rapport::signals::test {

/// One built-in detector over a conversation that a test tells line by line. The signal under test
/// is "fires"; signals that it may name are phrases: "problem", "bye", "instructs", "searches", "ok".
class DetectorScene {
 public:
  using Parameters = std::map<std::string, std::string>;

  explicit DetectorScene(std::string detector, Parameters parameters = {}, domain::Channel channel = domain::Channel::voice);
  /// Of specs that have a glossary or script lines too; made by `specs_for` and added to.
  explicit DetectorScene(Specs specs, domain::Channel channel = domain::Channel::voice);

  /// The head, to be changed before the first event.
  domain::Interaction& head() { return head_; }
  domain::Participant& participant(domain::Role role, std::string name);

  /// Reads an event and answers what fired: the words of each firing, or "*" for one without,
  /// separated by " | ". Speech lasts 300 ms a word and comes 500 ms after the last.
  std::string agent(std::string text) { return said(domain::Role::agent, std::move(text)); }
  std::string customer(std::string text) { return said(domain::Role::customer, std::move(text)); }
  std::string said(domain::Role by, std::string text);
  /// The same at a time of its own.
  std::string said(domain::Role by, base::Millis at_ms, base::Millis end_ms, std::string text);
  std::string happens(domain::Event event);
  std::string ends(base::Millis end_ms);

  /// All firings so far.
  std::vector<Occurrence> const& fired() const { return fired_; }
  Occurrence const& last() const { return fired_.back(); }
  base::Millis now() const { return now_; }

 private:
  Reader& reader();
  std::string take(std::vector<Occurrence> const& occurrences);

  domain::Interaction head_;
  std::shared_ptr<Lexicon const> lexicon_;
  SignalId signal_ = no_signal;
  std::unique_ptr<Reader> reader_;
  std::vector<std::string> texts_;
  std::vector<Occurrence> fired_;
  base::Millis now_ = 0;
};

/// The signals and classes that a detector's parameters may name, and the detector as "fires".
Specs specs_for(std::string detector, DetectorScene::Parameters parameters);

domain::Event event_at(domain::EventKind kind, base::Millis at_ms);

}  // namespace rapport::signals::test
