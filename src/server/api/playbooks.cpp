#include "server/api/playbooks.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "playbook/embedded.hpp"
#include "playbook/load.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

std::string field(json::object const& body, std::string_view name, std::string other) {
  json::value const* const value = body.if_contains(name);
  if (value == nullptr || !value->is_string() || value->get_string().empty()) return other;
  return {value->get_string().data(), value->get_string().size()};
}

}  // namespace

base::Result<std::shared_ptr<centre::JudgingPlan const>> Playbooks::plan(std::string const& name, std::string const& preset) {
  std::lock_guard const lock{mutex_};
  auto& known = plans_[{name, preset}];
  if (known) return known;
  auto const files = name == "standard" && !own_.empty() ? own_ : playbook::embedded_playbook(name);
  if (files.empty()) return base::Error{fmt::format("playbook: found \"{}\", expected the name of one", name)};
  auto loaded = playbook::load(files, preset);
  if (!loaded) {
    playbook::Problem const& first = loaded.problems.front();
    return base::Error{fmt::format("playbook {}: {}", name, playbook::to_text(first))};
  }
  known = std::make_shared<centre::JudgingPlan const>(std::move(*loaded.playbook));
  return known;
}

base::Result<void> Playbooks::use(records::Document const& brand, centre::Judge& judge) {
  boost::system::error_code failed;
  json::value const parsed = json::parse(brand.body, failed);
  if (failed || !parsed.is_object()) return base::Error{"brand " + brand.id + ": not a JSON object"};
  json::object const& body = parsed.get_object();
  auto found = plan(field(body, "playbook", "standard"), field(body, "preset", {}));
  if (!found) return found.error();
  judge.use(brand.id, *found);
  return {};
}

}  // namespace rapport::server::api
