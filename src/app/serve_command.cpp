#include "app/serve_command.hpp"

#include <fmt/format.h>

#include <sys/stat.h>

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

int complain_of_serving(std::string const& message, int status) {
  fmt::print(stderr, "{}\n", message);
  return status;
}

}  // namespace

int serve(SettingsChoice const& choice) {
  ::umask(077);
  auto const loaded = read_settings(choice);
  if (!loaded) return complain_of_serving(loaded.error().message, exit_usage);
  if (!report_problems(*loaded)) return exit_usage;
  Settings const& settings = loaded->settings;
  StopSignals signals;  // before any other thread
  auto folder = DataFolder::open(settings.data);
  if (!folder) return complain_of_serving(folder.error().message, exit_some_failed);
  auto log = Log::open({settings.log.level, settings.log.format, settings.log.file, system_now, 0});
  if (!log) return complain_of_serving(log.error().message, exit_some_failed);
  auto server = CentreServer::make(settings, *folder, **log);
  if (!server) return complain_of_serving(server.error().message, exit_some_failed);
  Lifecycle parts{**log};
  (*server)->add_to(parts);
  (*log)->info("starting", {{LogField::version, std::string_view{RAPPORT_VERSION}}});
  return run_until_stopped(parts, signals, ServiceNotifier::from_environment(), **log,
                           {settings.shutdown_limit, [&server] { return (*server)->healthy(); }});
}

}  // namespace rapport::app
