#include "server/api/playbooks.hpp"

#include <fmt/format.h>

#include "base/limits.hpp"
#include "playbook/embedded.hpp"
#include "playbook/load.hpp"
#include "server/api/document_body.hpp"
#include "server/api/playbook_versions.hpp"

namespace rapport::server::api {

base::Result<std::vector<playbook::SourceFile>> Playbooks::files(std::string const& name, std::string const& brand) const {
  if (name == "standard" && !own_.empty()) return own_;
  if (auto built_in = playbook::embedded_playbook(name); !built_in.empty()) return built_in;
  auto const document = store_.document(playbook_version_kind, name);
  if (!document) return base::Error{fmt::format("playbook {}: the store: {}", name, records::name(document.error()))};
  auto const version = *document ? playbook_version(**document) : std::nullopt;
  bool const anothers = version && !version->brand.empty() && !brand.empty() && version->brand != brand;
  if (!version || anothers) return base::Error{fmt::format("playbook: found \"{}\", expected the name of one, or the id of a version", name)};
  auto files = files_of(store_, *version);
  if (!files) return base::Error{fmt::format("playbook {}: the store: {}", name, records::name(files.error()))};
  return std::move(*files);
}

base::Result<std::shared_ptr<centre::JudgingPlan const>> Playbooks::plan(std::string const& name, std::string const& preset, std::string const& brand) {
  auto const found = files(name, brand);  // also looks whose it is
  if (!found) return found.error();
  std::lock_guard const lock{mutex_};
  auto const known = plans_.find({name, preset});
  if (known != plans_.end()) return known->second;
  auto loaded = playbook::load(*found, preset);
  if (!loaded) {
    playbook::Problem const& first = loaded.problems.front();
    return base::Error{fmt::format("playbook {}: {}", name, playbook::to_text(first))};
  }
  forget_unused();
  return plans_[{name, preset}] = std::make_shared<centre::JudgingPlan const>(std::move(*loaded.playbook));
}

/// Those that nobody judges by are compiled again if somebody asks. Under the lock.
void Playbooks::forget_unused() {
  if (plans_.size() < limits::playbooks_compiled_max) return;
  std::erase_if(plans_, [](auto const& one) { return one.second.use_count() == 1; });
}

base::Result<void> Playbooks::use(records::Document const& brand, centre::Judge& judge) {
  auto const body = body_of(brand);
  if (!body) return base::Error{"brand " + brand.id + ": not a JSON object"};
  auto found = plan(text_or(*body, "playbook", "standard"), text_or(*body, "preset", {}), brand.id);
  if (!found) return found.error();
  judge.use(brand.id, *found);
  return {};
}

}  // namespace rapport::server::api
