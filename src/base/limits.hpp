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
inline constexpr std::int32_t sign_weight_max = 200;    ///< of a sign on scales, for or against
inline constexpr std::size_t signs_max = 32;            ///< on one pair of scales
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

// The centre.
inline constexpr std::size_t live_events_max = 20'000;              ///< of one live interaction
inline constexpr std::size_t live_bytes_max = 16U << 20U;           ///< of its events as they are kept; the one that reaches it is the last
inline constexpr std::size_t customer_text_bytes_max = 64U << 10U;  ///< one message that a customer writes
inline constexpr std::size_t live_interactions_max = 200'000;
inline constexpr std::size_t commands_waiting_max = 20'000;     ///< for the centre's thread; then it is busy
inline constexpr std::size_t answers_remembered_max = 200'000;  ///< in memory, by idempotency key
inline constexpr std::size_t dispositions_max = 1'000;          ///< reasons in the tree of one queue
inline constexpr std::size_t disposition_depth_max = 6;         ///< levels of it
inline constexpr std::size_t screen_pop_bytes_max = 2'000;      ///< of a brand's template
inline constexpr std::size_t floor_events_per_snapshot = 20'000;

// After an interaction closed, and beside it.
inline constexpr std::size_t late_events_max = 5'000;                ///< of one request
inline constexpr std::size_t late_body_bytes_max = 16U << 20U;       ///< of one request: a whole transcript
inline constexpr std::size_t reviews_max = 2'000;                    ///< verdicts of people over one interaction, all together
inline constexpr std::size_t reason_bytes_max = 4'000;               ///< of a verdict that is overridden, of what is resolved
inline constexpr std::size_t inbox_text_bytes_max = 4'000;           ///< shown of what was flagged
inline constexpr std::size_t draft_bytes_max = 64U << 10U;           ///< an agent's unsent text of one interaction
inline constexpr std::size_t documents_scanned_max = 5'000;          ///< looked at for one page of a list that is filtered
inline constexpr std::size_t playbook_upload_bytes_max = 8U << 20U;  ///< files of one version, as JSON
inline constexpr std::size_t playbook_versions_max = 2'000;          ///< kept of all brands together
inline constexpr std::size_t playbooks_compiled_max = 50;            ///< held in memory beside those that are live
inline constexpr std::size_t difference_lines_max = 20'000;          ///< of one file; above it the whole file is shown as replaced
inline constexpr std::size_t trial_interactions_max = 2'000;         ///< judged again by one trial
inline constexpr std::size_t trials_waiting_max = 10;                ///< for the one that runs
inline constexpr std::size_t trials_kept_max = 50;                   ///< in memory, over or not
inline constexpr std::size_t trial_changes_max = 20'000;             ///< of verdicts, kept of one trial; above it they are only counted

// What lasts.
inline constexpr std::size_t document_bytes_max = 1U << 20U;
inline constexpr std::size_t document_names_max = 100;  ///< names, and lookups, of one document
inline constexpr std::size_t blob_bytes_max = 16U << 20U;
inline constexpr std::size_t batch_changes_max = 10'000;
inline constexpr std::size_t writer_batches_max = 20'000;  ///< waiting to be written; then the store is busy
inline constexpr std::size_t page_max = 500;
inline constexpr std::size_t customer_export_bytes = 16U << 20U;  ///< behind the interaction that passes it an answer ends, and says where to go on
inline constexpr std::size_t key_bytes_max = 500;             ///< an id, kind, brand, queue… that an index holds
inline constexpr std::size_t content_bytes_max = 64U << 20U;  ///< of one event, block, snapshot, answer or ledger
// What may live can be closed as one block, with its head, the event that reached the limit and what the floor adds.
static_assert(2 * live_bytes_max <= content_bytes_max);

