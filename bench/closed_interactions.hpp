#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <utility>

#include "records/interaction_record.hpp"

/// Closed interactions as a busy centre has them: for benchmarks of what an archive costs. The same
/// number and dice make the same interaction.
namespace rapport::bench {

/// The row of interaction `number`, of which there are `apart` from one start to the next.
inline records::InteractionRow row_of(std::int64_t number, base::Instant first = {1'700'000'000'000}, base::Millis apart = 1'000) {
  records::InteractionRow row;
  row.id = "interaction-" + std::to_string(number);
  row.brand = number % 4 == 0 ? "globex" : "acme";
  row.queue = "queue-" + std::to_string(number % 20);
  row.agents = {"agent-" + std::to_string(number % 200)};
  row.customer = "customer-" + std::to_string(number % 30'000);
  row.started_at = first + number * apart;
  row.disposition = "reason-" + std::to_string(number % 15);
  row.missed = {"practice-" + std::to_string(number % 60), "practice-" + std::to_string(number % 7)};
  row.score = static_cast<std::int32_t>(number % 100'000);
  return row;
}

/// So many words, rare and common as in speech: the k-th of 5,000 about 1/k as often as the first.
inline std::string some_words(std::mt19937_64& dice, int count) {
  std::uniform_real_distribution<> rank{0.0, 8.5};
  std::string words;
  for (int word = 0; word < count; ++word) words += "word" + std::to_string(static_cast<int>(std::exp(rank(dice)))) + ' ';
  return words;
}

/// The interaction of that row, closed, with 80 words said.
inline records::CloseInteraction closed(records::InteractionRow row, std::mt19937_64& dice) {
  std::string words = some_words(dice, 80);
  row.closed_at = row.started_at;
  return {std::move(row), {std::string(1'500, 's'), words + words}, words, {}};
}

}  // namespace rapport::bench
