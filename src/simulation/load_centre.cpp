#include "simulation/load_centre.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <random>

namespace rapport::simulation {
namespace {

std::string refusal(std::string_view what, Answer const& answer) {
  return fmt::format("{}: {}", what, answer.status == 0 ? answer.problem : fmt::format("{} {} {}", answer.status, answer.problem, answer.text("detail")));
}

/// Long and at random: the accounts stay behind.
std::string new_password() {
  std::random_device source;
  std::string password;
  for (int i = 0; i < 6; ++i) password += fmt::format("{:08x}", source());
  return password;
}

asio::awaitable<LoadPerson> log_in(ApiClient& client, std::string const& login, std::string const& password, std::string& problem) {
  LoadPerson person;
  Answer const answer = co_await client.ask({}, "POST", "/api/v1/login", fields("login", login, "password", password));
  if (!answer.good()) {
    problem = refusal("login as " + login, answer);
    co_return person;
  }
  person.who = {{"Cookie", answer.cookie}, {"X-CSRF-Token", answer.text("csrf_token")}};
  json::object const& me = answer.body.at("me").as_object();
  person.user = std::string{me.at("user").as_string()};
  co_return person;
}

/// Makes it; one that is there already will do.
asio::awaitable<bool> make(ApiClient& client, Credentials const& root, std::string path, json::object body, std::string& problem) {
  std::string const what = path;
  Answer const answer = co_await client.ask(root, "POST", std::move(path), std::move(body));
  if (answer.good() || answer.problem == "name_taken") co_return true;
  problem = refusal(what, answer);
  co_return false;
}

/// Ids by login, of those that an earlier run made.
asio::awaitable<std::map<std::string, std::string>> known_users(ApiClient& client, Credentials const& root, std::string& problem) {
  std::map<std::string, std::string> known;
  std::string after;
  do {
    std::string path = "/api/v1/users?limit=500";
    if (!after.empty()) path += "&after=" + after;
    Answer const page = co_await client.ask(root, "GET", std::move(path), nullptr);
    if (!page.good()) {
      problem = refusal("users", page);
      break;
    }
    for (json::value const& user : page.body.at("items").as_array()) {
      known[std::string{user.at("login").as_string()}] = std::string{user.at("id").as_string()};
    }
    after = page.text("next");
  } while (!after.empty());
  co_return known;
}

asio::awaitable<LoadPerson> employ(ApiClient& client, Credentials const& root, std::map<std::string, std::string> const& known, std::string login, std::string role,
                                   std::string& problem) {
  LoadPerson person;
  auto const found = known.find(login);
  std::string id = found == known.end() ? std::string{} : found->second;
  if (id.empty()) {
    json::object user = fields("login", login, "name", login);
    user["roles"] = json::array{json::string{role}};
    user["brands"] = json::array{json::string{load_brand}};
    Answer const made = co_await client.ask(root, "POST", "/api/v1/users", std::move(user));
    if (!made.good()) {
      problem = refusal("user " + login, made);
      co_return person;
    }
    id = made.text("id");
  }
  Answer const invited = co_await client.ask(root, "POST", "/api/v1/users/" + id + "/invitation", nullptr);
  std::string const password = new_password();
  Answer const set = co_await client.ask({}, "POST", "/api/v1/password-resets/complete", fields("secret", invited.text("secret"), "password", password));
  if (!set.good()) {
    problem = invited.good() ? refusal("password of " + login, set) : refusal("invitation of " + login, invited);
    co_return person;
  }
  person = co_await log_in(client, login, password, problem);
  co_return person;
}

}  // namespace

asio::awaitable<LoadCentre> make_load_centre(ApiClient& client, LoadOptions const& options) {
  LoadCentre centre;
  Credentials root = bearer(options.token);
  if (options.token.empty()) {
    LoadPerson const person = co_await log_in(client, options.login, options.password, centre.problem);
    if (!centre.problem.empty()) co_return centre;
    root = person.who;
  }
  bool made = co_await make(client, root, "/api/v1/brands", fields("id", load_brand, "name", "Load"), centre.problem);
  for (char const* const queue : load_queues) {
    if (made) made = co_await make(client, root, "/api/v1/queues", fields("id", queue, "brand", load_brand, "label", queue, "wrap_up_seconds", 60), centre.problem);
  }
  if (!made) co_return centre;
  auto const known = co_await known_users(client, root, centre.problem);
  if (!centre.problem.empty()) co_return centre;
  centre.supervisor = co_await employ(client, root, known, "load-supervisor", "supervisor", centre.problem);
  for (int i = 1; i <= options.agents && centre.problem.empty(); ++i) {
    LoadPerson agent = co_await employ(client, root, known, fmt::format("load-{}", i), "agent", centre.problem);
    if (!centre.problem.empty()) break;
    json::object profile = fields("id", agent.user);
    profile["capacity"] = fields("chat", 20);
    (void)co_await make(client, root, "/api/v1/agents", std::move(profile), centre.problem);
    centre.agents.push_back(std::move(agent));
    if (i % 10 == 0 || i == options.agents) options.tell(fmt::format("{} of {} agents are logged in", i, options.agents));
  }
  co_return centre;
}

}  // namespace rapport::simulation
