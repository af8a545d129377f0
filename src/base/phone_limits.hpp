#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.hpp"

/// The limits of media and phone, as limits.hpp has those of the rest: over them things are refused by
/// name and counted. They stand apart because rooms without a phone need not be built again for them.
namespace rapport::limits {

// Media.
inline constexpr std::size_t datagram_bytes_max = 1'500;          ///< of RTP and RTCP; longer ones are not read
inline constexpr std::size_t packet_samples_max = 960;            ///< 120 ms at 8 kHz in one RTP packet
inline constexpr std::size_t opus_packets_max = 16;               ///< of one leg, waiting to be decoded in order; more push out the oldest
inline constexpr std::size_t opus_mended_samples_max = 800;       ///< 100 ms at 8 kHz of one hole; what is longer stays silent
inline constexpr std::size_t legs_per_bridge_max = 8;             ///< customer, agents, consulted ones, listeners
inline constexpr std::size_t call_listeners_max = 4;              ///< supervisors who listen in on one call
inline constexpr std::size_t datagrams_per_tick_max = 16;         ///< read of one leg in 20 ms; the rest waits in the socket
inline constexpr std::size_t catch_up_ticks_max = 5;              ///< made up for after a stall; more are let go
inline constexpr std::size_t sound_threads_max = 64;              ///< that are configured
inline constexpr base::Millis line_report_ms = 5 * base::second;  ///< between RTCP reports of a leg (RFC 3550, 6.2)
inline constexpr base::Millis sound_away_ms = base::minute;       ///< neither RTP nor RTCP from who should send: they are gone
inline constexpr std::size_t recording_chunk_frames = 10;         ///< handed to the recorder together: 200 ms
inline constexpr std::size_t recording_chunks_max = 20'000;       ///< waiting for the recorder of one media thread

inline constexpr std::size_t tap_frames_max = 16'384;  ///< of all calls and media threads, waiting for analysers: 21 MiB

// Recordings.
inline constexpr std::uint64_t recording_part_bytes_max = 1U << 20U;  ///< of one answer to a request for a part
inline constexpr base::Millis listening_ms = 10 * base::minute;       ///< requests within it are one listening in the audit log
inline constexpr std::size_t listenings_max = 10'000;                 ///< remembered

inline constexpr base::Millis recording_pause_ms_max = 5 * base::minute;  ///< for card data; then it goes on by itself

// Left messages.
inline constexpr base::Millis message_ms_min = base::second;          ///< of sound; what is shorter is a call that was hung up
inline constexpr base::Millis message_ms_max = 10 * base::minute;     ///< that a menu may allow
inline constexpr base::Millis message_silence_ms = 8 * base::second;  ///< ends it

// Signalling.
inline constexpr std::size_t keys_at_once_max = 32;             ///< that an agent presses by one command
inline constexpr std::size_t phone_calls_max = 10'000;          ///< that live at a time; then 503
inline constexpr std::size_t phone_calls_per_second_max = 500;  ///< new ones of all trusted sources; then 503
inline constexpr std::size_t phone_commands_max = 20'000;       ///< waiting for the signalling or a media thread
inline constexpr std::size_t registrations_max = 50'000;        ///< contacts of all agents
inline constexpr std::size_t registrations_per_agent_max = 5;   ///< a further one pushes out the oldest
inline constexpr base::Millis registration_ms_max = base::hour;
inline constexpr base::Millis registration_ms_min = base::minute;
inline constexpr std::size_t nonces_max = 100'000;           ///< of digest challenges that were used
inline constexpr base::Millis nonce_ms = 5 * base::minute;   ///< then it is stale
inline constexpr std::size_t phone_login_failures_max = 20;  ///< of one address in a row, then it gets no reply
inline constexpr base::Millis phone_ban_ms = 10 * base::minute;
inline constexpr std::size_t phone_bans_max = 50'000;              ///< addresses remembered
inline constexpr std::size_t media_ports_min = 4;                  ///< in the range that is configured
inline constexpr base::Millis session_ms_min = 90 * base::second;  ///< of a session timer that is asked for (RFC 4028, section 5)
inline constexpr base::Millis session_ms_max = base::hour;
inline constexpr std::size_t refer_target_bytes_max = 64;       ///< of a queue's or colleague's name in a REFER, and of what an agent's phone dials
inline constexpr std::size_t refer_headers_bytes_max = 1'024;   ///< of the address in a REFER: which call is meant
inline constexpr std::size_t stranger_connections_max = 1'000;  ///< TCP connections of who is neither trusted nor logged in
inline constexpr std::size_t stranger_connections_per_host_max = 100;
inline constexpr base::Millis stranger_connection_ms = 10 * base::second;  ///< then they have logged in, or go

// Calls that we place.
inline constexpr std::size_t trunks_max = 20;
inline constexpr base::Millis trunk_silence_ms = 4 * base::second;    ///< without any answer: the next trunk is taken
inline constexpr base::Millis trunk_retry_ms_min = 2 * base::second;  ///< before a refused registration is tried again; then twice as long each time
inline constexpr base::Millis trunk_retry_ms_max = 5 * base::minute;
inline constexpr std::size_t trunk_targets_max = 16;                 ///< places where one trunk is reached
inline constexpr base::Millis trunk_name_ms_min = 5 * base::second;  ///< before a trunk's name is looked up again, whatever DNS says
inline constexpr base::Millis trunk_name_ms_max = base::hour;
inline constexpr base::Millis trunk_lookup_ms = 10 * base::second;      ///< without an answer it is tried anew
inline constexpr base::Millis trunk_proof_ms = 32 * base::second;       ///< that a call's source is listened to beyond the call itself
inline constexpr unsigned trunk_registration_seconds = 600;             ///< that we ask registrars for
inline constexpr std::size_t placed_agents_max = 20'000;                ///< whose calls of the last hour are counted
inline constexpr base::Millis callback_farewell_ms = 8 * base::second;  ///< that a caller who is to be called back has to hear so before an agent gets it
inline constexpr base::Millis refer_silence_ms = 5 * base::second;      ///< that a trunk has to tell what it does with a REFER; then the call goes by a leg of ours
inline constexpr base::Millis outside_ms_max = 4 * base::hour;          ///< that a call of two ends outside may last by our legs; then both are hung up on
inline constexpr std::size_t placed_prompt_bytes_max = 2'000;           ///< of what asks those we call, spoken
inline constexpr base::Millis placed_prompt_ms = 8 * base::second;      ///< that they have for a key after it; then they did not agree
inline constexpr std::size_t callback_digits_max = 12;                  ///< keyed in: as many as can be no card's number

// Lists of numbers to be called.
inline constexpr std::size_t calling_lists_max = 500;
inline constexpr std::size_t calling_entries_max = 50'000;         ///< of one list
inline constexpr std::size_t calling_entries_all_max = 200'000;    ///< of all lists: they are held in memory
inline constexpr std::size_t call_purpose_bytes_max = 200;         ///< why a call is placed, of one call or a list
inline constexpr std::size_t calling_notes_bytes_max = 2'000;      ///< of one entry
inline constexpr std::size_t calling_fields_max = 20;              ///< columns of a file beside those that it names
inline constexpr std::size_t calling_refused_max = 1'000;          ///< lines of one file that are named; what follows is not read
inline constexpr std::int64_t calling_attempts_max = 20;           ///< that a list may ask for
inline constexpr std::size_t calling_history_max = 50;             ///< of an entry, kept; the oldest go
inline constexpr std::size_t calling_skips_max = 3;                ///< then an entry is left out
inline constexpr std::size_t calling_left_out_at_once_max = 200;   ///< entries that may not be called, passed over for one preview
inline constexpr base::Millis preview_ms_max = 10 * base::minute;  ///< that an agent may look at one; then it goes back

// Browsers as phones.
inline constexpr std::size_t sip_message_bytes_max = 64U << 10U;         ///< of one browser's, either way; above it the connection ends
inline constexpr std::size_t browsers_max = 20'000;                      ///< pages connected as phones
inline constexpr std::size_t browsers_per_agent_max = 4;                 ///< a further page pushes out the oldest
inline constexpr std::size_t browser_messages_per_second_max = 100;      ///< of one page; then its connection ends
inline constexpr std::size_t browser_messages_kept_max = 64;             ///< for a page whose connection broke
inline constexpr base::Millis browser_reconnect_ms = 15 * base::second;  ///< until a broken connection counts as a page that is gone
inline constexpr base::Millis phone_return_ms = 20 * base::second;       ///< a page that was loaded anew in a call has until it is put back
inline constexpr std::size_t dtls_datagrams_max = 4'096;                 ///< waiting for the handshakes' thread
inline constexpr std::size_t ice_candidates_max = 8;                     ///< of this machine's addresses, told to a browser

// Menus and announcements.
inline constexpr std::size_t sounds_max = 500;                   ///< that were uploaded
inline constexpr base::Millis sound_ms_max = 90 * base::second;  ///< of one: it is a document of the store
inline constexpr std::size_t sound_body_bytes_max = 20U << 20U;  ///< of an upload: 90 s of two channels at 48 kHz
inline constexpr std::size_t menu_steps_max = 200;
inline constexpr std::size_t menu_numbers_max = 100;
inline constexpr std::size_t menu_text_bytes_max = 2'000;  ///< spoken in one step
inline constexpr std::size_t menu_turns_max = 200;         ///< steps that one call goes through; then it is ended
inline constexpr std::size_t menu_digits_max = 32;         ///< that a caller is asked for at once
inline constexpr std::int64_t menu_tries_max = 9;
inline constexpr base::Millis menu_patience_min = base::second;
inline constexpr base::Millis menu_patience_max = base::minute;
inline constexpr std::size_t announcement_ms_max = 5 * 60'000;      ///< of one; what is longer is cut off
inline constexpr std::size_t announcements_waiting_max = 1'000;     ///< to be spoken; more are left out
inline constexpr std::size_t announcements_held_max = 2'000;        ///< in memory; the rest is read again
inline constexpr base::Millis speaking_ms_max = 20 * base::second;  ///< that espeak-ng may take for one

}  // namespace rapport::limits
