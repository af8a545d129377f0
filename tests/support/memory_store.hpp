#pragma once

#include <algorithm>
#include <atomic>
#include <cctype>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <tuple>

#include "base/limits.hpp"
#include "records/check.hpp"
#include "records/store.hpp"

namespace rapport::test {

/// records::Store as plain maps: what the real stores are compared with, and a store for tests of the
/// rooms above. Batches complete within submit, on the caller's thread, unless the test completes them
/// by hand; then `commit` would wait for ever. Any thread may call.
class MemoryStore : public records::Store {
 public:
  /// From now on batches wait until `complete` is called.
  void complete_by_hand() { by_hand_ = true; }
  /// Completes this many waiting batches (all if not said), calling `done` on this thread; how many it did.
  std::size_t complete(std::size_t count = SIZE_MAX) {
    std::size_t did = 0;
    while (did < count && complete_one()) ++did;
    return did;
  }
  std::size_t waiting() const {
    std::lock_guard const lock{mutex_};
    return waiting_.size();
  }
  /// Batches as they were made durable; for tests that look at what was written.
  std::vector<records::Batch> written() const {
    std::lock_guard const lock{mutex_};
    return written_;
  }
  /// Unavailable: batches that must last wait, others are refused. Available again: what waited is
  /// completed, unless by hand.
  void set_available(bool available) {
    std::vector<records::Store::Done> refused;
    {
      std::lock_guard const lock{mutex_};
      available_ = available;
      if (!available) {
        std::erase_if(waiting_, [&](Waiting& one) {
          if (one.batch.must_last) return false;
          refused.push_back(std::move(one.done));
          return true;
        });
      }
    }
    for (auto const& done : refused) done(records::StoreError::unavailable);
    if (available && !by_hand_) complete();
  }
  /// From now on submit says busy.
  void set_busy(bool busy) { busy_ = busy; }

  bool submit(records::Batch batch, Done done) override {
    bool refuse = false;
    {
      std::lock_guard const lock{mutex_};
      if (busy_ || waiting_.size() >= limits::writer_batches_max) return false;
      refuse = !available_ && !batch.must_last;
      if (!refuse) waiting_.push_back({std::move(batch), std::move(done)});
    }
    if (refuse) {
      done(records::StoreError::unavailable);
    } else if (!by_hand_) {
      complete();
    }
    return true;
  }
  bool available() const override {
    std::lock_guard const lock{mutex_};
    return available_;
  }

  records::Stored<records::LiveState> load() override {
    std::lock_guard const lock{mutex_};
    records::LiveState state{snapshot_, floor_, {}};
    for (auto const& [id, kept] : interactions_) {
      if (!kept.stored.row.closed_at) state.interactions.push_back(kept.stored);
    }
    return state;
  }

  records::Stored<std::optional<records::Document>> document(std::string_view kind, std::string_view id) override {
    std::lock_guard const lock{mutex_};
    auto const at = documents_.find({std::string{kind}, std::string{id}});
    return at == documents_.end() ? std::optional<records::Document>{} : at->second.document;
  }
  records::Stored<std::optional<records::Document>> document_by_name(std::string_view kind, std::string_view brand,
                                                                     std::string_view name) override {
    std::lock_guard const lock{mutex_};
    for (auto const& [key, kept] : documents_) {
      if (key.first == kind && kept.document.brand == brand && kept.names.contains(std::string{name})) return std::optional{kept.document};
    }
    return std::optional<records::Document>{};
  }
  records::Stored<records::DocumentPage> documents_by_lookup(std::string_view kind, std::string_view lookup,
                                                             std::string_view after_id, std::size_t limit) override {
    std::lock_guard const lock{mutex_};
    records::DocumentPage page;
    for (auto const& [key, kept] : documents_) {
      if (key.first != kind || key.second <= after_id || !kept.lookups.contains(std::string{lookup})) continue;
      page.more = page.documents.size() == page_size(limit);
      if (page.more) break;
      page.documents.push_back(kept.document);
    }
    return page;
  }
  records::Stored<records::DocumentPage> documents(std::string_view kind, std::optional<std::string_view> brand,
                                                   std::string_view after_id, std::size_t limit) override {
    std::lock_guard const lock{mutex_};
    records::DocumentPage page;
    for (auto const& [key, kept] : documents_) {
      if (key.first != kind || key.second <= after_id || (brand && kept.document.brand != *brand)) continue;
      page.more = page.documents.size() == page_size(limit);
      if (page.more) break;
      page.documents.push_back(kept.document);
    }
    return page;
  }

