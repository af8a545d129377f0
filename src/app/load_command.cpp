#include "app/load_command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "app/exit_status.hpp"
#include "app/standard_output.hpp"

namespace rapport::app {
namespace {

std::string from_environment(char const* name) {
  char const* const value = std::getenv(name);
  return value == nullptr ? std::string{} : std::string{value};
}

}  // namespace

int load(LoadCommandOptions options) {
  simulation::LoadOptions& with = options.load;
  auto const address = simulation::parse_server_url(options.url);
  if (!address) {
    fmt::print(stderr, "--url: {}\n", address.error().message);
    return exit_usage;
  }
  with.server = *address;
  with.token = options.token.empty() && options.login.empty() ? from_environment("RAPPORT_TOKEN") : options.token;
  std::size_t const colon = options.login.find(':');
  with.login = options.login.substr(0, colon);
  with.password = colon == std::string::npos ? from_environment("RAPPORT_PASSWORD") : options.login.substr(colon + 1);
  if (with.token.empty() && (with.login.empty() || with.password.empty())) {
    fmt::print(stderr, "expected --token TOKEN (or RAPPORT_TOKEN), or --login NAME:PASSWORD (or RAPPORT_PASSWORD), of an administrator\n");
    return exit_usage;
  }
  with.tell = [](std::string const& how) { fmt::print(stderr, "{}\n", how); };
  auto const report = simulation::make_load(with);
  if (!report) {
    fmt::print(stderr, "{}\n", report.error().message);
    return exit_some_failed;
  }
  print_out(report->text(with));
  return report->errors.empty() && report->unfinished == 0 ? exit_ok : exit_some_failed;
}

}  // namespace rapport::app
