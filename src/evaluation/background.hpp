#pragma once

#include <string_view>
#include <vector>

#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "playbook/playbook.hpp"

namespace rapport::evaluation {

/// What is known beside the conversation: the head, and what context and fact_known events said so
/// far. Answers a playbook's conditions. A value; the head must outlive it.
class Background {
 public:
  explicit Background(domain::Interaction const& head) : head_(&head) {}

  /// Takes the fields of a context (the last word on a field counts) or a fact_known event; of
  /// contact_repeated, that there is a history. Others say nothing here.
  void take(domain::Event const& event);

  /// Whether the condition holds now; what is not there is false (and `not` of it true).
  /// `agent` is the agent in charge. REQUIRES: the subject is not a signal.
  bool holds(playbook::Condition const& condition, domain::ParticipantIndex agent) const;

  domain::Interaction const& head() const { return *head_; }

 private:
  domain::Value const* find(std::string_view group, std::string_view field) const;
  bool subject_holds(playbook::Condition const& condition, domain::ParticipantIndex agent) const;
  bool knows_customer() const;
  bool has_group(playbook::Condition const& condition) const;

  domain::Interaction const* head_;
  std::vector<domain::Attribute> fields_;
  bool repeated_ = false;
};

}  // namespace rapport::evaluation