  records::Stored<std::optional<records::StoredInteraction>> interaction(std::string_view id) override {
    std::lock_guard const lock{mutex_};
    auto const at = interactions_.find(std::string{id});
    return at == interactions_.end() ? std::optional<records::StoredInteraction>{} : at->second.stored;
  }
  records::Stored<std::optional<records::InteractionRow>> row(std::string_view interaction) override {
    std::lock_guard const lock{mutex_};
    auto const at = interactions_.find(std::string{interaction});
    return at == interactions_.end() ? std::optional<records::InteractionRow>{} : at->second.stored.row;
  }
  records::Stored<records::InteractionPage> search(records::InteractionQuery const& query) override {
    std::lock_guard const lock{mutex_};
    std::vector<records::InteractionRow> rows;
    for (auto const& [id, kept] : interactions_) {
      if (matches(query, kept)) rows.push_back(kept.stored.row);
    }
    std::sort(rows.begin(), rows.end(), [](auto const& left, auto const& right) {
      return std::tie(left.started_at, left.id) > std::tie(right.started_at, right.id);
    });
    records::InteractionPage page;
    page.more = rows.size() > page_size(query.limit);
    if (page.more) rows.resize(page_size(query.limit));
    page.rows = std::move(rows);
    return page;
  }
  records::Stored<std::vector<records::LedgerRecord>> ledgers(std::string_view interaction) override {
    std::lock_guard const lock{mutex_};
    std::vector<records::LedgerRecord> found;
    auto const at = interactions_.find(std::string{interaction});
    if (at == interactions_.end()) return found;
    auto const& kept = at->second;
    found.assign(kept.ledgers.rbegin(), kept.ledgers.rend());
    if (kept.current) {
      auto const current = found.end() - 1 - static_cast<std::ptrdiff_t>(*kept.current);
      std::rotate(found.begin(), current, current + 1);
    }
    return found;
  }

  records::Stored<std::vector<records::CounterRow>> counters(std::string_view key_prefix, base::Instant from,
                                                             base::Instant to) override {
    std::lock_guard const lock{mutex_};
    std::vector<records::CounterRow> rows;
    for (auto const& [key, values] : counters_) {
      if (key.first.starts_with(key_prefix) && key.second >= from && key.second < to) rows.push_back({key.first, key.second, values});
    }
    return rows;
  }
  records::Stored<std::vector<records::AuditRow>> audit(records::AuditQuery const& query) override {
    std::lock_guard const lock{mutex_};
    std::vector<records::AuditRow> rows;
    auto const same = [](std::optional<std::string> const& wanted, std::string const& value) { return !wanted || *wanted == value; };
    for (std::size_t at = audit_.size(); at > 0 && rows.size() < page_size(query.limit); --at) {
      auto const& entry = audit_[at - 1];
      auto const number = static_cast<std::int64_t>(at);
      if (query.before && number >= *query.before) continue;
      if ((query.from && entry.at < *query.from) || (query.to && entry.at >= *query.to)) continue;
      if (same(query.who, entry.who) && same(query.action, entry.action) && same(query.subject, entry.subject) && same(query.brand, entry.brand)) rows.push_back({number, entry});
    }
    return rows;
  }
  records::Stored<std::optional<records::KeepAnswer>> answer(std::string_view principal, std::string_view key) override {
    std::lock_guard const lock{mutex_};
    auto const at = answers_.find({std::string{principal}, std::string{key}});
    return at == answers_.end() ? std::optional<records::KeepAnswer>{} : at->second;
  }
  records::Stored<std::optional<records::Blob>> blob(std::string_view id) override {
    std::lock_guard const lock{mutex_};
    auto const at = blobs_.find(std::string{id});
    if (at == blobs_.end()) return std::optional<records::Blob>{};
    return std::optional{records::Blob{at->second.interaction, at->second.name, at->second.media_type, at->second.bytes}};
  }

