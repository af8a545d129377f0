#include "app/demo_centre.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <boost/json.hpp>
#include <set>
#include <utility>

#include "people/credential.hpp"

namespace rapport::app {
namespace {

namespace json = boost::json;

constexpr std::string_view token_name = "simulation";
constexpr base::Millis token_life = 30 * base::day;
constexpr base::Millis token_needed = 15 * base::minute;  // of an administrator, for the start
constexpr auto level_of = std::to_array<char const*>({"expert", "good", "middling", "poor"});

/// Four words of a list of 64: 24 bits, for a centre that guards nothing but a play; the server's lockout
/// does the rest.
std::string demo_password() {
  static constexpr auto words = std::to_array<std::string_view>(
      {"amber", "anchor", "apple", "autumn", "bamboo", "basket", "beacon", "birch", "bridge", "butter", "candle", "canyon", "cedar",
       "cherry", "cloud", "cobalt", "copper", "coral", "cotton", "desert", "eagle", "ember", "falcon", "feather", "fern", "forest",
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

records::PutDocument document(std::string kind, std::string id, std::string brand, json::object const& body) {
  return {std::move(kind), std::move(id), std::move(brand), {}, json::serialize(body), {}, {}, {}};
}

json::object capacity(int calls, int chats) { return {{"voice", calls}, {"chat", chats}, {"email", 3}, {"message", 3}}; }

/// What calls can end with, by the topics of the queue.
json::object dispositions(simulation::Industry const& industry) {
  std::set<std::string> reasons;
  for (simulation::Topic const& topic : industry.topics) reasons.insert(topic.reason);
  json::array list;
  for (std::string const& reason : reasons) list.push_back(json::object{{"id", reason}, {"label", reason}});
  return {{"reasons", std::move(list)}};
}

}  // namespace

std::string leads_queue(std::string_view brand) { return fmt::format("{}-leads", brand); }

std::vector<DemoLogin> new_demo_logins() {
  return {{"agent", "agent", demo_password(), "serve customers beside the simulated agents"},
          {"agent2", "agent", demo_password(), "a second desk, to hand conversations to"},
          {"supervisor", "supervisor", demo_password(), "watch the floor, listen in, take over"},
          {"quality", "quality", demo_password(), "read scorecards, agree or overrule"},
          {"admin", "administrator", demo_password(), "users, queues, brands, playbooks"}};
}

base::Result<void> DemoCentre::commit(std::vector<records::Change> changes, base::Instant now) {
  auto const done = parts_.store.commit({std::move(changes), now, false});
  if (!done) return base::Error{fmt::format("the store: {}", records::name(done.error()))};
  return {};
}

records::Batch DemoCentre::configuration(base::Instant now) const {
  records::Batch batch;
  batch.at = now;
  std::map<std::string, int> skills;
  int queues = 0;
  auto const number = [&skills](std::string const& skill) { return skills.try_emplace(skill, static_cast<int>(skills.size())).first->second; };
  for (simulation::Industry const& industry : parts_.book.industries) {
    batch.changes.push_back(document("brand", industry.brand, {},
                                     {{"name", industry.name}, {"time_zone", industry.time_zone}, {"language", "en"}, {"greeting", industry.greeting}, {"playbook", "standard"}, {"preset", demo_preset}, {"retention_days", json::object{}}}));
    json::object const rules{{"brand", industry.brand}, {"offer_seconds", 20}, {"acknowledge_seconds", 30}, {"wrap_up_seconds", 60}, {"not_responding_seconds", 60}, {"target_seconds", 30}, {"target_percent", 80}, {"strategy", "longest_idle"}};
    for (simulation::ScriptedQueue const& queue : industry.queues) {
      json::object body = rules;
      body["number"] = queues++;
      body["label"] = queue.label;
      body["needs"] = json::object{{queue.skill, 1}};
      body["overflow_after_seconds"] = 180;
      body["overflow_to"] = leads_queue(industry.brand);
      body["dispositions"] = dispositions(industry);
      (void)number(queue.skill);
      batch.changes.push_back(document("queue", queue.id, industry.brand, body));
    }
    json::object leads = rules;
    leads["number"] = queues++;
    leads["label"] = "Team leads";
    leads["priority"] = 3;
    leads["needs"] = json::object{{"lead", 1}};
    leads["dispositions"] = dispositions(industry);
    batch.changes.push_back(document("queue", leads_queue(industry.brand), industry.brand, leads));
    for (simulation::ScriptedReply const& reply : industry.replies) {
      auto put = document("canned_reply", fmt::format("{}-{}", industry.brand, reply.shortcut), industry.brand,
                          {{"shortcut", reply.shortcut}, {"title", reply.title}, {"text", reply.text}, {"language", "en"}});
      put.names = {reply.shortcut};
      batch.changes.push_back(std::move(put));
    }
  }
  (void)number("lead");
  for (auto const& [skill, numbered] : skills) batch.changes.push_back(document("skill", skill, {}, {{"label", skill}, {"number", numbered}}));
  return batch;
}

base::Result<people::User> DemoCentre::person(people::NewUser user, base::Instant now) {
  auto const known = parts_.store.document_by_name(people::user_kind, {}, user.login);
  if (!known) return base::Error{fmt::format("the store: {}", records::name(known.error()))};
  if (*known) {
    auto found = people::to_user(**known);
    if (!found) return base::Error{fmt::format("user {}: cannot be read", user.login)};
    return *found;
  }
  people::Principal const system = people::system_principal();
  auto made = parts_.accounts.create({system, {}}, std::move(user), now);
  if (!made) return base::Error{made.error().detail};
  return *made;
}

/// Directly, as nobody chose it: an invitation may be sent once a minute only, and this may be cut off.
base::Result<void> DemoCentre::set_password(people::User const& user, std::string const& password, base::Instant now) {
  people::Credential credential;
  credential.user = user.id;
  auto hash = people::hash_password(password, parts_.cost);
  if (!hash) return base::Error{"no memory for hashing passwords"};
  credential.password_hash = std::move(*hash);
  return commit({people::to_document(credential, std::nullopt)}, now);
}

base::Result<void> DemoCentre::make(std::vector<DemoLogin> const& logins, base::Instant now) {
  if (auto done = commit(configuration(now).changes, now); !done) return done;
  auto const set_up = parts_.accounts.is_set_up();
  if (!set_up) return base::Error{set_up.error().detail};
  json::object skills{{"lead", 5}};
  for (simulation::Industry const& industry : parts_.book.industries) {
    for (simulation::ScriptedQueue const& queue : industry.queues) skills[queue.skill] = 5;
  }
  for (DemoLogin const& one : logins) {
    people::NewUser user{.login = one.login, .name = "Demo " + one.login, .roles = {*people::parse_role(one.role)}, .brands = people::BrandSet::every()};
    bool const first = one.role == "administrator" && !*set_up;
    if (first) {
      auto const made = parts_.accounts.create_first_administrator(std::move(user), one.password, {}, now);
      if (!made) return base::Error{made.error().detail};
      continue;
    }
    auto const made = person(std::move(user), now);
    if (!made) return made.error();
    if (auto done = set_password(*made, one.password, now); !done) return done;
    if (one.role != "agent") continue;
    if (auto done = commit({document("agent", made->id, {}, {{"skills", skills}, {"capacity", capacity(1, 3)}})}, now); !done) return done;
  }
  return {};
}

base::Result<std::string> DemoCentre::token(people::User const& user, people::PermissionSet scopes, base::Millis life, base::Instant now) {
  people::Principal const principal = people::principal_of(user);
  people::Actor const actor{principal, {}};
  auto const before = parts_.tokens.list(user.id, now);
  if (!before) return base::Error{before.error().detail};
  for (people::Bearer const& one : *before) {
    if (one.label != token_name) continue;
    if (auto const ended = parts_.tokens.end(actor, user.id, one.id, now); !ended) return base::Error{ended.error().detail};
  }
  auto const issued = parts_.tokens.issue(actor, {std::string{token_name}, scopes, {}, now + life}, now);
  if (!issued) return base::Error{issued.error().detail};
  return issued->secret;
}

base::Result<std::vector<simulation::SimulatedAgent>> DemoCentre::agents(int count, bool telephone, base::Instant now) {
  std::vector<simulation::SimulatedAgent> all;
  auto const& industries = parts_.book.industries;
  auto const& names = parts_.book.people.agents;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    simulation::Industry const& industry = industries[i % industries.size()];
    std::string const level = level_of[i / industries.size() % level_of.size()];
    bool const lead = level == "expert";
    std::string name = names[i % names.size()];
    if (i >= names.size()) name += fmt::format(" {}", i / names.size() + 1);
    auto const user = person({.login = fmt::format("sim-{}", i + 1), .name = name, .roles = {people::Role::agent}, .brands = {.all = false, .names = {industry.brand}}}, now);
    if (!user) return user.error();
    json::object skills;
    for (simulation::ScriptedQueue const& queue : industry.queues) skills[queue.skill] = lead ? 5 : 3;
    if (lead) skills["lead"] = 5;
    // Who has a conversation in writing gets no call meanwhile, so some do nothing but take calls.
    bool const only_calls = telephone && level == "good";
    bool const calls = only_calls || (telephone && lead);
    if (auto done = commit({document("agent", user->id, {}, {{"skills", skills}, {"capacity", capacity(calls ? 1 : 0, only_calls ? 0 : 2)}})}, now); !done) return done.error();
    auto const secret = token(*user, people::principal_of(*user).permissions, token_life, now);
    if (!secret) return secret.error();
    all.push_back({user->id, name, *secret, industry.brand, level, lead ? std::string{} : leads_queue(industry.brand), calls, !only_calls});
  }
  return all;
}

base::Result<DemoTelephone> DemoCentre::telephone(base::Instant now) {
  using people::Permission;
  auto const listener = person({.login = "sim-recogniser", .name = "Recogniser", .roles = {people::Role::supervisor}, .brands = people::BrandSet::every()}, now);
  if (!listener) return listener.error();
  auto const administrator = person({.login = "admin", .name = "Demo admin", .roles = {people::Role::administrator}, .brands = people::BrandSet::every()}, now);
  if (!administrator) return administrator.error();
  auto recogniser = token(*listener, {Permission::interactions_read_all, Permission::interactions_write_any}, token_life, now);
  if (!recogniser) return recogniser.error();
  auto maker = token(*administrator, {Permission::users_write}, token_needed, now);
  if (!maker) return maker.error();
  return DemoTelephone{std::move(*recogniser), std::move(*maker)};
}

}  // namespace rapport::app
