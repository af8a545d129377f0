#include "calling/book.hpp"

#include <algorithm>
#include <utility>

#include "base/phone_limits.hpp"

namespace rapport::calling {

std::size_t& Book::counted(Progress& progress, Entry const& entry) {
  if (entry.state == State::waiting) return progress.waiting;
  if (entry.state == State::calling) return progress.calling;
  switch (entry.came) {
    case Came::reached:
      return progress.reached;
    case Came::do_not_call:
      return progress.refused;
    case Came::no_such_number:
    case Came::wrong_number:
      return progress.wrong;
    case Came::skipped:
      return progress.skipped;
    default:
      return progress.not_reached;
  }
}

std::vector<Entry> Book::set(Rules rules) {
  std::string const id = rules.id;
  List& list = lists_[id];
  bool const line_anew = list.rules.rest != rules.rest;
  bool const fewer = rules.attempts_max < list.rules.attempts_max;
  list.rules = std::move(rules);
  if (line_anew) {
    for (Kept* const kept : waiting_in(list)) {
      drop(*kept, list);
      index(*kept, list);
    }
  }
  return fewer ? end_spent(id) : std::vector<Entry>{};
}

std::vector<Book::Kept*> Book::waiting_in(List const& list) {
  std::vector<Kept*> found;
  for (auto const& [order, id] : list.in_order) {
    Kept& kept = entries_.find(id)->second;
    if (kept.entry.state == State::waiting) found.push_back(&kept);
  }
  return found;
}

std::vector<Entry> Book::end_spent(std::string_view list) {
  std::vector<Entry> changed;
  auto const found = lists_.find(list);
  if (found == lists_.end()) return changed;
  std::int64_t const most = found->second.rules.attempts_max;
  for (Kept const* const kept : waiting_in(found->second)) {
    if (kept->entry.attempts < most) continue;
    Entry entry = kept->entry;
    if (entry.came == Came::later)
      entry.attempts = most - 1;
    else
      entry.state = State::done;
    changed.push_back(entry);
    put(std::move(entry));
  }
  return changed;
}

void Book::remove_list(std::string_view list) {
  auto const found = lists_.find(list);
  if (found == lists_.end()) return;
  for (std::string const& id : of_list(list)) remove(id);
  lists_.erase(found);
}

Rules const* Book::rules(std::string_view list) const {
  auto const found = lists_.find(list);
  return found == lists_.end() ? nullptr : &found->second.rules;
}

/// The moment at which no other list's call to this number is too near any more.
base::Instant Book::rested(Entry const& entry, Rules const& rules) const {
  base::Instant when = entry.next_at;
  auto const found = called_.find(entry.number);
  if (found == called_.end() || entry.came == Came::later) return when;  // who named a time is called then
  for (auto const& [id, call] : found->second) {
    if (call.list != entry.list) when = std::max(when, call.at + rules.rest);
  }
  return when;
}

void Book::index(Kept& kept, List& list) {
  ++counted(list.progress, kept.entry);
  list.in_order[kept.entry.order] = kept.entry.id;
  if (kept.entry.state == State::calling) busy_.insert(kept.entry.number);
  if (kept.entry.called_at) called_[kept.entry.number][kept.entry.id] = {kept.entry.list, *kept.entry.called_at};
  if (kept.entry.state != State::waiting) return;
  kept.wakes = kept.entry.next_at;
  list.waiting[kept.entry.country].insert(key(kept));
}

void Book::drop(Kept const& kept, List& list) {
  --counted(list.progress, kept.entry);
  list.in_order.erase(kept.entry.order);
  if (kept.entry.state == State::calling) busy_.erase(kept.entry.number);
  if (auto const calls = called_.find(kept.entry.number); calls != called_.end()) {
    calls->second.erase(kept.entry.id);
    if (calls->second.empty()) called_.erase(calls);  // no number stays of whoever is on no list
  }
  auto const waiting = list.waiting.find(kept.entry.country);
  if (kept.entry.state != State::waiting || waiting == list.waiting.end()) return;
  waiting->second.erase(key(kept));
  if (waiting->second.empty()) list.waiting.erase(waiting);
}

bool Book::put(Entry entry) {
  auto const list = lists_.find(entry.list);
  if (list == lists_.end()) return false;
  auto const found = entries_.find(entry.id);
  if (found == entries_.end()) {
    if (list->second.in_order.size() >= limits::calling_entries_max || entries_.size() >= limits::calling_entries_all_max) return false;
    std::string const id = entry.id;
    index(entries_.emplace(id, Kept{std::move(entry)}).first->second, list->second);
    return true;
  }
  Kept& kept = found->second;
  if (!kept.agent.empty() && entry.state != State::waiting) release(std::string{kept.agent});
  drop(kept, list->second);
  kept.entry = std::move(entry);
  index(kept, list->second);
  if (!kept.agent.empty()) busy_.insert(kept.entry.number);
  return true;
}

void Book::remove(std::string_view entry) {
  auto const found = entries_.find(std::string{entry});
  if (found == entries_.end()) return;
  if (!found->second.agent.empty()) release(std::string{found->second.agent});
  drop(found->second, lists_.find(found->second.entry.list)->second);
  entries_.erase(found);
}

Entry const* Book::find(std::string_view entry) const {
  auto const found = entries_.find(std::string{entry});
  return found == entries_.end() ? nullptr : &found->second.entry;
}

std::vector<std::string> Book::of_list(std::string_view list) const {
  std::vector<std::string> ids;
  auto const found = lists_.find(list);
  if (found == lists_.end()) return ids;
  for (auto const& [order, id] : found->second.in_order) ids.push_back(id);
  return ids;
}

std::vector<std::string> Book::having(std::string_view brand, std::string_view number) const {
  std::vector<std::string> ids;
  for (auto const& [id, kept] : entries_) {
    if (kept.entry.number == number && lists_.find(kept.entry.list)->second.rules.brand == brand) ids.push_back(id);
  }
  return ids;
}

Progress Book::progress(std::string_view list) const {
  auto const found = lists_.find(list);
  return found == lists_.end() ? Progress{} : found->second.progress;
}

/// Whoever must rest goes back in the line until they have; that happens once for each call of another list.
Book::Kept const* Book::first_of(List& list, base::Instant now, Open const& open) {
  Kept const* first = nullptr;
  for (auto& [country, line] : list.waiting) {
    if (line.empty() || std::get<0>(*line.begin()) > now || !open(country, list.rules.from, list.rules.to)) continue;
    for (auto at = line.begin(); at != line.end() && std::get<0>(*at) <= now;) {
      Kept& kept = entries_.find(std::get<2>(*at))->second;
      base::Instant const when = rested(kept.entry, list.rules);
      if (when > now) {
        at = line.erase(at);
        kept.wakes = when;
        line.insert(key(kept));
      } else if (busy_.contains(kept.entry.number) || kept.entry.attempts >= list.rules.attempts_max) {  // settled as the list asked before
        ++at;
      } else {
        if (first == nullptr || key(kept) < key(*first)) first = &kept;
        break;
      }
    }
  }
  return first;
}

std::optional<Entry> Book::take(std::string const& agent, std::span<std::string const> queues, base::Instant now, Open const& open) {
  if (Entry const* const had = in_hand(agent)) return *had;
  Kept const* best = nullptr;
  std::int64_t priority = 0;
  for (auto& [id, list] : lists_) {
    bool const theirs = std::ranges::find(queues, list.rules.queue) != queues.end();
    if (!theirs || !list.rules.runs(now) || (best != nullptr && list.rules.priority < priority)) continue;
    Kept const* const first = first_of(list, now, open);
    if (first == nullptr || (best != nullptr && list.rules.priority == priority && !(key(*first) < key(*best)))) continue;
    best = first;
    priority = list.rules.priority;
  }
  if (best == nullptr) return std::nullopt;
  entries_.find(best->entry.id)->second.agent = agent;
  busy_.insert(best->entry.number);
  hands_[agent] = {best->entry.id, now};
  ++lists_.find(best->entry.list)->second.progress.in_hand;
  return best->entry;
}

std::set<std::string> Book::countries() const {
  std::set<std::string> all;
  for (auto const& [id, list] : lists_) {
    for (auto const& [country, line] : list.waiting) all.insert(country);
  }
  return all;
}

Entry const* Book::in_hand(std::string_view agent) const {
  auto const found = hands_.find(agent);
  return found == hands_.end() ? nullptr : find(found->second.entry);
}

base::Instant Book::taken_at(std::string_view agent) const {
  auto const found = hands_.find(agent);
  return found == hands_.end() ? base::Instant{} : found->second.since;
}

void Book::release(std::string_view agent) {
  auto const found = hands_.find(agent);
  if (found == hands_.end()) return;
  Kept& kept = entries_.find(found->second.entry)->second;
  kept.agent.clear();
  busy_.erase(kept.entry.number);
  --lists_.find(kept.entry.list)->second.progress.in_hand;
  hands_.erase(found);
}

std::vector<std::string> Book::in_hand_since(base::Instant before) const {
  std::vector<std::string> agents;
  for (auto const& [agent, hand] : hands_) {
    if (hand.since < before) agents.push_back(agent);
  }
  return agents;
}

}  // namespace rapport::calling