  records::Stored<records::Nothing> erase_person(std::string_view person) override {
    std::lock_guard const lock{mutex_};
    if (!available_) return records::StoreError::unavailable;
    for (auto& [key, kept] : documents_) {
      if (kept.document.person != person || person.empty()) continue;
      kept.document.body.clear();
      kept.names.clear();
      kept.lookups.clear();
    }
    for (auto& [id, kept] : interactions_) {
      if (records::person_of(kept.stored.row.customer, id) == person) kept.words.clear();
      if (kept.head_person == person) kept.stored.head.personal.clear();
      if (kept.block_person == person && kept.stored.block) kept.stored.block->personal.clear();
      for (auto& event : kept.stored.tail) {
        if (records::person_of(event.person, id) == person) event.event.personal.clear();
      }
    }
    for (auto& [id, blob] : blobs_) {
      if (records::person_of(blob.person, blob.interaction) != person) continue;
      blob.bytes.clear();
      blob.name.clear();
    }
    return records::Nothing{};
  }
  records::Stored<std::size_t> purge(std::string_view brand, std::optional<domain::Channel> channel,
                                     base::Instant closed_before) override {
    std::lock_guard const lock{mutex_};
    if (!available_) return records::StoreError::unavailable;
    return std::erase_if(interactions_, [&](auto const& entry) {
      auto const& row = entry.second.stored.row;
      bool const goes = row.brand == brand && (!channel || row.channel == *channel) && row.closed_at && *row.closed_at < closed_before;
      if (goes) std::erase_if(blobs_, [&](auto const& blob) { return blob.second.interaction == row.id; });
      return goes;
    });
  }
  records::Stored<std::size_t> forget_answers(base::Instant kept_before) override {
    std::lock_guard const lock{mutex_};
    if (!available_) return records::StoreError::unavailable;
    return std::erase_if(answers_, [&](auto const& entry) { return entry.second.at < kept_before; });
  }

 private:
  struct Waiting {
    records::Batch batch;
    Done done;
  };
  struct KeptDocument {
    records::Document document;
    std::set<std::string> names, lookups;
  };
  struct KeptInteraction {
    records::StoredInteraction stored;
    std::string head_person, block_person;
    std::set<std::string> words;
    std::vector<records::LedgerRecord> ledgers;  ///< in order of coming
    std::optional<std::size_t> current;
  };
  using Key = std::pair<std::string, std::string>;
  using Outcome = std::optional<records::StoreError>;
  using Error = records::StoreError;

  static std::size_t page_size(std::size_t limit) { return std::clamp<std::size_t>(limit, 1, limits::page_max); }

  /// Words are runs of letters and digits of any case; an apostrophe within one is skipped.
  static std::set<std::string> words_of(std::string_view text) {
    std::set<std::string> words;
    std::string word;
    for (char const c : text) {
      auto const byte = static_cast<unsigned char>(c);
      if (c == '\'' && !word.empty()) continue;
      if (byte >= 0x80 || std::isalnum(byte) != 0) {
        word += static_cast<char>(std::tolower(byte));
      } else if (!word.empty()) {
        words.insert(std::exchange(word, {}));
      }
    }
    if (!word.empty()) words.insert(word);
    return words;
  }

  static bool matches(records::InteractionQuery const& query, KeptInteraction const& kept) {
    auto const& row = kept.stored.row;
    auto const same = [](std::optional<std::string> const& wanted, std::string const& value) { return !wanted || *wanted == value; };
    auto const among = [](std::optional<std::string> const& wanted, std::vector<std::string> const& values) {
      return !wanted || std::find(values.begin(), values.end(), *wanted) != values.end();
    };
    if (!query.brands.empty() && std::find(query.brands.begin(), query.brands.end(), row.brand) == query.brands.end()) return false;
    if (!same(query.customer, row.customer) || !same(query.queue, row.queue) || !same(query.case_id, row.case_id)) return false;
    if (!same(query.disposition, row.disposition) || !same(query.outcome, row.outcome)) return false;
    if (!among(query.agent, row.agents) || !among(query.missed, row.missed)) return false;
    if (query.channel && row.channel != *query.channel) return false;
    if ((query.from && row.started_at < *query.from) || (query.to && row.started_at >= *query.to)) return false;
    if (query.score_below && (!row.score || *row.score >= *query.score_below)) return false;
    if (query.live && *query.live == row.closed_at.has_value()) return false;
    if (query.after && std::tie(row.started_at, row.id) >= std::tie(query.after->started_at, query.after->id)) return false;
    auto const wanted = words_of(query.words);
    return std::includes(kept.words.begin(), kept.words.end(), wanted.begin(), wanted.end()) && (query.words.empty() || !wanted.empty());
  }

  bool complete_one() {
    Done done;
    Outcome outcome;
    {
      std::lock_guard const lock{mutex_};
      if (waiting_.empty() || !available_) return false;
      Waiting next = std::move(waiting_.front());
      waiting_.pop_front();
      done = std::move(next.done);
      outcome = apply(next.batch);
      if (!outcome || next.batch.must_last) written_.push_back(std::move(next.batch));
    }
    if (outcome) {
      done(*outcome);
    } else {
      done(records::Nothing{});
    }
    return true;
  }