// HTTP and WebSocket: what one client may ask of the transport. A ListenerOptions may set those of
// connections and time otherwise.
inline constexpr std::size_t http_header_bytes_max = 16U << 10U;  ///< request line and headers; over it 431
inline constexpr std::size_t http_target_bytes_max = 8U << 10U;   ///< over it 414
inline constexpr std::size_t http_headers_max = 100;
inline constexpr std::size_t http_path_segments_max = 32;
inline constexpr std::size_t http_query_parameters_max = 100;
inline constexpr std::size_t http_body_bytes_max = 1U << 20U;  ///< unless a route allows more; over it 413
inline constexpr std::size_t http_connections_max = 20'000;    ///< of one listener
inline constexpr std::size_t http_connections_per_address_max = 5'000;
inline constexpr base::Millis http_handshake_ms = 10 * base::second;  ///< of TLS
inline constexpr base::Millis http_idle_ms = 75 * base::second;       ///< between two requests of a connection
inline constexpr base::Millis http_header_ms = 10 * base::second;     ///< from a request's first byte
inline constexpr base::Millis http_body_ms = 20 * base::second;       ///< beside what the slowest rate makes of its size
inline constexpr base::Millis http_handler_ms = 30 * base::second;
inline constexpr base::Millis http_write_ms = 20 * base::second;        ///< beside what the slowest rate makes of its size
inline constexpr std::size_t http_rate_min = 16U << 10U;                ///< bytes a second of a body, either way
inline constexpr std::size_t http_jobs_max = 1'000;                     ///< waiting for a thread of a worker pool
inline constexpr std::size_t rate_limiter_keys_max = 100'000;           ///< remembered; then the longest full bucket goes
inline constexpr std::size_t websocket_message_bytes_max = 64U << 10U;  ///< incoming, fragments joined
inline constexpr std::size_t websocket_backlog_bytes_max = 4U << 20U;   ///< outgoing, of one connection
inline constexpr base::Millis websocket_ping_ms = 30 * base::second;    ///< of silence; twice that and it is cut
inline constexpr base::Millis websocket_close_ms = 5 * base::second;    ///< for the peer's close frame

// People.
inline constexpr std::size_t password_characters_min = 12;
inline constexpr std::size_t password_characters_max = 128;
inline constexpr std::size_t login_bytes_max = 100;
inline constexpr std::size_t person_name_bytes_max = 200;  ///< of a user, a team, a token
inline constexpr std::size_t email_bytes_max = 254;        ///< RFC 5321
inline constexpr std::size_t user_brands_max = 200;
inline constexpr std::size_t user_teams_max = 50;
inline constexpr std::size_t sessions_per_user_max = 20;  ///< a further one ends the oldest
inline constexpr std::size_t tokens_per_user_max = 50;
inline constexpr std::size_t credentials_cached_max = 50'000;  ///< sessions, and tokens, held in memory
inline constexpr std::size_t lockout_entries_max = 100'000;    ///< accounts, and addresses, with failed logins
inline constexpr std::size_t import_bytes_max = 8U << 20U;     ///< of a CSV file of users
inline constexpr std::size_t import_lines_max = 10'000;
inline constexpr std::size_t csv_field_bytes_max = 4'000;
inline constexpr std::size_t csv_fields_max = 50;                  ///< of one record
inline constexpr std::size_t signed_token_bytes_max = 16U << 10U;  ///< a customer's identity, an ID token
inline constexpr std::size_t key_set_bytes_max = 256U << 10U;      ///< of an OIDC provider
inline constexpr base::Millis identity_ahead_max = base::day;      ///< how long a customer's signed identity may be valid
inline constexpr base::Millis token_clock_leeway = base::minute;   ///< between our clock and a signer's

// Mail.
inline constexpr std::size_t mails_waiting_max = 1'000;  ///< invitations and resets

// Customers.
inline constexpr std::size_t phone_bytes_max = 100;  ///< one writing of a telephone number
inline constexpr std::size_t identifier_type_bytes_max = 40;
inline constexpr std::size_t identifier_bytes_max = 330;  ///< the value of one identifier; an e-mail address has 320
inline constexpr std::size_t identifiers_max = 80;        ///< of one customer, all parts together
inline constexpr std::size_t merged_parts_max = 20;       ///< of one customer
inline constexpr std::size_t merged_depth_max = 8;        ///< merges within merges
inline constexpr std::size_t facts_max = 1'000;           ///< of one part
inline constexpr std::size_t fact_bytes_max = 16U << 10U;
inline constexpr std::size_t customer_name_bytes_max = 400;
inline constexpr std::size_t profile_bytes_max = 160U << 10U;  ///< of texts, and 100 for each list entry, all parts together
inline constexpr std::size_t case_interactions_max = 5'000;
inline constexpr std::size_t case_promises_max = 1'000;
inline constexpr std::size_t case_text_bytes_max = 4U << 10U;  ///< a title, a reason, a promise
inline constexpr std::size_t context_history_max = 50;         ///< earlier contacts told to a new interaction
inline constexpr std::int32_t repeat_days_max = 30;            ///< within which a contact counts as repeated
// What the room takes, the store takes: lookups, index keys, and JSON that escapes every byte as six.
static_assert(identifiers_max + merged_parts_max <= document_names_max);
static_assert(identifier_type_bytes_max + 1 + identifier_bytes_max <= key_bytes_max);
static_assert(6 * profile_bytes_max <= document_bytes_max);

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

