#include "store/writer.hpp"

namespace rapport::store {
namespace {

constexpr std::int64_t garbage_max = 50'000;  ///< events; sweeping more at a time costs less each
constexpr std::int64_t sweep_span = 20'000;   ///< positions looked at in one transaction

}  // namespace

void Writer::run_task(Job& job) {
  std::size_t result = 0;
  try {
    if (state_.connection->lost()) reconnect();
    state_.connection->begin();
    mark_group(++group_);
    result = job.task(*state_.connection);
    state_.connection->commit();
    if (job.afterwards) job.afterwards(*state_.connection);
  } catch (Fenced const& reason) {
    fenced_ = true;
    state_.connection->roll_back();
    trouble(reason.what());
    return refuse(job, records::StoreError::unavailable);
  } catch (Failure const& failure) {
    state_.connection->roll_back();
    refuse(job, failure.error());
    if (failure.error() == records::StoreError::unavailable) {
      trouble(failure.what());
      write({});  // finds out when it is available again
    }
    return;
  }
  job.answer(result);
}

/// Removes live events of interactions that closed, many at a time: they stand in the order of coming,
/// so removing each interaction's own would touch a page for every event.
void Writer::sweep() {
  if (fenced_ || state_.garbage < garbage_max) return;
  try {
    Connection& connection = *state_.connection;
    std::int64_t const to = std::min(swept_ + sweep_span, state_.positions.live);
    connection.begin();
    auto const removed = connection.change(
        "DELETE FROM live_events WHERE position > $1 AND position <= $2"
        " AND interaction NOT IN (SELECT number FROM interactions WHERE closed_at IS NULL)",
        {swept_, to});
    connection.commit();
    state_.garbage -= removed;
    swept_ = to;
    if (to == state_.positions.live) {  // once round: what is left came while sweeping
      swept_ = 0;
      state_.garbage = std::min(state_.garbage, garbage_max / 2);
    }
  } catch (Failure const&) {
    state_.connection->roll_back();  // the next group finds out what is wrong
  }
}

}  // namespace rapport::store
