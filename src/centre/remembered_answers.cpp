#include "centre/remembered_answers.hpp"

#include "base/assert.hpp"
#include "base/limits.hpp"

namespace rapport::centre {

RememberedAnswers::Seen RememberedAnswers::look(std::string const& key, std::string const& request, Done& done) {
  auto const found = entries_.find(key);
  if (found == entries_.end()) return Seen::never;
  Entry& entry = found->second;
  if (entry.request != request) return Seen::reused;
  if (!entry.outcome) {
    entry.also.push_back(std::move(done));
    return Seen::under_way;
  }
  Outcome again = *entry.outcome;
  again.repeated = true;
  done(std::move(again));
  return Seen::answered;
}

void RememberedAnswers::begin(std::string key, std::string request) {
  bool const added = entries_.try_emplace(std::move(key), Entry{std::move(request), std::nullopt, {}}).second;
  RAPPORT_ASSERT(added);
}

std::vector<RememberedAnswers::Done> RememberedAnswers::finish(std::string const& key, Outcome const& outcome) {
  auto const found = entries_.find(key);
  RAPPORT_ASSERT(found != entries_.end());
  found->second.outcome = outcome;
  std::vector<Done> also = std::exchange(found->second.also, {});
  order_.push_back(key);
  if (order_.size() > limits::answers_remembered_max) {
    entries_.erase(order_.front());
    order_.pop_front();
  }
  return also;
}

std::vector<RememberedAnswers::Done> RememberedAnswers::forget(std::string const& key) {
  auto const found = entries_.find(key);
  RAPPORT_ASSERT(found != entries_.end());
  std::vector<Done> also = std::move(found->second.also);
  entries_.erase(found);
  return also;
}

}  // namespace rapport::centre
