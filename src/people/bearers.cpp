#include "people/bearers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <limits>

#include "base/hash.hpp"
#include "base/limits.hpp"
#include "people/json_body.hpp"

namespace rapport::people {

namespace {

PermissionSet permissions_named(std::vector<std::string> const& names) {
  PermissionSet set;
  for (std::string const& text : names) {
    if (auto const permission = parse_permission(text)) set.add(*permission);
  }
  return set;
}

std::vector<std::string> names_of(PermissionSet set) {
  std::vector<std::string> names;
  for (PermissionInfo const& info : all_permissions()) {
    if (set.has(info.permission)) names.emplace_back(info.name);
  }
  return names;
}

std::string lookup_of(std::string_view user) { return fmt::format("user:{}", user); }

}  // namespace

Bearers::Bearers(records::Store& store, Rules rules)
    : store_(store), rules_(rules), cache_(std::make_shared<BearerCache>(limits::credentials_cached_max)) {}

std::shared_ptr<Authenticated const> Bearers::authenticate_cached(std::string_view secret, base::Instant now) {
  std::string const id = id_of(secret);
  auto used = cache_->use(id, now, rules_.idle_max, rules_.write_every);
  if (!used) return nullptr;
  if (used->to_write) write_use(*used->to_write, now);
  return used->authenticated;
}

Outcome<std::shared_ptr<Authenticated const>> Bearers::authenticate(std::string_view secret, base::Instant now) {
  if (auto cached = authenticate_cached(secret, now)) return cached;
  std::uint64_t const generation = cache_->generation();
  auto const bearer = find(id_of(secret));
  if (!bearer) return bearer.error();
  if (!*bearer || is_over(**bearer, now)) return Failure{Refusal::unauthenticated};
  auto const document = store_.document(user_kind, (*bearer)->user);
  if (!document) return failure_of(document.error());
  auto const user = *document ? to_user(**document) : std::nullopt;
  if (!user || !user->active) return Failure{Refusal::unauthenticated};
  if (rules_.of_one_epoch && (*bearer)->epoch != user->epoch) return Failure{Refusal::unauthenticated};
  auto authenticated = std::make_shared<Authenticated const>(
      Authenticated{principal_of(*user, **bearer, rules_.kind), **bearer});
  cache_->insert(authenticated, now, generation);
  auto const used = cache_->use(authenticated->bearer.id, now, rules_.idle_max, rules_.write_every);
  if (used && used->to_write) write_use(*used->to_write, now);
  return std::shared_ptr<Authenticated const>{std::move(authenticated)};
}

Outcome<bool> Bearers::keep(std::string_view id, base::Instant now) {
  if (auto used = cache_->use(id, now, rules_.idle_max, rules_.write_every)) {
    if (used->to_write) write_use(*used->to_write, now);
    return true;
  }
  auto const bearer = find(id);
  if (!bearer) return bearer.error();
  if (!*bearer || is_over(**bearer, now)) return false;
  Bearer used = **bearer;
  used.last_used = now;
  if (now - (**bearer).last_used >= rules_.write_every) write_use(used, now);
  return true;
}

Outcome<std::vector<Bearer>> Bearers::list(std::string_view user, base::Instant now) {
  auto const documents = store_.documents_by_lookup(rules_.kind, lookup_of(user), {}, limits::page_max);
  if (!documents) return failure_of(documents.error());
  std::vector<Bearer> bearers;
  for (records::Document const& document : documents->documents) {
    if (auto bearer = to_bearer(document); bearer && !is_over(*bearer, now)) bearers.push_back(*std::move(bearer));
  }
  std::sort(bearers.begin(), bearers.end(),
            [](Bearer const& a, Bearer const& b) { return std::tie(a.created_at, a.id) < std::tie(b.created_at, b.id); });
  return bearers;
}

Outcome<std::optional<Bearer>> Bearers::find(std::string_view id) {
  auto const document = store_.document(rules_.kind, id);
  if (!document) return failure_of(document.error());
  return *document ? to_bearer(**document) : std::nullopt;
}

Outcome<Nothing> Bearers::end(Actor const& actor, std::string_view user, std::string_view id, base::Instant now) {
  auto const bearer = find(id);
  if (!bearer) return bearer.error();
  if (!*bearer || (!user.empty() && (*bearer)->user != user)) return Failure{Refusal::not_found};
  records::Batch batch{.changes = {records::RemoveDocument{std::string{rules_.kind}, std::string{id}, std::nullopt},
                                   records::AuditEntry{now, who(actor.principal), std::string{rules_.removed_as},
                                                       person_of_user((*bearer)->user), "", std::string{actor.address},
                                                       boost::json::serialize(boost::json::object{{"id", id}})}},
                       .at = now};
  auto const committed = store_.commit(std::move(batch));
  cache_->forget(id);
  if (!committed) return failure_of(committed.error());
  return Nothing{};
}

void Bearers::remove_before_epoch(std::string_view user, std::int64_t epoch, base::Instant now) {
  auto const bearers = list(user, now);
  if (!bearers) return;
  for (Bearer const& bearer : *bearers) {
    if (bearer.epoch < epoch) remove(bearer.id, now);
  }
}

void Bearers::remove(std::string_view id, base::Instant now) {
  auto const committed = store_.commit(
      {.changes = {records::RemoveDocument{std::string{rules_.kind}, std::string{id}, std::nullopt}}, .at = now});
  static_cast<void>(committed);  // gone meanwhile, or left to `sweep`
  cache_->forget(id);
}

Outcome<std::size_t> Bearers::sweep(base::Instant now) {
  std::size_t removed = 0;
  std::string after;
  for (bool more = true; more;) {
    auto const page = store_.documents(rules_.kind, std::nullopt, after, limits::page_max);
    if (!page) return failure_of(page.error());
    more = page->more;
    for (records::Document const& document : page->documents) {
      after = document.id;
      auto const bearer = to_bearer(document);
      if (bearer && !is_over(*bearer, now)) continue;
      // By version: one that was used meanwhile stays.
      records::Batch batch{.changes = {records::RemoveDocument{document.kind, document.id, document.version}}, .at = now};
      if (store_.commit(std::move(batch))) ++removed;
    }
  }
  return removed;
}

std::string Bearers::id_of(std::string_view secret) const {
  return base::sha256_hex(fmt::format("{}:{}", rules_.kind, secret));
}

records::PutDocument Bearers::to_document(Bearer const& bearer, std::optional<std::int64_t> expected) const {
  boost::json::object body{{"user", bearer.user},
                           {"label", bearer.label},
                           {"hint", bearer.hint},
                           {"address", bearer.address},
                           {"brand", bearer.brand},
                           {"scopes", array_of(names_of(bearer.scopes))},
                           {"epoch", bearer.epoch},
                           {"created_at", bearer.created_at.since_epoch},
                           {"expires_at", bearer.expires_at.since_epoch},
                           {"last_used", bearer.last_used.since_epoch}};
  records::PutDocument put;
  put.kind = rules_.kind;
  put.id = bearer.id;
  put.body = boost::json::serialize(body);
  put.expected = expected;
  put.lookups = {lookup_of(bearer.user)};
  return put;
}

std::optional<Bearer> Bearers::to_bearer(records::Document const& document) const {
  auto const body = parse_object(document.body);
  if (!body) return std::nullopt;
  return Bearer{.id = document.id,
                .user = text_of(*body, "user"),
                .label = text_of(*body, "label"),
                .hint = text_of(*body, "hint"),
                .address = text_of(*body, "address"),
                .brand = text_of(*body, "brand"),
                .scopes = permissions_named(texts_of(*body, "scopes")),
                .epoch = number_of(*body, "epoch").value_or(0),
                .created_at = instant_of(*body, "created_at"),
                .expires_at = instant_of(*body, "expires_at"),
                .last_used = instant_of(*body, "last_used"),
                .version = document.version};
}

bool Bearers::is_over(Bearer const& bearer, base::Instant now) const {
  return now >= bearer.expires_at || now - bearer.last_used >= rules_.idle_max;
}

void Bearers::write_use(Bearer const& bearer, base::Instant now) {
  // With the version that was read: one that has been ended meanwhile does not come back. A write
  // that fails loses a minute of last_used, nothing else.
  records::Batch batch{.changes = {to_document(bearer, bearer.version)}, .at = now};
  store_.submit(std::move(batch), [cache = cache_, id = bearer.id, version = bearer.version](records::Stored<Nothing> done) {
    if (done) cache->written(id, version + 1);
  });
}

Principal principal_of(User const& user, Bearer const& bearer, std::string_view kind) {
  Principal principal = principal_of(user);
  if (kind == session_kind) return principal;
  principal.kind = Principal::Kind::token;
  principal.id = bearer.id;
  principal.name = bearer.label;
  principal.permissions = principal.permissions & bearer.scopes;
  if (!bearer.brand.empty()) {
    bool const has = user.brands.has(bearer.brand);
    principal.narrowed = user.brands.all || user.brands.names != std::vector{bearer.brand};
    principal.brands = {.all = false, .names = has ? std::vector{bearer.brand} : std::vector<std::string>{}};
  }
  if (!may(principal, Permission::contacts_handle)) principal.agent.clear();
  return principal;
}

}  // namespace rapport::people
