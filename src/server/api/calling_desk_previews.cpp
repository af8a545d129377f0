#include <algorithm>
#include <utility>

#include "base/phone_limits.hpp"
#include "server/api/calling_desk.hpp"
#include "server/api/placed_calls.hpp"

/// What agents do with an entry: have it before them, call, pass it over, say what came of it.
namespace rapport::server::api {

using records::Nothing;
using records::Stored;

std::optional<CallingDesk::Preview> CallingDesk::preview_of(CallingEntry kept, std::string const& agent) {
  std::lock_guard const lock{mutex_};
  calling::Entry const* const held = book_.in_hand(agent);
  auto const list = lists_.find(kept.entry.list);
  if (held == nullptr || held->id != kept.entry.id || list == lists_.end()) return std::nullopt;
  return Preview{std::move(kept), list->second, book_.taken_at(agent) + limits::preview_ms_max};
}

/// On the brand's list of numbers that are not called.
Stored<bool> CallingDesk::is_listed(CallingEntry const& kept) {
  auto const found = ways_.store.document_by_name(do_not_call_kind, kept.brand, kept.entry.number);
  if (!found) return found.error();
  return found->has_value();
}

Stored<std::optional<CallingDesk::Preview>> CallingDesk::take(std::string const& agent, std::span<std::string const> queues, base::Instant now) {
  auto const open = [&](std::string_view country, base::Millis from, base::Millis to) { return ways_.open && ways_.open(country, now, from, to); };
  std::unique_lock lock{mutex_};
  std::set<std::string> const countries = book_.countries();
  lock.unlock();
  for (std::string const& country : countries) static_cast<void>(open(country, 0, base::day));  // what takes long is known before the lock is held
  for (std::size_t tries = 0; tries < limits::calling_left_out_at_once_max; ++tries) {
    std::optional<calling::Entry> next;
    {
      std::lock_guard const held{mutex_};
      for (std::string const& late : book_.in_hand_since(now + -limits::preview_ms_max)) book_.release(late);
      next = book_.take(agent, queues, now, open);
    }
    if (!next) return std::optional<Preview>{};
    auto const document = ways_.store.document(calling_entry_kind, next->id);
    auto kept = document && *document ? to_calling_entry(**document) : std::nullopt;
    auto const listed = kept ? is_listed(*kept) : Stored<bool>{false};
    if (!document || !listed) {
      release(agent);
      return document ? listed.error() : document.error();
    }
    if (!kept) {  // erased
      std::lock_guard const held{mutex_};
      book_.remove(next->id);
      continue;
    }
    if (!*listed) return preview_of(std::move(*kept), agent);
    if (auto const settled = settle(agent, std::move(*kept), {now, {}, calling::Came::do_not_call, {}, {}}, std::nullopt); !settled) {
      release(agent);
      return settled.error();
    }
  }
  return std::optional<Preview>{};
}

Stored<std::optional<CallingDesk::Preview>> CallingDesk::in_hand(std::string const& agent, base::Instant now) {
  std::string id;
  {
    std::lock_guard const lock{mutex_};
    for (std::string const& late : book_.in_hand_since(now + -limits::preview_ms_max)) book_.release(late);
    calling::Entry const* const held = book_.in_hand(agent);
    if (held == nullptr) return std::optional<Preview>{};
    id = held->id;
  }
  auto const document = ways_.store.document(calling_entry_kind, id);
  if (!document) return document.error();
  auto kept = *document ? to_calling_entry(**document) : std::nullopt;
  return kept ? preview_of(std::move(*kept), agent) : std::nullopt;
}

void CallingDesk::release(std::string const& agent) {
  std::lock_guard const lock{mutex_};
  book_.release(agent);
}

std::optional<records::PutDocument> CallingDesk::begin(std::string const& agent, CallingEntry kept, std::string const& interaction, base::Instant now) {
  std::lock_guard const lock{mutex_};
  calling::Entry const* const held = book_.in_hand(agent);
  if (held == nullptr || held->id != kept.entry.id || begins(kept.entry.id)) return std::nullopt;
  kept.entry = calling::begin_call(*held, interaction, now);
  kept.add({now, agent, calling::Came::nothing, interaction, {}});
  calls_[interaction] = {kept.entry.id, agent, kept.entry, {}, false, {}};
  return to_document(kept);
}

void CallingDesk::began(std::string const& interaction, centre::Granted<centre::Outcome> const& answer) {
  bool const did = answer || answer.error().code == centre::refused::not_kept;
  std::lock_guard const lock{mutex_};
  auto const found = calls_.find(interaction);
  if (found == calls_.end()) return;
  if (!did) {
    calls_.erase(found);
    return;
  }
  found->second.begun = true;
  book_.put(found->second.as_called);
}

Stored<Nothing> CallingDesk::settle(std::string const& agent, CallingEntry kept, CallingStep step, std::optional<base::Instant> at) {
  std::lock_guard const alone{settling_};
  calling::Came const came = step.came;
  base::Instant const now = step.at;
  {
    std::lock_guard const lock{mutex_};
    calling::Entry const* const held = book_.in_hand(agent);
    calling::Rules const* const rules = book_.rules(kept.entry.list);
    if (held == nullptr || held->id != kept.entry.id || rules == nullptr || begins(kept.entry.id)) return records::StoreError::not_found;
    kept.entry = calling::settle(*held, *rules, came, now, at);
  }
  kept.add(std::move(step));
  if (auto const done = keep(kept, now); !done) return done.error();
  count(came);
  std::lock_guard const lock{mutex_};
  book_.release(agent);
  book_.put(std::move(kept.entry));
  return Nothing{};
}

std::string CallingDesk::number_called(std::string_view interaction) const {
  std::lock_guard const lock{mutex_};
  auto const found = calls_.find(interaction);
  return found == calls_.end() ? std::string{} : found->second.as_called.number;
}

Stored<bool> CallingDesk::tell(std::string const& interaction, CallingStep step, std::optional<base::Instant> at) {
  std::lock_guard const alone{settling_};
  Call call;
  calling::Rules rules;
  {
    std::lock_guard const lock{mutex_};
    auto const found = calls_.find(interaction);
    calling::Rules const* const known = found == calls_.end() ? nullptr : book_.rules(found->second.as_called.list);
    if (known == nullptr || !found->second.begun) return false;
    call = found->second;
    rules = *known;
  }
  auto const document = ways_.store.document(calling_entry_kind, call.entry);
  if (!document) return document.error();
  auto kept = *document ? to_calling_entry(**document) : std::nullopt;
  if (!kept) return false;
  calling::Came const came = step.came;
  base::Instant const now = step.at;
  kept->entry = calling::settle(call.as_called, rules, came, now, at);
  kept->add(std::move(step));
  if (auto const done = keep(*kept, now); !done) return done.error();
  count(came);
  std::lock_guard const lock{mutex_};
  calls_.find(interaction)->second.told = kept->entry;  // nobody else concludes meanwhile
  return true;
}

}  // namespace rapport::server::api
