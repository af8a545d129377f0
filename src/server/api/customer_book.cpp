#include "server/api/customer_book.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "base/limits.hpp"
#include "customers/json.hpp"
#include "server/api/amend.hpp"
#include "server/api/document_body.hpp"

namespace rapport::server::api {
namespace {

using customers::Case;
using customers::Profile;
using customers::Promise;
using records::Stored;
using records::StoreError;

base::Result<Profile> parse(std::string_view body, Profile const*) { return customers::profile_from_json(body); }
base::Result<Case> parse(std::string_view body, Case const*) { return customers::case_from_json(body); }
base::Result<Promise> parse(std::string_view body, Promise const*) { return customers::promise_from_json(body); }

std::string_view kind_of(Profile const*) { return customers::customer_kind; }
std::string_view kind_of(Case const*) { return customers::case_kind; }
std::string_view kind_of(Promise const*) { return customers::promise_kind; }

template <typename Value>
std::string_view kind() {
  return kind_of(static_cast<Value const*>(nullptr));
}

template <typename Value>
Stored<std::optional<Kept<Value>>> kept(records::Document const& document) {
  if (document.body.empty()) return std::optional<Kept<Value>>{};  // erased
  auto value = parse(document.body, static_cast<Value const*>(nullptr));
  if (!value) return StoreError::broken;
  return std::optional{Kept<Value>{std::move(*value), document.version, document.changed_at}};
}

template <typename Value>
Stored<std::optional<Kept<Value>>> find(records::Store& store, std::string_view id) {
  auto const document = store.document(kind<Value>(), id);
  if (!document) return document.error();
  if (!*document) return std::optional<Kept<Value>>{};
  return kept<Value>(**document);
}

template <typename Value>
KeptPage<Value> read_page(records::DocumentPage const& found, base::Counter& unreadable) {
  KeptPage<Value> page;
  page.more = found.more;
  for (records::Document const& document : found.documents) {
    page.last = document.id;
    auto one = kept<Value>(document);
    if (!one) unreadable.add();  // one bad document is not everybody's
    if (one && *one) page.items.push_back(std::move(**one));
  }
  return page;
}

/// Several lookups as one list: the first `limit` of what they find from there on.
template <typename Value>
Stored<KeptPage<Value>> page_of(records::Store& store, std::span<std::string const> lookups, std::string_view after_id, std::size_t limit, base::Counter& unreadable) {
  std::map<std::string, records::Document> found;
  records::DocumentPage page;
  for (std::string const& lookup : lookups) {
    auto one = store.documents_by_lookup(kind<Value>(), lookup, after_id, limit);
    if (!one) return one.error();
    page.more = page.more || one->more;
    for (records::Document& document : one->documents) found.emplace(document.id, std::move(document));
  }
  for (auto& [id, document] : found) {
    if (page.documents.size() == limit) {
      page.more = true;
      break;
    }
    page.documents.push_back(std::move(document));
  }
  return read_page<Value>(page, unreadable);
}

template <typename Value>
Stored<KeptPage<Value>> page_of(records::Store& store, std::optional<std::string_view> brand, std::string_view after_id, std::size_t limit, base::Counter& unreadable) {
  auto const page = store.documents(kind<Value>(), brand, after_id, limit);
  if (!page) return page.error();
  return read_page<Value>(*page, unreadable);
}

template <typename Value, typename Change, typename Find>
Stored<records::Nothing> change_kept(records::Store& store, base::Instant now, Change const& change, Find const& find_it) {
  auto const done = again_while_beaten([&]() -> std::optional<Stored<records::Nothing>> {
    Stored<std::optional<Kept<Value>>> found = find_it();
    if (!found) return found.error();
    if (!*found || !change((**found).value)) return records::Nothing{};
    auto kept = store.commit({{customers::to_document((**found).value, (**found).version)}, now, false});
    if (!kept && kept.error() == StoreError::conflict) return std::nullopt;
    return kept;
  });
  return done.value_or(StoreError::busy);
}

/// `open`: active cases, promises that are owed.
std::vector<std::string> of_parts(Profile const& customer, std::string (*lookup)(std::string_view, bool), bool open) {
  std::vector<std::string> lookups;
  for (Profile const* const part : customers::parts(customer)) lookups.push_back(lookup(part->id, open));
  return lookups;
}

/// What all pages hold, or as many of them as it takes to reach `most`.
template <typename Value>
Stored<std::vector<Kept<Value>>> all_pages(std::function<Stored<KeptPage<Value>>(std::string const& after)> const& page_behind, std::size_t most) {
  std::vector<Kept<Value>> all;
  std::string after;
  for (bool more = true; more && all.size() < most;) {
    auto page = page_behind(after);
    if (!page) return page.error();
    std::ranges::move(page->items, std::back_inserter(all));
    after = page->last;
    more = page->more;
  }
  if (all.size() > most) all.resize(most);
  return all;
}

}  // namespace

Stored<std::optional<KeptCustomer>> CustomerBook::customer(std::string_view id) const {
  auto own = find<Profile>(store_, id);
  if (!own || *own) return own;
  auto const merged = store_.documents_by_lookup(customers::customer_kind, customers::lookup_of_part(id), {}, 1);
  if (!merged) return merged.error();
  if (merged->documents.empty()) return std::optional<KeptCustomer>{};
  return kept<Profile>(merged->documents.front());
}

Stored<bool> CustomerBook::blocked(std::string_view brand, std::span<domain::Identifier const> identifiers, base::Instant now) const {
  for (domain::Identifier const& identifier : identifiers) {
    auto const found = store_.document_by_name(blocked_kind, brand, customers::match_key(identifier));
    if (!found) return found.error();
    if (!*found) continue;
    auto const body = body_of(**found);
    auto const until = base::parse_rfc3339(body ? text_or(*body, "until", {}) : std::string{});
    if (!until || now < *until) return true;
  }
  return false;
}

Stored<std::optional<KeptCase>> CustomerBook::matter(std::string_view id) const { return find<Case>(store_, id); }
Stored<std::optional<KeptPromise>> CustomerBook::promise(std::string_view id) const { return find<Promise>(store_, id); }

Stored<std::vector<KeptCustomer>> CustomerBook::matching(std::string_view brand, std::span<domain::Identifier const> identifiers) const {
  auto const links = rules_.links();
  std::map<std::string, KeptCustomer> found;
  for (std::string const& near : links->within_reach(brand)) {
    for (domain::Identifier const& identifier : identifiers) {
      auto const page = store_.documents_by_lookup(customers::customer_kind, customers::lookup_of(near, identifier), {}, limits::page_max);
      if (!page) return page.error();
      auto read = read_page<Profile>(*page, unreadable_);
      for (KeptCustomer& one : read.items) found.emplace(one.value.id, std::move(one));
    }
  }
  std::vector<Profile> candidates;
  for (auto const& [id, one] : found) candidates.push_back(one.value);
  std::vector<KeptCustomer> matches;
  for (customers::Match const& match : customers::match(candidates, identifiers, brand, *links)) matches.push_back(std::move(found.at(match.profile)));
  return matches;
}

CustomerBook::Alone CustomerBook::alone(std::string_view brand, std::span<domain::Identifier const> identifiers) const {
  std::set<std::size_t> places;
  for (std::string const& near : rules_.links()->within_reach(brand)) {
    for (domain::Identifier const& identifier : identifiers) places.insert(std::hash<std::string>{}(customers::lookup_of(near, identifier)) % giving_.size());
  }
  Alone held;
  for (std::size_t const place : places) held.emplace_back(giving_[place]);
  return held;
}

Stored<KeptCustomer> CustomerBook::create(Profile profile, base::Instant now) const {
  auto const identifiers = customers::identifiers(profile);
  Alone const held = alone(profile.brand, identifiers);
  auto others = matching(profile.brand, std::span{identifiers}.first(identifiers.empty() ? 0 : 1));
  if (!others) return others.error();
  if (!others->empty()) return std::move(others->front());
  auto const done = store_.commit({{customers::to_document(profile, 0)}, now, false});
  if (!done) return done.error();
  return KeptCustomer{std::move(profile), 1, now};
}

Stored<std::vector<KeptCase>> CustomerBook::active_cases(Profile const& customer) const {
  auto page = cases(of_parts(customer, customers::cases_of_customer, true), {}, limits::page_max);
  if (!page) return page.error();
  return std::move(page->items);
}

Stored<std::vector<KeptPromise>> CustomerBook::owed_promises(Profile const& customer) const {
  auto page = promises(of_parts(customer, customers::promises_of_customer, true), {}, limits::page_max);
  if (!page) return page.error();
  return std::move(page->items);
}

Stored<std::vector<KeptCase>> CustomerBook::every_case(Profile const& customer) const {
  auto const lookups = of_parts(customer, customers::cases_of_customer, false);
  return all_pages<customers::Case>([&](std::string const& after) { return cases(lookups, after, limits::page_max); }, SIZE_MAX);
}

Stored<std::vector<KeptPromise>> CustomerBook::every_promise(Profile const& customer) const {
  auto const lookups = of_parts(customer, customers::promises_of_customer, false);
  return all_pages<customers::Promise>([&](std::string const& after) { return promises(lookups, after, limits::page_max); }, SIZE_MAX);
}

Stored<std::vector<KeptPromise>> CustomerBook::promises_of(std::string_view matter, bool owed) const {
  std::vector<std::string> const lookups{customers::promises_of_case(matter, owed)};
  return all_pages<customers::Promise>([&](std::string const& after) { return promises(lookups, after, limits::page_max); }, limits::case_promises_max);
}

Stored<records::InteractionPage> CustomerBook::interactions(Profile const& customer, records::InteractionQuery query) const {
  records::InteractionPage all;
  for (Profile const* const part : customers::parts(customer)) {
    query.customer = part->id;
    auto page = store_.search(query);
    if (!page) return page.error();
    all.more = all.more || page->more;
    for (records::InteractionRow& row : page->rows) all.rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(all.rows, std::ranges::greater{}, &records::InteractionRow::started_at);
  if (all.rows.size() > query.limit) {
    all.rows.resize(query.limit);
    all.more = true;
  }
  return all;
}

Stored<KeptPage<Case>> CustomerBook::cases(std::span<std::string const> lookups, std::string_view after_id, std::size_t limit) const {
  return page_of<Case>(store_, lookups, after_id, limit, unreadable_);
}
Stored<KeptPage<Promise>> CustomerBook::promises(std::span<std::string const> lookups, std::string_view after_id, std::size_t limit) const {
  return page_of<Promise>(store_, lookups, after_id, limit, unreadable_);
}
Stored<KeptPage<Case>> CustomerBook::cases(std::optional<std::string_view> brand, std::string_view after_id, std::size_t limit) const {
  return page_of<Case>(store_, brand, after_id, limit, unreadable_);
}
Stored<KeptPage<Promise>> CustomerBook::promises(std::optional<std::string_view> brand, std::string_view after_id, std::size_t limit) const {
  return page_of<Promise>(store_, brand, after_id, limit, unreadable_);
}

Stored<records::Nothing> CustomerBook::change_customer(std::string_view id, base::Instant now, std::function<bool(Profile&)> const& change) const {
  return change_kept<Profile>(store_, now, change, [&] { return customer(id); });
}
Stored<records::Nothing> CustomerBook::change_case(std::string_view id, base::Instant now, std::function<bool(Case&)> const& change) const {
  return change_kept<Case>(store_, now, change, [&] { return matter(id); });
}
Stored<records::Nothing> CustomerBook::change_promise(std::string_view id, base::Instant now, std::function<bool(Promise&)> const& change) const {
  return change_kept<Promise>(store_, now, change, [&] { return promise(id); });
}

}  // namespace rapport::server::api
