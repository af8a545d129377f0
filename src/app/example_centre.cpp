#include "app/example_centre.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <utility>

namespace rapport::app {
namespace {

/// Four words of a list of 64: 24 bits, for a centre that listens on loopback and guards nothing but
/// examples; the server's lockout does the rest.
std::string example_password() {
  static constexpr auto words = std::to_array<std::string_view>(
      {"amber", "anchor", "apple", "autumn", "bamboo", "basket", "beacon", "birch",  "bridge", "butter", "candle", "canyon", "cedar",
       "cherry", "cloud", "cobalt", "copper", "coral",  "cotton", "desert", "eagle",  "ember",  "falcon", "feather", "fern",  "forest",
       "garden", "ginger", "glacier", "granite", "harbour", "hazel", "heron", "indigo", "island", "ivory", "jasmine", "juniper", "lagoon",
       "lantern", "lemon", "linen", "maple", "marble", "meadow", "mint", "mountain", "nutmeg", "ocean", "olive", "orchid", "otter",
       "pebble", "pepper", "pine", "plum", "quartz", "raven", "river", "saffron", "silver", "spruce", "thistle", "willow"});
  static_assert(words.size() == 64);
  std::string password;
  for (int i = 0; i < 4; ++i) {
    if (i > 0) password += ' ';
    password += words[randombytes_uniform(static_cast<std::uint32_t>(words.size()))];
  }
  return password;
}

records::PutDocument document(std::string kind, std::string id, std::string brand, std::string body) {
  return {std::move(kind), std::move(id), std::move(brand), {}, std::move(body), 0, {}, {}};
}

/// Brand, skills, queues.
records::Batch configuration(base::Instant now) {
  records::Batch batch;
  batch.at = now;
  batch.changes = {
      document("brand", "northwind", {}, R"({"name":"Northwind Energy","time_zone":"Europe/London","language":"en","greeting":"Good to have you here. How can we help?","playbook":"standard","preset":"","retention_days":{}})"),
      document("skill", "billing", {}, R"({"label":"Billing","number":0})"),
      document("skill", "technical", {}, R"({"label":"Technical","number":1})"),
      document("queue", "billing", "northwind", R"({"number":0,"label":"Billing","brand":"northwind","needs":{"billing":1},"offer_seconds":20,"wrap_up_seconds":60,"overflow_after_seconds":120,"overflow_to":"general"})"),
      document("queue", "general", "northwind", R"({"number":1,"label":"General questions","brand":"northwind","offer_seconds":20,"wrap_up_seconds":60})")};
  return batch;
}

struct Person {
  char const* login;
  char const* name;
  people::Role role;
  char const* agent;  ///< the agent document; empty: takes no contacts
};

}  // namespace

base::Result<std::vector<ExampleLogin>> make_example_centre(records::Store& store, people::Accounts& accounts,
                                                            people::PasswordLinks& links, base::Instant now) {
  auto const set_up = accounts.is_set_up();
  if (!set_up) return base::Error{set_up.error().detail};
  std::vector<ExampleLogin> logins;
  if (*set_up) return logins;
  if (auto const done = store.commit(configuration(now)); !done) return base::Error{fmt::format("the store: {}", records::name(done.error()))};
  logins.push_back({"admin", example_password(), "administrator"});
  auto const first = accounts.create_first_administrator({.login = "admin", .name = "Administrator"}, logins[0].password, {}, now);
  if (!first) return base::Error{first.error().detail};
  people::Principal const system = people::system_principal();
  people::Actor const actor{system, {}};
  constexpr auto people = std::to_array<Person>({{"ana", "Ana", people::Role::agent, R"({"skills":{"billing":3},"capacity":{"voice":1,"chat":3,"email":3,"message":3}})"},
                                                 {"ben", "Ben", people::Role::agent, R"({"skills":{"billing":1,"technical":4},"capacity":{"voice":1,"chat":3,"email":3,"message":3}})"},
                                                 {"cleo", "Cleo", people::Role::agent, R"({"skills":{"technical":2},"capacity":{"voice":1,"chat":2,"email":5,"message":5}})"},
                                                 {"sue", "Sue", people::Role::supervisor, ""},
                                                 {"quinn", "Quinn", people::Role::quality, ""}});
  for (Person const& person : people) {
    auto const made = accounts.create(actor, {.login = person.login, .name = person.name, .roles = {person.role}, .brands = {.all = false, .names = {"northwind"}}}, now);
    if (!made) return base::Error{made.error().detail};
    auto const link = links.invite(actor, made->id, now);
    if (!link) return base::Error{link.error().detail};
    std::string password = example_password();
    if (auto const set = links.set_by_link(link->secret, password, {}, now); !set) return base::Error{set.error().detail};
    logins.push_back({person.login, std::move(password), std::string{people::name(person.role)}});
    if (std::string_view{person.agent}.empty()) continue;
    records::Batch batch{{document("agent", made->id, {}, person.agent)}, now, false};
    if (auto const kept = store.commit(std::move(batch)); !kept) return base::Error{fmt::format("the store: {}", records::name(kept.error()))};
  }
  return logins;
}

}  // namespace rapport::app
