#include "server/api/calling_desk.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "base/assert.hpp"
#include "base/hash.hpp"
#include "base/limits.hpp"
#include "base/phone_limits.hpp"
#include "server/api/menus.hpp"
#include "server/api/placed_calls.hpp"
#include "server/api/stored.hpp"

namespace rapport::server::api {
namespace {

using records::Nothing;
using records::Stored;

constexpr std::size_t documents_a_batch = 200;

/// The same reference in the same list is the same entry.
std::string id_of(std::string const& list, std::string const& reference) { return base::sha256_hex(list + '\n' + reference).substr(0, 32); }

}  // namespace

Stored<Nothing> CallingDesk::load() {
  auto const lists = all_documents(ways_.store, calling_list_kind);
  auto const entries = all_documents(ways_.store, calling_entry_kind);
  if (!lists || !entries) return lists ? entries.error() : lists.error();
  std::vector<std::string> orphans;
  std::unique_lock lock{mutex_};
  for (records::Document const& document : *lists) {
    auto list = to_calling_list(document);
    if (!list) continue;
    book_.set(list->rules);
    lists_.insert_or_assign(document.id, std::move(*list));
  }
  for (records::Document const& document : *entries) {
    auto kept = to_calling_entry(document);
    bool const erased = !kept;
    if (erased || book_.rules(kept->entry.list) == nullptr) {
      orphans.push_back(document.id);
      continue;
    }
    book_.put(kept->entry);
    if (kept->entry.state == calling::State::calling) calls_[kept->entry.interaction] = {document.id, kept->history.empty() ? std::string{} : kept->history.back().agent, kept->entry, {}, true, {}};
  }
  std::vector<calling::Entry> ended;  // by a change of their list, when something stopped us
  for (auto const& [id, list] : lists_) std::ranges::move(book_.end_spent(id), std::back_inserter(ended));
  lock.unlock();
  if (auto const kept = keep_ended(ended); !kept) return kept.error();
  // Of lists that were removed when something stopped us, and of people who were erased. Nobody is called
  // for one: what cannot be removed now goes at the next start.
  static_cast<void>(remove_documents(orphans));
  return Nothing{};
}

Stored<Nothing> CallingDesk::keep_ended(std::span<calling::Entry const> entries) {
  for (std::size_t from = 0; from < entries.size(); from += documents_a_batch) {
    if (auto const done = keep_batch_of_ended(entries.subspan(from, std::min(documents_a_batch, entries.size() - from))); !done) return done.error();
  }
  return Nothing{};
}

Stored<Nothing> CallingDesk::keep_batch_of_ended(std::span<calling::Entry const> entries) {
  std::lock_guard const alone{settling_};
  records::Batch batch{{}, ways_.clock(), false};
  for (calling::Entry const& one : entries) {
    auto const document = ways_.store.document(calling_entry_kind, one.id);
    if (!document) return document.error();
    auto kept = *document ? to_calling_entry(**document) : std::nullopt;
    std::lock_guard const lock{mutex_};
    calling::Entry const* const now = book_.find(one.id);
    // Erased, removed, or another word of it came meanwhile, which was kept.
    if (!kept || now == nullptr || *now != one || begins(one.id)) continue;
    kept->entry = one;
    batch.changes.emplace_back(to_document(*kept, (**document).version));
  }
  if (batch.changes.empty()) return Nothing{};
  return ways_.store.commit(std::move(batch));
}

void CallingDesk::settle_interrupted() {
  std::vector<std::string> begun;
  {
    std::lock_guard const lock{mutex_};
    for (auto const& [interaction, call] : calls_) begun.push_back(interaction);
  }
  for (std::string const& interaction : begun) {
    auto const stored = ways_.store.interaction(interaction);
    bool const lives = !stored || (*stored && !(**stored).row.closed_at);
    if (lives) continue;  // it ends yet
    if (*stored) {
      auto const timeline = read_back(**stored);
      for (std::size_t i = 0; timeline && i < timeline->events.size(); ++i) follow(interaction, timeline->events[i]);
    }
    conclude(interaction);
  }
}

void CallingDesk::follow(std::string const& interaction, domain::Event const& event) {
  std::lock_guard const lock{mutex_};
  auto const found = calls_.find(interaction);
  if (found != calls_.end()) found->second.attempt.read(event);
}

void CallingDesk::on(centre::Publication const& publication) {
  if (auto const* const happened = std::get_if<centre::EventHappened>(&publication)) {
    follow(happened->interaction, happened->event);
  } else if (auto const* const opened = std::get_if<centre::InteractionOpened>(&publication)) {
    if (!opened->recovered || opened->events == nullptr) return;
    for (domain::Event const& event : *opened->events) follow(opened->live.row.id, event);
  } else if (auto const* const news = std::get_if<centre::AgentNews>(&publication)) {
    if (news->kind != centre::AgentNews::Kind::connected) return;
    std::lock_guard const lock{mutex_};
    if (!calls_.contains(news->interaction)) book_.release(news->agent);  // they have somebody else on the line
  } else if (auto const* const state = std::get_if<centre::AgentState>(&publication)) {
    std::lock_guard const lock{mutex_};
    if (state->presence == routing::Presence::offline) book_.release(state->agent);
  } else {
    auto const* const finished = std::get_if<centre::InteractionFinished>(&publication);
    auto const* const closed = std::get_if<centre::InteractionClosed>(&publication);
    if (finished == nullptr && closed == nullptr) return;
    std::string const interaction = finished != nullptr ? finished->interaction : closed->row.id;
    std::unique_lock lock{mutex_};
    bool const about_an_entry = calls_.contains(interaction);
    lock.unlock();
    // Where the pool is full: when it is closed, or at the next start.
    if (about_an_entry) static_cast<void>(ways_.readers.submit([this, interaction] { conclude(interaction); }));
  }
}

/// Everybody has wrapped up: the agent's word counts, else what the network said.
void CallingDesk::conclude(std::string const& interaction) {
  std::lock_guard const alone{settling_};
  Call call;
  calling::Rules rules;
  {
    std::lock_guard const lock{mutex_};
    auto const found = calls_.find(interaction);
    if (found == calls_.end() || !found->second.begun) return;
    calling::Rules const* const known = book_.rules(found->second.as_called.list);
    if (found->second.told || known == nullptr) {
      if (found->second.told) book_.put(*found->second.told);
      calls_.erase(found);
      return;
    }
    call = found->second;
    rules = *known;
  }
  auto const document = ways_.store.document(calling_entry_kind, call.entry);
  auto kept = document && *document ? to_calling_entry(**document) : std::nullopt;
  if (!document) return;  // when it is closed, or at the next start
  base::Instant const now = ways_.clock();
  calling::Came const came = call.attempt.came();
  if (kept) {
    kept->entry = calling::settle(call.as_called, rules, came, now);
    kept->add({now, call.agent, came, interaction, {}});
    if (!keep(*kept, now)) return;
    count(came);
  }
  std::lock_guard const lock{mutex_};
  if (kept)
    book_.put(kept->entry);
  else
    book_.remove(call.entry);  // erased
  calls_.erase(interaction);
}

Stored<Nothing> CallingDesk::keep(CallingEntry const& kept, base::Instant now) { return ways_.store.commit({{to_document(kept)}, now, false}); }

void CallingDesk::count(calling::Came came) {
  ways_.metrics.counter("rapport_calling_outcomes_total", "What came of entries of calling lists, each time.", {{"came", std::string{calling::name(came)}}}).add();
}

void CallingDesk::list_changed(records::Document const& document, bool removed) {
  auto list = removed ? std::nullopt : to_calling_list(document);
  if (!list) return list_removed(document.id);
  std::vector<calling::Entry> ended;
  {
    std::lock_guard const lock{mutex_};
    ended = book_.set(list->rules);
    lists_.insert_or_assign(document.id, std::move(*list));
  }
  static_cast<void>(keep_ended(ended));  // what is left is ended again at the next start
}

void CallingDesk::list_removed(std::string const& list) {
  std::vector<std::string> entries;
  {
    std::lock_guard const alone{settling_};  // a word about one of them that is being written would make it anew; a later one finds no list
    std::lock_guard const lock{mutex_};
    entries = book_.of_list(list);
    book_.remove_list(list);
    lists_.erase(list);
  }
  static_cast<void>(remove_documents(entries));  // what is left goes at the next start
}

Stored<Nothing> CallingDesk::remove_documents(std::span<std::string const> entries) {
  for (std::size_t from = 0; from < entries.size(); from += documents_a_batch) {
    records::Batch batch{{}, ways_.clock(), false};
    for (std::string const& id : entries.subspan(from, std::min(documents_a_batch, entries.size() - from))) batch.changes.emplace_back(records::RemoveDocument{std::string{calling_entry_kind}, id, std::nullopt});
    if (auto const done = ways_.store.commit(std::move(batch)); !done) return done.error();
  }
  return Nothing{};
}

Stored<Nothing> CallingDesk::forget(std::string_view brand, std::string_view number) {
  std::lock_guard const alone{settling_};  // a word about one of them that is being written would make it anew
  std::vector<std::string> entries;
  {
    std::lock_guard const lock{mutex_};
    entries = book_.having(brand, number);
    if (std::ranges::any_of(entries, [this](std::string const& id) { return begins(id); })) return records::StoreError::busy;
  }
  if (auto const done = remove_documents(entries); !done) return done.error();
  std::lock_guard const lock{mutex_};
  for (std::string const& id : entries) book_.remove(id);
  std::erase_if(calls_, [&](auto const& call) { return std::ranges::find(entries, call.second.entry) != entries.end(); });
  return Nothing{};
}

bool CallingDesk::begins(std::string_view entry) const {
  return std::ranges::any_of(calls_, [&](auto const& one) { return one.second.entry == entry && !one.second.begun; });
}

std::size_t CallingDesk::list_count() const {
  std::lock_guard const lock{mutex_};
  return book_.list_count();
}

calling::Progress CallingDesk::progress(std::string_view list) const {
  std::lock_guard const lock{mutex_};
  return book_.progress(list);
}

std::vector<std::string> CallingDesk::entries_of(std::string_view list) const {
  std::lock_guard const lock{mutex_};
  return book_.of_list(list);
}

Stored<CallingDesk::Imported> CallingDesk::add(CallingList const& list, std::vector<CallingEntry> entries, std::function<std::string(std::string const& number)> const& known, Note const& note, base::Instant now) {
  for (CallingEntry& one : entries) one.entry.id = id_of(list.rules.id, one.reference);
  std::lock_guard const alone{adding_};
  Imported done;
  std::set<std::string> ids;
  std::vector<CallingEntry> fresh;
  std::uint64_t order = 0;
  {
    std::lock_guard const lock{mutex_};
    std::vector<std::string> const there = book_.of_list(list.rules.id);
    if (!there.empty()) order = book_.find(there.back())->order + 1;
    for (CallingEntry& one : entries) {
      if (book_.find(one.entry.id) != nullptr || !ids.insert(one.entry.id).second) {
        ++done.already_there;
      } else if (there.size() + fresh.size() >= limits::calling_entries_max || book_.size() + fresh.size() >= limits::calling_entries_all_max) {
        ++done.no_room;
      } else {
        one.entry.list = list.rules.id;
        one.entry.order = order++;
        one.entry.next_at = now;
        one.brand = list.rules.brand;
        fresh.push_back(std::move(one));
      }
    }
  }
  done.added = fresh.size();
  if (!note) return done;
  if (auto const noted = note(done); !noted) return noted.error();
  for (std::size_t from = 0; from < fresh.size(); from += documents_a_batch) {
    std::size_t const to = std::min(fresh.size(), from + documents_a_batch);
    records::Batch batch{{}, now, false};
    for (std::size_t i = from; i < to; ++i) {
      fresh[i].customer = known(fresh[i].entry.number);
      batch.changes.emplace_back(to_document(fresh[i]));
    }
    if (auto const kept = ways_.store.commit(std::move(batch)); !kept) return kept.error();
    std::lock_guard const lock{mutex_};
    for (std::size_t i = from; i < to; ++i) book_.put(fresh[i].entry);
  }
  return done;
}

}  // namespace rapport::server::api
