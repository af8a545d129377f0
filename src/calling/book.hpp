#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "calling/entry.hpp"

namespace rapport::calling {

/// How many entries of a list are so far.
struct Progress {
  std::size_t waiting = 0;  ///< for their first call, or the next
  std::size_t in_hand = 0;  ///< of these: an agent looks at them
  std::size_t calling = 0;
  std::size_t reached = 0;
  std::size_t not_reached = 0;  ///< called as often as the list asks
  std::size_t refused = 0;      ///< not to be called
  std::size_t wrong = 0;        ///< no such number, or somebody else's
  std::size_t skipped = 0;      ///< agents passed them over

  std::size_t all() const { return waiting + calling + reached + not_reached + refused + wrong + skipped; }
  bool operator==(Progress const&) const = default;
};

/// All lists with their entries, and which agent looks at which: at most one each, and no entry and no number
/// is in two hands at once. What is in hand is known here alone: it is not durable, so after a crash it waits
/// as before. A value; one thread at a time. Taking an entry costs the lists and countries, not the entries.
class Book {
 public:
  /// Whether a country's clocks are within this window of the day, and whatever else holds for calls.
  using Open = std::function<bool(std::string_view country, base::Millis from, base::Millis to)>;

  /// New, or as it is now. Where it asks for fewer calls than before: `end_spent`, and what that returns. Looks
  /// at all its entries where it asks for fewer calls, or for another rest.
  std::vector<Entry> set(Rules rules);
  /// Whoever waits and was called as often as the list asks is done, unless they named a time. Returns those whom
  /// that changed. Looks at all its entries.
  std::vector<Entry> end_spent(std::string_view list);
  /// With all its entries; whoever has one in hand has it no more.
  void remove_list(std::string_view list);
  Rules const* rules(std::string_view list) const;
  std::size_t list_count() const { return lists_.size(); }

  /// New, or as it is now. False: its list is not there, or is full, and so nothing changed.
  bool put(Entry entry);
  void remove(std::string_view entry);
  Entry const* find(std::string_view entry) const;
  std::size_t size() const { return entries_.size(); }
  /// In order of their coming into the list.
  std::vector<std::string> of_list(std::string_view list) const;
  Progress progress(std::string_view list) const;
  /// Of this brand's lists, with this number. Looks at all entries.
  std::vector<std::string> having(std::string_view brand, std::string_view number) const;

  /// The next for this agent, who has the lists of these queues: of the lists that run those of the greatest
  /// priority first, and of these the one that waits longest. It is theirs until `release`, or `put` makes
  /// it another than waiting. One that they have in hand already is given again.
  std::optional<Entry> take(std::string const& agent, std::span<std::string const> queues, base::Instant now, Open const& open);
  /// Those in which somebody waits, of any list.
  std::set<std::string> countries() const;
  /// What the agent has in hand; null: nothing.
  Entry const* in_hand(std::string_view agent) const;
  base::Instant taken_at(std::string_view agent) const;
  void release(std::string_view agent);
  /// Agents who have had one in hand since before then.
  std::vector<std::string> in_hand_since(base::Instant before) const;

 private:
  /// When it is next, and which.
  using Key = std::tuple<base::Instant, std::uint64_t, std::string>;
  struct List {
    Rules rules;
    std::map<std::string, std::set<Key>, std::less<>> waiting;  ///< by country
    std::map<std::uint64_t, std::string> in_order;
    Progress progress;
  };
  struct Kept {
    Entry entry;
    base::Instant wakes{};  ///< its key's moment: `next_at`, or when others' rest is over
    std::string agent{};    ///< who has it in hand
  };
  struct Called {
    std::string list;
    base::Instant at;
  };
  struct Hand {
    std::string entry;
    base::Instant since;
  };

  static Key key(Kept const& kept) { return {kept.wakes, kept.entry.order, kept.entry.id}; }
  static std::size_t& counted(Progress& progress, Entry const& entry);
  std::vector<Kept*> waiting_in(List const& list);
  void index(Kept& kept, List& list);
  void drop(Kept const& kept, List& list);
  base::Instant rested(Entry const& entry, Rules const& rules) const;
  Kept const* first_of(List& list, base::Instant now, Open const& open);

  std::map<std::string, List, std::less<>> lists_;
  std::unordered_map<std::string, Kept> entries_;
  std::map<std::string, Hand, std::less<>> hands_;                         ///< by agent
  std::set<std::string, std::less<>> busy_;                                ///< numbers in hand, or called
  std::unordered_map<std::string, std::map<std::string, Called>> called_;  ///< number: by entry; those that are here alone
};

}  // namespace rapport::calling