  /// All changes of the batch or none; of one that must last, all that can be kept.
  Outcome apply(records::Batch const& batch) {
    if (batch.must_last) return apply_what_can_last(batch);
    if (auto const checked = records::check(batch); !checked) return checked.error();
    now_ = batch.at;
    undo_.clear();
    for (auto const& change : batch.changes) {
      if (Outcome const outcome = std::visit([this](auto const& one) { return put(one); }, change)) {
        for (; !undo_.empty(); undo_.pop_back()) undo_.back()();
        return outcome;
      }
    }
    return {};
  }

  Outcome apply_what_can_last(records::Batch const& batch) {
    now_ = batch.at;
    Outcome first;
    for (auto const& change : batch.changes) {
      if (first && std::holds_alternative<records::KeepAnswer>(change)) continue;
      auto const checked = records::check(change);
      Outcome const outcome = checked ? std::visit([this](auto const& one) { return put(one); }, change) : Outcome{checked.error()};
      if (!first) first = outcome;
    }
    undo_.clear();
    return first;
  }

  /// Remembers the entry as it is, to restore it if a later change of the batch is refused.
  template <typename Map>
  void remember(Map& map, typename Map::key_type const& key) {
    auto const at = map.find(key);
    if (at == map.end()) {
      undo_.emplace_back([&map, key] { map.erase(key); });
    } else {
      undo_.emplace_back([&map, key, old = at->second] { map.insert_or_assign(key, old); });
    }
  }
  KeptInteraction* closed(std::string const& id) {
    auto const at = interactions_.find(id);
    return at == interactions_.end() || !at->second.stored.row.closed_at ? nullptr : &at->second;
  }

