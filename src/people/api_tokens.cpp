#include "people/api_tokens.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "base/limits.hpp"
#include "people/secret.hpp"

namespace rapport::people {

ApiTokens::ApiTokens(records::Store& store)
    : Bearers(store, {.kind = token_kind,
                      .removed_as = "token.end",
                      .idle_max = token_life_max,
                      .write_every = 5 * base::minute,
                      .per_user_max = limits::tokens_per_user_max,
                      .of_one_epoch = false}),
      store_(store) {}

Outcome<IssuedToken> ApiTokens::issue(Actor const& actor, NewToken const& asked, base::Instant now) {
  Principal const& owner = actor.principal;
  if (owner.user.empty() || !may(owner, Permission::tokens_own)) return Failure{Refusal::not_permitted};
  if (auto const problem = name_problem(asked.name)) return Failure{Refusal::invalid, *problem};
  if (asked.scopes.empty()) return Failure{Refusal::invalid, "scopes: none"};
  if (asked.expires_at <= now) return Failure{Refusal::invalid, "expires_at: has passed"};
  if (asked.expires_at - now > token_life_max) return Failure{Refusal::invalid, "expires_at: more than 366 days ahead"};
  if (!owner.permissions.has_all(asked.scopes)) return Failure{Refusal::not_permitted, "scopes"};
  if (!asked.brand.empty() && !owner.brands.has(asked.brand)) return Failure{Refusal::not_permitted, "brand"};
  // A token of one brand makes none of more.
  std::string brand = asked.brand;
  if (brand.empty() && owner.kind == Principal::Kind::token && !owner.brands.all) {
    if (owner.brands.names.size() != 1) return Failure{Refusal::invalid, "brand: missing"};
    brand = owner.brands.names.front();
  }
  auto const others = list(owner.user, now);
  if (!others) return others.error();
  if (others->size() >= rules().per_user_max) {
    return Failure{Refusal::too_many, fmt::format("{} tokens of one user", rules().per_user_max)};
  }

  IssuedToken issued{.secret = std::string{token_prefix} + random_secret(), .token = {}};
  constexpr std::size_t hint_signs = 4;
  issued.token = Bearer{.id = id_of(issued.secret),
                        .user = owner.user,
                        .label = asked.name,
                        .hint = issued.secret.substr(0, token_prefix.size() + hint_signs),
                        .address = std::string{actor.address},
                        .brand = brand,
                        .scopes = asked.scopes,
                        .created_at = now,
                        .expires_at = asked.expires_at,
                        .last_used = now,
                        .version = 1};
  records::AuditEntry entry{now, who(owner), "token.issue", person_of_user(owner.user), brand, std::string{actor.address},
                            boost::json::serialize(boost::json::object{{"id", issued.token.id}, {"name", asked.name}})};
  auto const committed = store_.commit({.changes = {to_document(issued.token, 0), std::move(entry)}, .at = now});
  if (!committed) return failure_of(committed.error());
  return issued;
}

}  // namespace rapport::people
