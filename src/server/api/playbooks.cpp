#include "server/api/playbooks.hpp"

#include <fmt/format.h>

#include "playbook/embedded.hpp"
#include "playbook/load.hpp"
#include "server/api/document_body.hpp"

namespace rapport::server::api {
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
  auto const body = body_of(brand);
  if (!body) return base::Error{"brand " + brand.id + ": not a JSON object"};
  auto found = plan(text_or(*body, "playbook", "standard"), text_or(*body, "preset", {}));
  if (!found) return found.error();
  judge.use(brand.id, *found);
  return {};
}

}  // namespace rapport::server::api
