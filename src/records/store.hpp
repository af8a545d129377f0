#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "records/batch.hpp"
#include "records/document.hpp"
#include "records/interaction_record.hpp"
#include "records/store_error.hpp"

namespace rapport::records {

/// Success without a value.
struct Nothing {};
template <typename T>
using Stored = base::Result<T, StoreError>;

/// What a start finds: the floor's snapshot, its events since, and the interactions that live.
struct LiveState {
  std::string snapshot;  ///< empty: none yet
  std::vector<std::string> floor;
  std::vector<StoredInteraction> interactions;  ///< by id
};

struct CounterRow {
  std::string key;
  base::Instant start;
  std::vector<std::int64_t> values;
};

struct Blob {
  std::string interaction;
  std::string name;
  std::string media_type;
  std::string bytes;  ///< like the name: empty if the person was erased
};

struct AuditQuery {
  std::optional<std::string> who, action, subject, brand;
  std::optional<base::Instant> from, to;
  std::optional<std::int64_t> before;  ///< a number: older entries only
  std::size_t limit = 50;
};
struct AuditRow {
  std::int64_t number = 0;  ///< ascending with time, without gaps
  AuditEntry entry;
};

/// All that lasts. One writer commits batches in groups; reads see what is durable. Any thread may
/// call any member; reads block. The destructor finishes the batches that were taken.
class Store {
 public:
  /// Called once on the writer's thread: durable, or why not. In the order of submission, but a batch
  /// that is refused as unavailable is told at once, before earlier ones that must last. It must be
  /// quick, must not throw and must not wait for the store.
  using Done = std::function<void(Stored<Nothing>)>;

  virtual ~Store() = default;

  /// Takes the batch to be made durable. False (`busy`): not taken, `done` will not be called.
  virtual bool submit(Batch batch, Done done) = 0;
  /// submit and wait; for callers that may block. Not on the writer's thread.
  Stored<Nothing> commit(Batch batch);
  /// False from the first failed commit until one succeeds again; for ever if another server took the
  /// database.
  virtual bool available() const = 0;

  virtual Stored<LiveState> load() = 0;

  virtual Stored<std::optional<Document>> document(std::string_view kind, std::string_view id) = 0;
  virtual Stored<std::optional<Document>> document_by_name(std::string_view kind, std::string_view brand,
                                                           std::string_view name) = 0;
  /// By id; one page.
  virtual Stored<DocumentPage> documents_by_lookup(std::string_view kind, std::string_view lookup, std::string_view after_id,
                                                   std::size_t limit) = 0;
  /// `brand` nothing: of every brand.
  virtual Stored<DocumentPage> documents(std::string_view kind, std::optional<std::string_view> brand,
                                         std::string_view after_id, std::size_t limit) = 0;

  virtual Stored<std::optional<StoredInteraction>> interaction(std::string_view id) = 0;
  /// Its row alone: nothing is decrypted.
  virtual Stored<std::optional<InteractionRow>> row(std::string_view interaction) = 0;
  virtual Stored<InteractionPage> search(InteractionQuery const& query) = 0;
  /// The current one first, then the others, newest first.
  virtual Stored<std::vector<LedgerRecord>> ledgers(std::string_view interaction) = 0;

  virtual Stored<std::vector<CounterRow>> counters(std::string_view key_prefix, base::Instant from,
                                                   base::Instant to) = 0;
  virtual Stored<std::vector<AuditRow>> audit(AuditQuery const& query) = 0;
  virtual Stored<std::optional<KeepAnswer>> answer(std::string_view principal, std::string_view key) = 0;
  virtual Stored<std::optional<Blob>> blob(std::string_view id) = 0;

  /// Destroys the person's key, the words of their interactions in the search index and the names and
  /// lookups of their documents; their personal content reads as empty from now on. What is written for
  /// the person later gets a new key.
  virtual Stored<Nothing> erase_person(std::string_view person) = 0;
  /// Removes closed interactions of a brand (and channel) that closed before, with all that belongs to
  /// them; how many. In steps that let other batches pass: if one fails, those before it have happened.
  virtual Stored<std::size_t> purge(std::string_view brand, std::optional<domain::Channel> channel,
                                    base::Instant closed_before) = 0;
  /// Forgets answers kept before then.
  virtual Stored<std::size_t> forget_answers(base::Instant kept_before) = 0;
};

}  // namespace rapport::records
