#include "server/api/configuration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <memory>

#include "base/limits.hpp"
#include "centre/agent_document.hpp"
#include "centre/ids.hpp"
#include "centre/zone_table.hpp"
#include "server/api/document_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using Numbers = std::map<std::string, std::uint32_t, std::less<>>;

base::Result<json::object> object_of(records::Document const& document) {
  auto body = body_of(document);
  if (!body) return base::Error{fmt::format("{} {}: not a JSON object", document.kind, document.id)};
  return std::move(*body);
}

std::optional<std::uint32_t> number_in(Numbers const& numbers, std::string_view slug) {
  auto const found = numbers.find(slug);
  if (found == numbers.end()) return std::nullopt;
  return found->second;
}

std::string slug_in(Numbers const& numbers, std::uint32_t number) {
  auto const found = std::ranges::find(numbers, number, &Numbers::value_type::second);
  return found == numbers.end() ? std::string{} : found->first;
}

std::uint32_t number_of(Numbers& numbers, std::string_view slug) {
  if (auto const known = number_in(numbers, slug)) return *known;
  std::uint32_t next = 0;
  for (auto const& [other, number] : numbers) next = std::max(next, number + 1);
  numbers.emplace(slug, next);
  return next;
}

/// An agent who has no document: one call or three chats, no skills.
constexpr std::string_view usual_agent = R"({"capacity":{"voice":1,"chat":3,"email":3,"message":3}})";

}  // namespace

centre::Numbering Configuration::numbering() const {
  return {[this](std::string_view slug) { return skill(slug); },
          [this](std::string_view slug) -> std::optional<routing::QueueId> {
            std::lock_guard const lock{mutex_};
            auto const number = number_in(queues_, slug);
            if (!number) return std::nullopt;
            return routing::QueueId{*number};
          },
          [this](routing::SkillId number) {
            std::lock_guard const lock{mutex_};
            return slug_in(skills_, static_cast<std::uint32_t>(number));
          },
          [this](routing::QueueId number) {
            std::lock_guard const lock{mutex_};
            return slug_in(queues_, static_cast<std::uint32_t>(number));
          }};
}

std::optional<routing::SkillId> Configuration::skill(std::string_view slug) const {
  std::lock_guard const lock{mutex_};
  auto const number = number_in(skills_, slug);
  if (!number) return std::nullopt;
  return routing::SkillId{static_cast<std::uint16_t>(*number)};
}

routing::SkillId Configuration::number_skill(std::string_view slug) {
  std::lock_guard const lock{mutex_};
  return routing::SkillId{static_cast<std::uint16_t>(number_of(skills_, slug))};
}

routing::QueueId Configuration::number_queue(std::string_view slug) {
  std::lock_guard const lock{mutex_};
  return routing::QueueId{number_of(queues_, slug)};
}

base::Result<void> Configuration::load_kind(std::string_view kind, std::function<base::Result<void>(records::Document const&)> const& take) const {
  std::string after;
  for (;;) {
    auto page = store_.documents(kind, std::nullopt, after, limits::page_max);
    if (!page) return base::Error{fmt::format("the store: {}", records::name(page.error()))};
    for (records::Document const& document : page->documents) {
      if (auto taken = take(document); !taken) return taken;
    }
    if (!page->more) return {};
    after = page->documents.back().id;
  }
}

base::Result<void> Configuration::load_numbers(std::string_view kind, Numbers& numbers) const {
  return load_kind(kind, [&](records::Document const& document) -> base::Result<void> {
    auto body = object_of(document);
    if (!body) return body.error();
    json::value const* const number = body->if_contains("number");
    if (number == nullptr || !number->is_int64() || number->get_int64() < 0) return base::Error{fmt::format("{} {}: number: missing", kind, document.id)};
    numbers[document.id] = static_cast<std::uint32_t>(number->get_int64());
    return {};
  });
}

base::Result<std::vector<centre::Command>> Configuration::load() {
  {
    std::lock_guard const lock{mutex_};
    skills_.clear();
    queues_.clear();
    if (auto read = load_numbers("skill", skills_); !read) return read.error();
    if (auto read = load_numbers("queue", queues_); !read) return read.error();
  }
  std::vector<centre::Command> commands;
  brands_.clear();
  auto const brand = load_kind("brand", [&](records::Document const& document) -> base::Result<void> {
    auto command = brand_command(document);
    if (!command) return command.error();
    commands.push_back(std::move(*command));
    brands_.push_back(document);
    return {};
  });
  if (!brand) return brand.error();
  auto const queue = load_kind("queue", [&](records::Document const& document) -> base::Result<void> {
    auto command = queue_command(document);
    if (!command) return command.error();
    commands.push_back(std::move(*command));
    return {};
  });
  if (!queue) return queue.error();
  auto const agent = load_kind(people::user_kind, [&](records::Document const& document) -> base::Result<void> {
    auto const user = people::to_user(document);
    if (!user) return {};  // erased
    auto command = agent_command(*user);
    if (!command) return command.error();
    if (*command) commands.push_back(std::move(**command));
    return {};
  });
  if (!agent) return agent.error();
  return commands;
}

base::Result<centre::QueueDocument> Configuration::read_queue(json::value const& document) const {
  return centre::read_queue(document, numbering(), clock_());
}

base::Result<centre::Command> Configuration::brand_command(records::Document const& document) const {
  auto const body = object_of(document);
  if (!body) return body.error();
  std::string const zone = text_or(*body, "time_zone", "UTC");
  return centre::Command{centre::ConfigureBrand{document.id, text_or(*body, "name", document.id), zone, text_or(*body, "language", "en"),
                                                centre::zone_table(zone, clock_()).value_or(std::vector<routing::ZoneChange>{})}};
}

base::Result<centre::QueueDocument> Configuration::queue_rules(records::Document const& document) const {
  auto body = object_of(document);
  if (!body) return body.error();
  body->erase("brand");
  return read_queue(json::value(std::move(*body)));
}

base::Result<centre::Command> Configuration::queue_command(records::Document const& document) const {
  auto queue = queue_rules(document);
  if (!queue) return base::Error{fmt::format("queue {}: {}", document.id, queue.error().message)};
  return centre::Command{centre::ConfigureQueue{document.id, document.brand, std::make_shared<routing::Queue const>(std::move(queue->rules)), queue->dispositions}};
}

base::Result<routing::AgentProfile> Configuration::read_agent(std::string const& user, std::string_view document) const {
  auto const id = centre::parse_id<routing::AgentId>(user);
  if (!id) return base::Error{fmt::format("agent: found \"{}\", expected the id of a user", user)};
  return centre::parse_agent(document, *id, numbering());
}

base::Result<std::optional<centre::Command>> Configuration::agent_command(people::User const& user) const {
  if (!user.active || !people::permissions_of(user).has(people::Permission::contacts_handle)) return std::optional<centre::Command>{};
  auto const kept = store_.document("agent", user.id);
  if (!kept) return base::Error{fmt::format("the store: {}", records::name(kept.error()))};
  auto profile = read_agent(user.id, *kept ? std::string_view{(**kept).body} : usual_agent);
  if (!profile) return base::Error{fmt::format("agent {}: {}", user.login, profile.error().message)};
  return std::optional<centre::Command>{centre::ConfigureAgent{user.id, user.name, std::make_shared<routing::AgentProfile const>(std::move(*profile)),
                                                               user.brands.all ? std::nullopt : std::optional{user.brands.names}}};
}

}  // namespace rapport::server::api
