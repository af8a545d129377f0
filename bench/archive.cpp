#include <algorithm>
#include <charconv>
#include <cstring>
#include <iostream>
#include <random>

#include "app/data_folder.hpp"
#include "app/store_place.hpp"
#include "app/system_clock.hpp"
#include "closed_interactions.hpp"
#include "store/open.hpp"

/// rapport-archive DIR COUNT: fills the store of a data folder with closed interactions of the last
/// thirty days, each with words and a ledger of the usual size, so that a server can be measured with a
/// past. The server must not run. Not idempotent: a second run on the folder is refused as a conflict.
namespace {

using namespace rapport;

constexpr std::int64_t in_a_batch = 1'000;

records::LedgerRecord ledger_of(records::InteractionRow const& row, std::mt19937_64& dice) {
  return {"1", "standard 1 0000000000000000", "sentences 0000000000000000", row.started_at, row.score, row.missed, '"' + bench::some_words(dice, 300) + '"', 40};
}

int fill(std::filesystem::path const& where, std::int64_t count) {
  auto const folder = app::DataFolder::open(where);
  if (!folder) return std::cerr << folder.error().message << '\n', 1;
  auto const opened = store::open(where, app::store_key(folder->key()));
  if (!opened) return std::cerr << opened.error().message << '\n', 1;
  std::mt19937_64 dice{1};
  base::Millis const apart = std::max<base::Millis>(1, 30 * base::day / count);
  base::Instant const first = app::system_now() + -count * apart;
  for (std::int64_t number = 0; number < count;) {
    std::vector<records::Change> changes;
    for (std::int64_t const end = std::min(count, number + in_a_batch); number < end; ++number) {
      auto closing = bench::closed(bench::row_of(number, first, apart), dice);
      closing.ledger = ledger_of(closing.row, dice);
      changes.emplace_back(std::move(closing));
    }
    if (!(*opened)->commit({std::move(changes), first, false})) return std::cerr << "the store refused them\n", 1;
    if (number % 50'000 == 0) std::cerr << number << " of " << count << '\n';
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::int64_t count = 0;
  bool const read = argc == 3 && std::from_chars(argv[2], argv[2] + std::strlen(argv[2]), count).ec == std::errc{};
  if (!read || count < 1) return std::cerr << "usage: rapport-archive DIR COUNT\n", 2;
  return fill(argv[1], count);
}
