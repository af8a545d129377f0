#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/metrics.hpp"
#include "base/time.hpp"
#include "customers/documents.hpp"
#include "records/store.hpp"
#include "server/api/brand_rules.hpp"

namespace rapport::server::api {

/// Documents of those whom a brand does not serve: named by the identifier's match_key, "until" a moment
/// or for good.
inline constexpr std::string_view blocked_kind = "blocked_customer";

/// A document read back, with the version that it has.
template <typename Value>
struct Kept {
  Value value;
  std::int64_t version = 0;  ///< the ETag
  base::Instant changed_at;
};
using KeptCustomer = Kept<customers::Profile>;
using KeptCase = Kept<customers::Case>;
using KeptPromise = Kept<customers::Promise>;

template <typename Value>
struct KeptPage {
  std::vector<Kept<Value>> items;
  std::string last;  ///< where the next page begins
  bool more = false;
};

/// Customers, their cases and promises as the store holds them. Whoever asks says what somebody may see.
/// Blocks; any thread. Errors are the store's; `broken` for a body that is not ours, which is left out of a page
/// and counted. What was erased is not there.
class CustomerBook {
 public:
  CustomerBook(records::Store& store, BrandRules const& rules, base::Metrics& metrics)
      : store_(store), rules_(rules), unreadable_(metrics.counter("rapport_customer_documents_unreadable_total", "Customers, cases and promises left out of a page because they could not be read")) {}
  CustomerBook(CustomerBook const&) = delete;
  CustomerBook& operator=(CustomerBook const&) = delete;

  /// By the customer's own id, or that of a part that was merged into them.
  records::Stored<std::optional<KeptCustomer>> customer(std::string_view id) const;
  records::Stored<std::optional<KeptCase>> matter(std::string_view id) const;
  records::Stored<std::optional<KeptPromise>> promise(std::string_view id) const;

  /// Customers of the brand, and of those linked with it, who have one of these identifiers; best first
  /// (customers::match). REQUIRES: normalised.
  records::Stored<std::vector<KeptCustomer>> matching(std::string_view brand, std::span<domain::Identifier const> identifiers) const;

  /// Whether the brand has blocked one of these identifiers, and still does. REQUIRES: normalised.
  records::Stored<bool> blocked(std::string_view brand, std::span<domain::Identifier const> identifiers, base::Instant now) const;

  // Of all the customer's parts; at most limits::page_max of each part.
  records::Stored<std::vector<KeptCase>> active_cases(customers::Profile const& customer) const;
  records::Stored<std::vector<KeptPromise>> owed_promises(customers::Profile const& customer) const;
  // Of all the customer's parts, in whatever state, all of them.
  records::Stored<std::vector<KeptCase>> every_case(customers::Profile const& customer) const;
  records::Stored<std::vector<KeptPromise>> every_promise(customers::Profile const& customer) const;
  /// Of a case, at most limits::case_promises_max.
  records::Stored<std::vector<KeptPromise>> promises_of(std::string_view matter, bool owed) const;
  /// Interactions of all parts, newest first. `query` says the rest; its customer is not looked at.
  records::Stored<records::InteractionPage> interactions(customers::Profile const& customer, records::InteractionQuery query) const;

  /// A page of what any of these lookups finds, by id, each once.
  records::Stored<KeptPage<customers::Case>> cases(std::span<std::string const> lookups, std::string_view after_id, std::size_t limit) const;
  records::Stored<KeptPage<customers::Promise>> promises(std::span<std::string const> lookups, std::string_view after_id, std::size_t limit) const;
  /// A page of all of one brand, or of every brand.
  records::Stored<KeptPage<customers::Case>> cases(std::optional<std::string_view> brand, std::string_view after_id, std::size_t limit) const;
  records::Stored<KeptPage<customers::Promise>> promises(std::optional<std::string_view> brand, std::string_view after_id, std::size_t limit) const;

  // Changes what is kept, again while somebody else was faster. `change` says whether there is anything to
  // keep. What is not there is left alone.
  records::Stored<records::Nothing> change_customer(std::string_view id, base::Instant now, std::function<bool(customers::Profile&)> const& change) const;
  records::Stored<records::Nothing> change_case(std::string_view id, base::Instant now, std::function<bool(customers::Case&)> const& change) const;
  records::Stored<records::Nothing> change_promise(std::string_view id, base::Instant now, std::function<bool(customers::Promise&)> const& change) const;

  /// Held while somebody looks who has these identifiers and gives them away: of two at once one waits.
  /// Blocks. REQUIRES: normalised; the thread holds none yet.
  using Alone = std::vector<std::unique_lock<std::mutex>>;
  Alone alone(std::string_view brand, std::span<domain::Identifier const> identifiers) const;

  /// Keeps a customer who was not known by their first identifier: known by now, they are given back, for of
  /// two contacts at once one makes the customer.
  records::Stored<KeptCustomer> create(customers::Profile profile, base::Instant now) const;

  BrandRules const& rules() const { return rules_; }

 private:
  records::Store& store_;
  BrandRules const& rules_;
  base::Counter& unreadable_;
  mutable std::array<std::mutex, 16> giving_;  ///< of identifiers, by their hash; taken in ascending order
};

}  // namespace rapport::server::api
