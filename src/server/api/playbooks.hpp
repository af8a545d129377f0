#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "centre/judge.hpp"
#include "centre/judging_plan.hpp"
#include "playbook/source.hpp"
#include "records/document.hpp"

namespace rapport::server::api {

/// The playbooks that brands are judged by: those inside the binary and, instead of the standard one,
/// a folder of the administrator's. Compiled once for each preset. Any thread.
class Playbooks {
 public:
  /// `own`: files of a folder that stands for "standard"; empty: the binary's own.
  explicit Playbooks(std::vector<playbook::SourceFile> own) : own_(std::move(own)) {}

  /// Error: no playbook of that name, or what is wrong with it.
  base::Result<std::shared_ptr<centre::JudgingPlan const>> plan(std::string const& name, std::string const& preset);
  /// Lets the brand's interactions be judged by what its document names ("playbook", "preset").
  base::Result<void> use(records::Document const& brand, centre::Judge& judge);

 private:
  std::vector<playbook::SourceFile> own_;
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<centre::JudgingPlan const>> plans_;
};

}  // namespace rapport::server::api
