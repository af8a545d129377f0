#include "app/serve_command.hpp"

#include <fmt/format.h>

#include <sys/stat.h>

#include <fstream>

#include "app/centre_server.hpp"
#include "app/data_folder.hpp"
#include "app/exit_status.hpp"
#include "app/lifecycle.hpp"
#include "app/log.hpp"
#include "app/service_notifier.hpp"
#include "app/stop_signals.hpp"
#include "app/system_clock.hpp"

namespace rapport::app {
namespace {

int complain(std::string const& message, int status) {
  fmt::print(stderr, "{}\n", message);
  return status;
}

/// Makes the example where there is none yet, and says how to log in. The passwords are kept in the data
/// folder for the next time.
base::Result<void> show_example(CentreServer& server, Settings const& settings) {
  auto const logins = server.make_example();
  if (!logins) return logins.error();
  auto const kept = settings.data / "example-logins.txt";
  if (!logins->empty()) {
    std::ofstream file{kept};
    for (ExampleLogin const& one : *logins) file << fmt::format("{:<8} {:<14} {}\n", one.login, one.role, one.password);
    if (!file) return base::Error{fmt::format("{}: cannot be written", kept.string())};
  }
  std::string const scheme = settings.listen.front().is_loopback() ? "http" : "https";
  std::string const at = fmt::format("{}://{}", scheme, settings.listen.front().text());
  fmt::print("\nRapport: an example centre at {}\n\n  login    role           password\n", at);
  std::ifstream file{kept};
  for (std::string line; std::getline(file, line);) fmt::print("  {}\n", line);
  fmt::print(
      "\n  ready?         curl {0}/health/ready\n  the API        {0}/api/v1/openapi.json\n"
      "  log in         curl -c cookies -d '{{\"login\":\"ana\",\"password\":\"…\"}}' {0}/api/v1/login\n"
      "  then           curl -b cookies {0}/api/v1/me/hands\n  the live feed  docs/feed.md\n\nCtrl-C stops it.\n\n", at);
  std::fflush(stdout);
  return {};
}

}  // namespace

int serve(SettingsChoice const& choice, bool example) {
  ::umask(077);
  auto const loaded = read_settings(choice);
  if (!loaded) return complain(loaded.error().message, exit_usage);
  if (!report_problems(*loaded)) return exit_usage;
  Settings const& settings = loaded->settings;
  StopSignals signals;  // before any other thread
  auto folder = DataFolder::open(settings.data);
  if (!folder) return complain(folder.error().message, exit_some_failed);
  auto log = Log::open({settings.log.level, settings.log.format, settings.log.file, system_now, 0});
  if (!log) return complain(log.error().message, exit_some_failed);
  auto server = CentreServer::make(settings, *folder, **log);
  if (!server) return complain(server.error().message, exit_some_failed);
  if (example) {
    if (auto const made = show_example(**server, settings); !made) return complain(made.error().message, exit_some_failed);
  }
  Lifecycle parts{**log};
  (*server)->add_to(parts);
  (*log)->info("starting", {{LogField::version, std::string_view{RAPPORT_VERSION}}});
  return run_until_stopped(parts, signals, ServiceNotifier::from_environment(), **log,
                           {settings.shutdown_limit, [&server] { return (*server)->healthy(); }});
}

}  // namespace rapport::app