// The live feed.
inline constexpr std::size_t feed_client_frame_bytes_max = 64U << 10U;  ///< of one frame of a client
inline constexpr std::size_t feed_items_max = 200;                      ///< names in one frame of a client
inline constexpr std::size_t feed_subscriptions_max = 1'000;            ///< of one connection
inline constexpr std::size_t feed_connections_max = 20'000;
inline constexpr std::size_t feed_connections_per_principal_max = 20;
inline constexpr std::size_t feed_pending_frames_max = 64;   ///< of one client, waiting for the hub
inline constexpr std::size_t feed_strikes_max = 20;          ///< refused frames of one connection; then it is closed
inline constexpr std::int64_t feed_burst_max = 2'000;        ///< names that a client may ask for at once…
inline constexpr std::int64_t feed_burst_refill = 100;       ///< …and how many a second after that
inline constexpr std::size_t feed_backlog_frames_max = 256;  ///< given to a connection and not yet on the wire
inline constexpr std::size_t feed_backlog_bytes_max = 512U << 10U;
inline constexpr base::Millis feed_blocked_max = 30 * base::second;  ///< behind without reading anything; then closed
inline constexpr std::size_t feed_stream_frames_max = 2'000;         ///< kept of one stream, for those who resume
inline constexpr std::size_t feed_stream_bytes_max = 4U << 20U;
inline constexpr std::size_t feed_kept_bytes_max = 256U << 20U;  ///< of all streams; above it a stream keeps few
inline constexpr std::size_t feed_stream_frames_few = 64;
inline constexpr base::Millis feed_ended_kept = 5 * base::minute;  ///< frames of a stream that ended
inline constexpr base::Millis feed_topic_interval = 100;           ///< a topic goes out at most this often
inline constexpr std::size_t feed_snapshots_max = 3;               ///< tries to catch up with one stream by snapshot
inline constexpr base::Millis feed_heartbeat = 15 * base::second;

// Webhooks.
inline constexpr std::size_t webhooks_max = 100;  ///< of the centre
inline constexpr std::size_t webhook_url_bytes_max = 2'000;
inline constexpr std::size_t webhook_body_bytes_max = 128U << 10U;   ///< of one delivery; words that do not fit are left out
inline constexpr std::size_t webhook_answer_bytes_max = 64U << 10U;  ///< read of a receiver's answer, headers and body each
inline constexpr std::size_t webhook_queue_max = 10'000;             ///< deliveries that wait for one webhook; further ones are dead letters
inline constexpr std::size_t webhook_in_flight_max = 4;              ///< of one webhook at a time
inline constexpr std::size_t webhook_dead_letters_max = 2'000;       ///< kept of one webhook; the oldest go

// Attachments.
inline constexpr std::size_t attachments_max = 50;  ///< of one interaction
inline constexpr std::size_t attachment_name_bytes_max = 200;
inline constexpr std::size_t attachment_bytes_under_way_max = 64U << 20U;  ///< of all uploads at a time, and as many of all downloads; then they are busy

// Simulation and load.
inline constexpr std::size_t play_scenes_max = 400;  ///< of one simulated conversation
inline constexpr int demo_agents_max = 60;           ///< simulated ones
inline constexpr int load_agents_max = 2'000;
inline constexpr int load_feeds_max = 20'000;
inline constexpr int load_rate_max = 10'000;                         ///< interactions a second
inline constexpr std::size_t client_answer_bytes_max = 16U << 20U;   ///< that the simulation's own client reads
inline constexpr base::Millis client_answer_ms = 30 * base::second;  ///< that it waits for an answer

// Numbers of the floor.
inline constexpr base::Millis numbers_range_max = 92 * base::day;
inline constexpr std::size_t numbers_items_max = 10'000;
inline constexpr std::int32_t staffing_erlangs_max = 2'000;

}  // namespace rapport::limits
