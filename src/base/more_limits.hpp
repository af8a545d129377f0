#pragma once

#include "base/limits.hpp"

namespace rapport::limits {

// Webhooks.
inline constexpr std::size_t webhooks_max = 100;  ///< of the centre
inline constexpr std::size_t webhook_url_bytes_max = 2'000;
inline constexpr std::size_t webhook_body_bytes_max = 128U << 10U;      ///< of one delivery; words that do not fit are left out
inline constexpr std::size_t webhook_answer_bytes_max = 64U << 10U;     ///< read of a receiver's answer, headers and body each
inline constexpr std::size_t webhook_queue_max = 10'000;                ///< deliveries that wait for one webhook; further ones are dead letters
inline constexpr std::size_t webhook_in_flight_max = 4;                 ///< of one webhook at a time
inline constexpr std::size_t webhook_dead_letters_max = 2'000;          ///< kept of one webhook; the oldest go

// Attachments.
inline constexpr std::size_t attachments_max = 50;  ///< of one interaction
inline constexpr std::size_t attachment_name_bytes_max = 200;
inline constexpr std::size_t attachment_bytes_under_way_max = 64U << 20U;  ///< of all uploads and downloads at a time; then they are busy

}  // namespace rapport::limits
