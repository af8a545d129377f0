#pragma once

#include "signals/detector.hpp"
#include "signals/detectors/person_names.hpp"

namespace rapport::signals::detectors {

/// What the conversation knows of the customer's name, event by event: from the head, a context's
/// or a fact's "name", what the customer said ("my name is …"), and the answer to the agent's
/// question for it. A value; part of a detector's checkpoint.
class CustomerName {
 public:
  explicit CustomerName(Vocabulary const& vocabulary) : vocabulary_(&vocabulary) {}

  /// Events without words that may tell of it.
  static constexpr std::uint64_t records = Attention::kinds_of({domain::EventKind::context, domain::EventKind::fact_known, domain::EventKind::field_captured});

  /// What an event told of the name.
  enum class News : std::uint8_t { none,
                                   known_before,
                                   recorded,
                                   said };
  /// Takes the next event. `said` at `spoken()` where the customer's words told it.
  News read(Moment const& moment);

  NameParts const& parts() const { return parts_; }
  /// The parts that were known before the customer said any.
  NameParts const& known_before() const { return known_before_; }
  SpokenName spoken() const { return spoken_; }

 private:
  bool learn(std::string_view name);
  News read_head(domain::Interaction const& head);
  News read_record(domain::Event const& event);
  News listen(Moment const& moment);

  Vocabulary const* vocabulary_;
  NameParts parts_;
  NameParts known_before_;
  SpokenName spoken_;
  bool head_read_ = false;
  bool asked_ = false;  ///< the agent asked for the name and no answer has come
};

}  // namespace rapport::signals::detectors
