#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "records/interaction_record.hpp"

/// Interactions as the store keeps them: a skeleton without personal content, and beside it the whole
/// in Rapport's own interaction format (docs/interaction-format.md). Pure; any thread.
///
/// A skeleton is an interaction like any other from which this was left out:
/// - of the head: names, persons of customers, identifiers, known facts, preferred channels, history, fields
///   we do not know; participants are called p1, p2… by their place. What routes and counts stays: channel,
///   direction, times, brand, company, queue, case, what was observed, roles, and the persons of agents,
///   supervisors and bots.
/// - of an event: its text, its source, and every attribute but these, where they hold a number, true or
///   false, a moment, or one word without spaces:
///   transfer mode, context_acknowledged · guide_step guide, step · article_opened article ·
///   field_captured name · fact_known name · remedy what, amount, currency, limit · approval_requested what,
///   amount, limit · promise due · followup_scheduled due · disposition reason, outcome · verified method ·
///   consent given · promise_kept promise · contact_repeated days · survey csat, resolved ·
///   context brand, framework, priority, attempt, consent_required, and its limits in numbers.
///   Ids of events, legs and cases are taken to be nobody's name.
namespace rapport::centre {

/// REQUIRES, here and below: what a reader of the interaction format leaves, or as if (attributes of a
/// group together, the fields that a kind asks for, UTF-8), else it cannot be read back.
records::Content encode(domain::Event const& event, domain::Interaction const& head);
records::Content encode(domain::Interaction const& head);
/// The event alone as JSON of that format: its personal part.
std::string event_json(domain::Event const& event, domain::Interaction const& head);
/// A closed interaction as one block.
records::Content encode_block(domain::Interaction const& head, std::vector<domain::Event> const& events);

/// What was encoded; where the personal part is empty, what the skeleton tells. `head` is the
/// interaction's, with at least the participants that it had then. Error: field, what was found,
/// what was expected.
base::Result<domain::Event> decode_event(records::Content const& content, domain::Interaction const& head);
base::Result<domain::Interaction> decode_head(records::Content const& content);

struct Block {
  domain::Interaction head;
  std::vector<domain::Event> events;
};
base::Result<Block> decode_block(records::Content const& content);

}  // namespace rapport::centre
