#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/metrics.hpp"
#include "base/result.hpp"
#include "calling/attempt.hpp"
#include "calling/book.hpp"
#include "centre/command.hpp"
#include "centre/publication.hpp"
#include "centre/refused.hpp"
#include "records/store.hpp"
#include "server/api/calling_documents.hpp"
#include "server/http/worker_pool.hpp"

namespace rapport::server::api {

/// The lists of numbers to be called, over the store: who has which entry before them, which call is about
/// which, and what came of it. What decides is calling::Book; what came is durable before it is told.
///
/// Any thread, but what is said to block. As a listener it is called on the store's writer thread and does
/// not wait.
class CallingDesk final : public centre::Listener {
 public:
  struct Ways {
    records::Store& store;
    http::WorkerPool& readers;
    std::function<base::Instant()> clock;
    base::Metrics& metrics;
    /// Whether this country is called now, within this window of its day.
    std::function<bool(std::string_view country, base::Instant now, base::Millis from, base::Millis to)> open;
  };
  explicit CallingDesk(Ways ways) : ways_(std::move(ways)) {}

  // At the start, before the centre's and after it. Blocks. Error: the store's.
  records::Stored<records::Nothing> load();
  /// Calls that a stop or a crash cut off, and that are over: what their timelines tell.
  void settle_interrupted();

  void on(centre::Publication const& publication) override;

  /// After a list was made, changed or removed. Blocks.
  void list_changed(records::Document const& document, bool removed);
  /// Takes whoever has this number off the brand's lists: they are to be erased. Busy: a call to them begins
  /// just now. Blocks.
  records::Stored<records::Nothing> forget(std::string_view brand, std::string_view number);
  std::size_t list_count() const;
  calling::Progress progress(std::string_view list) const;
  std::vector<std::string> entries_of(std::string_view list) const;

  struct Imported {
    std::size_t added = 0;
    std::size_t already_there = 0;  ///< by their reference
    std::size_t no_room = 0;        ///< beyond calling_entries_max or calling_entries_all_max
  };
  /// Adds those that the list has not yet, which is known by their references. `known` links who is a customer.
  /// `note` writes down what is about to be added; its error ends it before anything is. Without one: a dry
  /// run. Blocks; one at a time.
  using Note = std::function<records::Stored<records::Nothing>(Imported const&)>;
  records::Stored<Imported> add(CallingList const& list, std::vector<CallingEntry> entries, std::function<std::string(std::string const& number)> const& known, Note const& note, base::Instant now);

  /// What somebody has before them.
  struct Preview {
    CallingEntry kept;
    CallingList list;
    base::Instant until;
  };
  /// The next for this agent, of lists of these queues; who may not be called is settled on the way. The same
  /// again while they have one. Nothing: there is none now. Blocks.
  records::Stored<std::optional<Preview>> take(std::string const& agent, std::span<std::string const> queues, base::Instant now);
  /// What they have before them. Blocks.
  records::Stored<std::optional<Preview>> in_hand(std::string const& agent, base::Instant now);
  /// Back into its list: the agent does something else.
  void release(std::string const& agent);

  /// An agent's call of what they have before them begins as this interaction. The document to be kept with
  /// it; nothing: they have it no more, or it begins already. `began` must follow.
  std::optional<records::PutDocument> begin(std::string const& agent, CallingEntry kept, std::string const& interaction, base::Instant now);
  /// What the centre answered to that interaction's start. It began, too, where a part of it could not be kept:
  /// it was told, and the call is placed.
  void began(std::string const& interaction, centre::Granted<centre::Outcome> const& answer);

  /// What came of it before a call: skipped, later, not to be called. not_found: they have it no more, or call
  /// them already. Blocks.
  records::Stored<records::Nothing> settle(std::string const& agent, CallingEntry kept, CallingStep step, std::optional<base::Instant> at);
  /// The agent's word about a call: the last one before it is closed counts. False: it is about no entry.
  /// Blocks.
  records::Stored<bool> tell(std::string const& interaction, CallingStep step, std::optional<base::Instant> at);
  /// Of the entry that a call is about; empty: none. Blocks.
  std::string number_called(std::string_view interaction) const;

 private:
  /// A call that is about an entry.
  struct Call {
    std::string entry;
    std::string agent;
    calling::Entry as_called;
    calling::Attempt attempt{};
    bool begun = false;                    ///< durable
    std::optional<calling::Entry> told{};  ///< by the agent, and durable
  };

  void list_removed(std::string const& list);
  void conclude(std::string const& interaction);
  void follow(std::string const& interaction, domain::Event const& event);
  std::optional<Preview> preview_of(CallingEntry kept, std::string const& agent);
  records::Stored<bool> is_listed(CallingEntry const& kept);
  /// Of entries that a change of their list ended. In batches, between which others have their word; with an
  /// error some are kept. REQUIRES: no lock held.
  records::Stored<records::Nothing> keep_ended(std::span<calling::Entry const> entries);
  records::Stored<records::Nothing> keep_batch_of_ended(std::span<calling::Entry const> entries);
  /// In batches; with an error some are gone.
  records::Stored<records::Nothing> remove_documents(std::span<std::string const> entries);
  /// A call about this entry is being written. REQUIRES: mutex_ held.
  bool begins(std::string_view entry) const;
  records::Stored<records::Nothing> keep(CallingEntry const& kept, base::Instant now);
  void count(calling::Came came);

  Ways ways_;
  mutable std::mutex mutex_;  ///< of what follows
  calling::Book book_;
  std::map<std::string, CallingList, std::less<>> lists_;
  std::map<std::string, Call, std::less<>> calls_;  ///< by interaction
  std::mutex adding_;                               ///< one file at a time
  std::mutex settling_;                             ///< one word about an entry at a time; taken before mutex_
};

}  // namespace rapport::server::api
