#include "app/doctor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>

#include "app/setting.hpp"
#include "app/standard_output.hpp"
#include "app/system_clock.hpp"

namespace rapport::app {
namespace {

constexpr std::array<std::string_view, 3> health_words{"ok", "warn", "fail"};

std::string_view word(Health health) { return health_words[static_cast<std::size_t>(health)]; }

Finding check_configuration(LoadedSettings const& loaded) {
  std::string said;
  for (std::string const& line : loaded.problems.empty() ? loaded.warnings : loaded.problems) said += (said.empty() ? "" : "\n") + line;
  if (!loaded.problems.empty()) return {"configuration", Health::fail, said, "correct what is named; docs/configuration.md lists every key"};
  if (!loaded.warnings.empty()) return {"configuration", Health::warn, said, "correct what is named, or take it away"};
  return {"configuration", Health::ok, fmt::format("no mistakes; {} of its keys are not the default", loaded.origins.size()), ""};
}

Health worst(std::vector<Finding> const& findings) {
  Health health = Health::ok;
  for (Finding const& finding : findings) health = std::max(health, finding.health);
  return health;
}

/// Further lines of a text stand below its first.
std::string indented(std::string_view text) {
  std::string out;
  for (char const c : text) out += c == '\n' ? std::string("\n       ") : std::string(1, c);
  return out;
}

}  // namespace

Finding check_store(Settings const& settings, StoreProbe& store) {
  auto const state = store.look(settings);
  std::string const where = without_password(settings.store.url.reveal());
  if (!state) return {"store", Health::fail, fmt::format("{}: {}", where, state.error().message), "check store.url, the password, and that the server there runs and lets this machine in"};
  if (state->schema > state->schema_expected) {
    return {"store", Health::fail, fmt::format("{}: its version is {}, made by a newer Rapport; this one knows {}", state->description, state->schema, state->schema_expected), "install the newer Rapport again"};
  }
  if (state->schema == 0) return {"store", Health::ok, fmt::format("{}: empty; the first start makes it", state->description), ""};
  if (state->schema < state->schema_expected) {
    return {"store", Health::warn, fmt::format("{}: its version is {}; the next start brings it to {}", state->description, state->schema, state->schema_expected), "make a backup before: rapport backup"};
  }
  return {"store", Health::ok, fmt::format("{}, version {}", state->description, state->schema), ""};
}

std::vector<Finding> examine(LoadedSettings const& loaded, base::Instant now, StoreProbe* store) {
  Settings const& settings = loaded.settings;
  std::vector<Finding> findings{check_configuration(loaded)};
  if (!settings.data.empty()) {
    findings.push_back(check_data_folder(settings));
    findings.push_back(check_free_space(settings));
    findings.push_back(check_lock(settings));
  }
  if (store != nullptr) findings.push_back(check_store(settings, *store));
  findings.push_back(check_clock(settings, now));
  findings.push_back(check_certificate(settings, now));
  findings.push_back(check_secret_files(settings));
  findings.push_back(check_ports(settings));
  findings.push_back(check_playbook(settings));
  findings.push_back(check_time_zones());
  findings.push_back(check_descriptors(settings));
  return findings;
}

std::string findings_text(std::vector<Finding> const& findings) {
  std::string text;
  for (Finding const& finding : findings) {
    text += fmt::format("{:<4}   {}: {}\n", word(finding.health), finding.check, indented(finding.said));
    if (!finding.advice.empty()) text += fmt::format("       → {}\n", finding.advice);
  }
  auto const count = [&](Health health) { return std::count_if(findings.begin(), findings.end(), [&](Finding const& one) { return one.health == health; }); };
  if (worst(findings) == Health::ok) return text + "All is well.\n";
  return text + fmt::format("{} failed, {} to look at.\n", count(Health::fail), count(Health::warn));
}

std::string findings_json(std::vector<Finding> const& findings) {
  boost::json::array rows;
  for (Finding const& finding : findings) {
    rows.push_back(boost::json::object{{"check", finding.check}, {"health", word(finding.health)}, {"said", finding.said}, {"advice", finding.advice}});
  }
  return boost::json::serialize(rows) + '\n';
}

int doctor(SettingsChoice const& choice, std::string const& format, StoreProbe* store) {
  auto const loaded = read_settings(choice);
  std::vector<Finding> findings;
  if (loaded) {
    base::Instant const now = system_now();
    findings = examine(*loaded, now, store);
  } else {
    findings.push_back({"configuration", Health::fail, loaded.error().message, "name a file that this user may read; without it nothing else was looked at"});
  }
  print_out(format == "json" ? findings_json(findings) : findings_text(findings));
  return static_cast<int>(worst(findings));
}

}  // namespace rapport::app
