#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "centre/judge.hpp"
#include "centre/judging_plan.hpp"
#include "playbook/source.hpp"
#include "records/store.hpp"

namespace rapport::server::api {

/// The playbooks that brands are judged by: those inside the binary, instead of the standard one a
/// folder of the administrator's, and versions that people wrote (playbook_versions.hpp). Compiled once
/// for each preset. Blocks; any thread.
class Playbooks {
 public:
  /// `own`: files of a folder that stands for "standard"; empty: the binary's own.
  Playbooks(records::Store& store, std::vector<playbook::SourceFile> own) : store_(store), own_(std::move(own)) {}

  /// A playbook's files, by the name of a built-in one or a version's id. Error: there is none, or it is
  /// another brand's. `brand` empty: whatever brand's.
  base::Result<std::vector<playbook::SourceFile>> files(std::string const& name, std::string const& brand = {}) const;
  /// Error: as `files`, or what is wrong with it.
  base::Result<std::shared_ptr<centre::JudgingPlan const>> plan(std::string const& name, std::string const& preset, std::string const& brand = {});
  /// Lets the brand's interactions be judged by what its document names ("playbook", "preset").
  base::Result<void> use(records::Document const& brand, centre::Judge& judge);

 private:
  void forget_unused();

  records::Store& store_;
  std::vector<playbook::SourceFile> own_;
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<centre::JudgingPlan const>> plans_;  ///< by name and preset
};

}  // namespace rapport::server::api