  Outcome put(records::PutDocument const& change) {
    Key const key{change.kind, change.id};
    auto const at = documents_.find(key);
    std::int64_t const version = at == documents_.end() ? 0 : at->second.document.version;
    if (change.expected && *change.expected != version) return Error::conflict;
    for (auto const& [other, kept] : documents_) {
      if (change.names.empty()) break;
      if (other == key || other.first != change.kind || kept.document.brand != change.brand) continue;
      for (std::string const& name : change.names) {
        if (kept.names.contains(name)) return Error::name_taken;
      }
    }
    remember(documents_, key);
    documents_[key] = {{change.kind, change.id, change.brand, version + 1, now_, change.person, change.body},
                       {change.names.begin(), change.names.end()},
                       {change.lookups.begin(), change.lookups.end()}};
    return {};
  }
  Outcome put(records::RemoveDocument const& change) {
    Key const key{change.kind, change.id};
    auto const at = documents_.find(key);
    if (at == documents_.end()) return Error::not_found;
    if (change.expected && *change.expected != at->second.document.version) return Error::conflict;
    remember(documents_, key);
    documents_.erase(key);
    return {};
  }
  Outcome put(records::OpenInteraction const& change) {
    if (interactions_.contains(change.row.id)) return Error::conflict;
    remember(interactions_, change.row.id);
    auto& kept = interactions_[change.row.id];
    kept.stored.row = change.row;
    kept.stored.row.closed_at.reset();
    kept.stored.head = change.head;
    kept.head_person = records::person_of(change.row.customer, change.row.id);
    return {};
  }
  Outcome put(records::UpdateInteraction const& change) {
    auto const at = interactions_.find(change.row.id);
    if (at == interactions_.end() || at->second.stored.row.closed_at) return Error::not_found;
    auto& kept = at->second;
    undo_.emplace_back([this, id = change.row.id, row = kept.stored.row, head = kept.stored.head, person = kept.head_person] {
      auto& before = interactions_.at(id);
      before.stored.row = row;
      before.stored.head = head;
      before.head_person = person;
    });
    auto row = change.row;
    row.brand = kept.stored.row.brand;
    row.started_at = kept.stored.row.started_at;
    row.closed_at.reset();
    kept.stored.row = std::move(row);
    kept.stored.head = change.head;
    kept.head_person = records::person_of(change.row.customer, change.row.id);
    return {};
  }
  Outcome put(records::AppendEvent const& change) {
    auto const at = interactions_.find(change.interaction);
    if (at == interactions_.end() || at->second.stored.row.closed_at) return Error::not_found;
    auto& tail = at->second.stored.tail;
    if (change.number != tail.size() + 1) return Error::conflict;
    tail.push_back(change);
    undo_.emplace_back([this, id = change.interaction] { interactions_.at(id).stored.tail.pop_back(); });
    return {};
  }
  Outcome put(records::CloseInteraction const& change) {
    if (closed(change.row.id) != nullptr) return Error::conflict;
    remember(interactions_, change.row.id);
    bool const was_open = interactions_.contains(change.row.id);
    auto& kept = interactions_[change.row.id];
    auto row = change.row;
    if (was_open) {
      row.brand = kept.stored.row.brand;
      row.started_at = kept.stored.row.started_at;
    }
    if (!row.closed_at) row.closed_at = now_;
    if (change.ledger) {
      row.score = change.ledger->score;
      row.missed = change.ledger->missed;
      kept.ledgers = {*change.ledger};
      kept.current = 0;
    }
    kept.stored = {std::move(row), {}, change.block, {}};
    kept.block_person = records::person_of(change.row.customer, change.row.id);
    kept.head_person.clear();
    kept.words = words_of(change.words);
    return {};
  }
  Outcome put(records::AmendInteraction const& change) {
    auto* const kept = closed(change.interaction);
    if (kept == nullptr) return Error::not_found;
    auto const position = std::lower_bound(kept->stored.tail.begin(), kept->stored.tail.end(), change.number,
                                           [](auto const& event, std::uint32_t number) { return event.number < number; });
    if (position != kept->stored.tail.end() && position->number == change.number) return Error::conflict;
    auto const index = position - kept->stored.tail.begin();
    remember(interactions_, change.interaction);
    kept->stored.tail.insert(kept->stored.tail.begin() + index, {change.interaction, kept->stored.row.customer, change.number, change.event});
    kept->words.merge(words_of(change.words));
    return {};
  }
  Outcome put(records::AddLedger const& change) {
    auto* const kept = closed(change.interaction);
    if (kept == nullptr) return Error::not_found;
    auto const tuple = [](records::LedgerRecord const& ledger) { return std::tie(ledger.engine, ledger.playbook, ledger.models, ledger.events); };
    for (auto const& ledger : kept->ledgers) {
      if (tuple(ledger) == tuple(change.ledger)) return Error::conflict;
    }
    remember(interactions_, change.interaction);
    kept->ledgers.push_back(change.ledger);
    if (change.current) {
      kept->current = kept->ledgers.size() - 1;
      kept->stored.row.score = change.ledger.score;
      kept->stored.row.missed = change.ledger.missed;
    }
    return {};
  }
  Outcome put(records::AppendFloor const& change) {
    floor_.push_back(change.event);
    undo_.emplace_back([this] { floor_.pop_back(); });
    return {};
  }
  Outcome put(records::SaveFloor const& change) {
    undo_.emplace_back([this, snapshot = snapshot_, floor = floor_] {
      snapshot_ = snapshot;
      floor_ = floor;
    });
    snapshot_ = change.snapshot;
    floor_.clear();
    return {};
  }
  Outcome put(records::AddCounters const& change) {
    std::pair const key{change.key, change.start};
    remember(counters_, key);
    auto& values = counters_[key];
    values.resize(std::max(values.size(), change.values.size()));
    for (std::size_t at = 0; at < change.values.size(); ++at) {
      values[at] = at < change.maxima ? std::max(values[at], change.values[at]) : values[at] + change.values[at];
    }
    return {};
  }
  Outcome put(records::AuditEntry const& change) {
    audit_.push_back(change);
    undo_.emplace_back([this] { audit_.pop_back(); });
    return {};
  }
  Outcome put(records::KeepAnswer const& change) {
    Key const key{change.principal, change.key};
    remember(answers_, key);
    answers_[key] = change;
    return {};
  }
  Outcome put(records::PutBlob const& change) {
    remember(blobs_, change.id);
    blobs_[change.id] = change;
    return {};
  }

  mutable std::mutex mutex_;
  std::deque<Waiting> waiting_;
  std::vector<records::Batch> written_;
  std::vector<std::function<void()>> undo_;
  bool available_ = true;
  std::atomic<bool> busy_ = false;
  std::atomic<bool> by_hand_ = false;

  base::Instant now_;
  std::map<Key, KeptDocument> documents_;
  std::map<std::string, KeptInteraction> interactions_;
  std::string snapshot_;
  std::vector<std::string> floor_;
  std::map<std::pair<std::string, base::Instant>, std::vector<std::int64_t>> counters_;
  std::vector<records::AuditEntry> audit_;
  std::map<Key, records::KeepAnswer> answers_;
  std::map<std::string, records::PutBlob> blobs_;
};

}  // namespace rapport::test
