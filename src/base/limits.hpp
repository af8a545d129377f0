#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.hpp"

/// Every limit of the product in one place. What goes over is refused by name, never truncated
/// silently; the error text carries the limit's name and value.
namespace rapport::limits {

// Reading interactions.
inline constexpr std::size_t interaction_bytes_max = 64U << 20U;      ///< one JSON object or JSONL line
inline constexpr std::size_t file_bytes_max = std::size_t{4} << 30U;  ///< a JSONL file is read line by line
inline constexpr std::size_t whole_file_bytes_max = 256U << 20U;      ///< a file that is one document (JSON, text)
inline constexpr std::size_t json_depth_max = 64;
inline constexpr std::size_t events_max = 100'000;  ///< in one interaction
inline constexpr std::size_t participants_max = 1'000;
inline constexpr std::size_t history_max = 10'000;
inline constexpr std::size_t text_bytes_max = 1U << 20U;   ///< one utterance, message or note
inline constexpr std::int32_t words_confidence_min = 300;  ///< of a recogniser, thousandths; words below it are not read
inline constexpr std::size_t attributes_max = 1'000;       ///< fields of one event
inline constexpr base::Millis interaction_span_max = 10 * 365 * base::day;

// Playbooks.
inline constexpr std::size_t playbook_bytes_max = 16U << 20U;  ///< all files of a folder together
inline constexpr std::size_t playbook_files_max = 1'000;
inline constexpr std::size_t playbook_file_bytes_max = 4U << 20U;
inline constexpr std::size_t yaml_depth_max = 16;       ///< lists and maps inside each other
inline constexpr std::size_t yaml_nodes_max = 100'000;  ///< keys, values, lists and maps of one file
inline constexpr std::size_t problems_max = 1'000;      ///< listed of one playbook; the rest is counted
inline constexpr std::size_t name_bytes_max = 100;      ///< an id of a practice, signal, class, line, step
inline constexpr std::int32_t weight_max = 1'000;       ///< of a practice
inline constexpr std::size_t practices_max = 1'000;
inline constexpr std::size_t patterns_per_practice_max = 32;
inline constexpr std::size_t signals_max = 4'000;
inline constexpr std::size_t phrases_max = 100'000;               ///< alternatives that hold gaps counted each
inline constexpr std::size_t phrase_words_max = 32;               ///< gaps not counted
inline constexpr std::size_t phrase_depth_max = 16;               ///< brackets within brackets
inline constexpr std::size_t phrase_parts_max = 5'000;            ///< words of one phrase with its classes filled in
inline constexpr std::size_t phrase_readings_max = 200;           ///< ways that alternatives with gaps make of one phrase
inline constexpr std::size_t phrase_states_max = 1'000'000;       ///< of the automaton for one language and role
inline constexpr std::size_t phrase_gap_max = 12;                 ///< words that a gap may skip
static_assert(signals_max <= 65'535 && practices_max <= 65'535);  // ids are 16 bit

// Evaluation.
inline constexpr std::size_t checkpoints_max = 64;            ///< of one live interaction
inline constexpr std::size_t open_obligations_max = 10'000;   ///< in one interaction at a time
inline constexpr std::size_t evidence_per_practice_max = 50;  ///< listed in a ledger; the count goes on

// Routing.
inline constexpr std::size_t contacts_max = 2'000'000;  ///< on the floor at a time
inline constexpr std::size_t agents_max = 200'000;
inline constexpr std::size_t queues_max = 50'000;
inline constexpr std::size_t skills_max = 1'000;  ///< a skill's number is below
inline constexpr std::uint8_t proficiency_max = 10;
inline constexpr std::uint8_t priority_max = 10;     ///< ageing raises up to here
inline constexpr std::size_t needed_skills_max = 4;  ///< of a queue, and of a contact beside it
inline constexpr std::size_t relax_steps_max = 8;    ///< of a queue
inline constexpr std::uint8_t capacity_max = 20;     ///< contacts of one channel that an agent has at a time
inline constexpr std::size_t reserved_max = 100;     ///< contacts that wait for one agent alone
inline constexpr std::uint8_t overflows_max = 8;     ///< of one contact; then it stays where it is
inline constexpr std::uint8_t unanswered_max = 100;  ///< offers that a queue may wait for before overflow
inline constexpr std::uint8_t callback_attempts_max = 20;
inline constexpr base::Millis routing_timer_min = base::second;  ///< of offers, pauses, waits
inline constexpr base::Millis routing_timer_max = 7 * base::day;
inline constexpr base::Millis callback_ahead_max = 90 * base::day;
inline constexpr std::size_t opening_spans_max = 100;          ///< of a week, and of all holidays
inline constexpr std::size_t zone_changes_max = 1'000;         ///< of one zone's table
inline constexpr std::size_t deadlines_per_step_max = 10'000;  ///< decided before other commands get their turn

// Reports.
inline constexpr std::size_t report_bytes_max = 64U << 20U;     ///< of transcripts and evidence; browsers must open it
inline constexpr std::size_t report_interactions_max = 50'000;  ///< listed
inline constexpr std::size_t report_refused_max = 100;          ///< listed of those that could not be read

// Operating.
inline constexpr std::size_t settings_file_bytes_max = 1U << 20U;  ///< the configuration
inline constexpr std::size_t settings_list_max = 100;              ///< values of one list of the configuration
inline constexpr std::size_t secret_file_bytes_max = 64U << 10U;   ///< a password, a token
inline constexpr std::size_t log_queue_max = 8'192;                ///< lines that wait to be written; further ones push out the oldest
inline constexpr std::size_t log_value_bytes_max = 1'000;          ///< of one value in a line; cut with "…"

}  // namespace rapport::limits
