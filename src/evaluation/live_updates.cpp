#include <utility>

#include "base/assert.hpp"
#include "evaluation/live.hpp"

/// LiveEvaluation: what it publishes.
namespace rapport::evaluation {

using base::Millis;

std::vector<Update> LiveEvaluation::drain_updates() { return std::exchange(updates_, {}); }

/// Practice, pattern, when and by which words it opened, and which of its twins it is: what stays
/// the same when events come in between.
LiveEvaluation::Key LiveEvaluation::key_of(ObligationNumber number, std::map<Key, std::uint32_t>& twins) const {
  Occasion const& occasion = evaluator_.obligation(number);
  std::uint32_t const words = occasion.opened_by ? occasion.opened_by->range.begin : 0;
  Key key{occasion.practice, occasion.pattern, occasion.opened_ms, words, 0};
  std::get<4>(key) = twins[key]++;
  return key;
}

PublicId LiveEvaluation::publish_new(Key const& key, ObligationNumber number) {
  auto const id = static_cast<PublicId>(published_.size());
  Occasion const& occasion = evaluator_.obligation(number);
  published_.push_back({occasion.practice, OccasionState::open, false, false, number});
  known_[key] = id;
  updates_.push_back({Update::Kind::opened, id, occasion.practice, OccasionState::open, occasion.opened_ms});
  return id;
}

void LiveEvaluation::publish_cue(PublicId id, Millis at_ms) {
  if (std::exchange(published_[id].cued, true)) return;
  updates_.push_back({Update::Kind::cue, id, published_[id].practice, published_[id].state, at_ms});
}

/// Time went on as it should: the evaluator's changes are the news.
void LiveEvaluation::publish_changes() {
  for (Change const& change : evaluator_.drain_changes()) {
    if (change.kind == Change::Kind::opened) {
      RAPPORT_ASSERT(change.obligation == ids_by_number_.size());
      ids_by_number_.push_back(publish_new(key_of(change.obligation, twins_), change.obligation));
      continue;
    }
    PublicId const id = ids_by_number_[change.obligation];
    if (change.kind == Change::Kind::cue) {
      publish_cue(id, change.at_ms);
      continue;
    }
    Published& published = published_[id];
    published.state = evaluator_.obligation(change.obligation).state;
    updates_.push_back({Update::Kind::decided, id, published.practice, published.state, change.at_ms});
  }
}

/// The run was another one from some point on: what was published is compared with what is now.
void LiveEvaluation::publish_differences() {
  std::vector<bool> still(published_.size(), false);
  twins_.clear();
  ids_by_number_.clear();
  for (ObligationNumber number = 0; number < evaluator_.obligation_count(); ++number) {
    Key const key = key_of(number, twins_);
    auto const known = known_.find(key);
    PublicId const id = known == known_.end() ? publish_new(key, number) : known->second;
    ids_by_number_.push_back(id);
    if (id < still.size()) still[id] = true;
    Published& published = published_[id];
    published.number = number;
    Occasion const& occasion = evaluator_.obligation(number);
    bool const back = std::exchange(published.withdrawn, false);
    if (published.state == occasion.state && !back) continue;
    published.state = occasion.state;
    bool const fresh = id >= still.size();
    Millis const at_ms = occasion.state == OccasionState::open ? occasion.opened_ms : occasion.decided_ms;
    updates_.push_back({fresh ? Update::Kind::decided : Update::Kind::revised, id, published.practice, occasion.state, at_ms});
  }
  for (PublicId id = 0; id < still.size(); ++id) {
    Published& published = published_[id];
    if (still[id] || std::exchange(published.withdrawn, true)) continue;
    updates_.push_back({Update::Kind::withdrawn, id, published.practice, published.state, 0});
  }
  for (Change const& change : evaluator_.drain_changes()) {
    if (change.kind != Change::Kind::cue) continue;
    PublicId const id = ids_by_number_[change.obligation];
    OccasionState const state = published_[id].state;
    bool const of_use = state == OccasionState::open || state == OccasionState::missed;
    if (of_use) publish_cue(id, change.at_ms);
  }
}

}  // namespace rapport::evaluation
