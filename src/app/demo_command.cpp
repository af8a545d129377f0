#include "app/demo_command.hpp"

#include <fmt/format.h>

#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "app/centre_server.hpp"
#include "app/data_folder.hpp"
#include "app/demo_folder.hpp"
#include "app/exit_status.hpp"
#include "app/lifecycle.hpp"
#include "app/log.hpp"
#include "app/service_notifier.hpp"
#include "app/standard_output.hpp"
#include "app/stop_signals.hpp"
#include "app/system_clock.hpp"

namespace rapport::app {
namespace {

int complain_of_demo(std::string const& message, int status = exit_some_failed) {
  fmt::print(stderr, "{}\n", message);
  return status;
}

/// The simulated people speak plain HTTP with this machine: there is a listener for them.
base::Result<void> let_simulation_in(Settings& settings) {
  bool const tls_everywhere = !settings.tls.certificate.empty() || settings.tls.self_signed == SelfSigned::always;
  if (tls_everywhere) return base::Error{"tls: the demo's simulated people speak plain HTTP on loopback; leave tls.certificate and tls.self_signed as they are"};
  if (std::ranges::none_of(settings.listen, &Endpoint::is_loopback)) settings.listen.push_back({"127.0.0.1", 0});
  return {};
}

void print_guide(std::vector<Endpoint> const& addresses, std::vector<DemoLogin> const& logins, std::vector<std::string> const& sip, DemoOptions const& options) {
  Endpoint const& first = addresses.front();
  std::string const at = fmt::format("{}://{}", first.is_loopback() ? "http" : "https", first.text());
  print_out(fmt::format("\nRapport: a demo centre with {} simulated agents, {} times as fast as life (--pace), seed {}\n\n", options.agents, options.pace, options.seed));
  print_out(fmt::format("  the desk                     {0}/\n  a shop with the chat widget  {0}/shop\n  the API                      {0}/api/v1/openapi.json\n\n  {1:<11} {2:<28} {3}\n", at, "login", "password", "to"));
  for (DemoLogin const& one : logins) print_out(fmt::format("  {:<11} {:<28} {}\n", one.login, one.password, one.does));
  if (!sip.empty()) print_out(fmt::format("\n  call it with a softphone     sip:help@{}; simulated agents answer, and whoever presses \"Use this browser\" at the desk\n", sip.front().substr(sip.front().find(':') + 1)));
  print_out("\nCtrl-C stops it; the same command goes on where it was.\n\n");
  std::fflush(stdout);
}

/// Where simulated people call: SIP by UDP that loopback reaches. Nothing where there is none.
std::optional<simulation::SimulatedTelephone> telephone_of(CentreServer const& server, DemoTelephone const& tokens) {
  for (phone::SipAddress const& one : server.sip_addresses()) {
    bool const reached = one.transport == phone::Transport::udp && one.address.is_loopback() && one.address.family() == AF_INET;
    if (reached) return simulation::SimulatedTelephone{one.address.host(), one.address.port(), tokens.recogniser, tokens.administrator, system_now};
  }
  return std::nullopt;
}

/// The simulated people, as the last part to start and the first to stop.
Component simulated_people(CentreServer& server, simulation::PhraseBook const& book, std::vector<simulation::SimulatedAgent> agents,
                           std::optional<DemoTelephone> tokens, std::vector<DemoLogin> const& logins, std::vector<std::string> const& sip, DemoOptions const& options,
                           std::shared_ptr<std::unique_ptr<simulation::Simulation>> const& running) {
  auto start = [&server, &book, agents = std::move(agents), tokens = std::move(tokens), &logins, &sip, &options, running]() -> base::Result<void> {
    auto const addresses = server.addresses();
    Endpoint const own = *std::ranges::find_if(addresses, &Endpoint::is_loopback);
    simulation::SimulationOptions with;
    with.server = {own.address, own.port};
    with.seed = options.seed;
    with.pace = options.pace;
    with.minute_of_day = static_cast<int>(system_now().since_epoch % base::day / base::minute);
    with.agents = agents;
    if (tokens) with.telephone = telephone_of(server, *tokens);
    *running = std::make_unique<simulation::Simulation>(book, std::move(with));
    (*running)->start();
    print_guide(addresses, logins, sip, options);
    return {};
  };
  return {"simulation", std::move(start), [running] { running->reset(); }, 5 * base::second};  // and with it its connections
}

/// Logins and agents; the centre itself, if it has not been made to its end.
base::Result<std::vector<simulation::SimulatedAgent>> prepare(CentreServer& server, DemoFolder& demo, std::filesystem::path const& data,
                                                              simulation::PhraseBook const& book, DemoOptions const& options) {
  bool const begun = std::filesystem::exists(data / DemoFolder::file_name);
  auto const set_up = server.is_set_up();
  if (!set_up) return set_up.error();
  if (!begun && *set_up) return base::Error{"store.url: the store holds another centre; expected an empty one, or this demo's"};
  if (auto kept = demo.write(data); !kept) return kept.error();
  if (!demo.complete) {
    if (auto made = server.make_demo(book, demo.logins); !made) return made.error();
  }
  auto agents = server.simulated_agents(book, options.agents);
  if (!agents) return agents;
  demo.complete = true;
  if (auto kept = demo.write(data); !kept) return kept.error();
  return agents;
}

/// The centre's past, written while it serves: nobody shall wait for it.
Component past(Log& log, std::shared_ptr<std::optional<DemoHistory> const> const& history) {
  auto const writer = std::make_shared<std::jthread>();
  auto start = [&log, history, writer]() -> base::Result<void> {
    if (!history->has_value()) return {};
    *writer = std::jthread{[&log, history](std::stop_token const& stop) {
      auto const written = write_history(**history, system_now(), stop);
      if (written)
        log.info("history written", {{LogField::count, static_cast<std::int64_t>(*written)}});
      else
        log.error("the history could not be written", {{LogField::problem, written.error().message}});
    }};
    return {};
  };
  return {"history", std::move(start), [writer] { *writer = {}; }, 10 * base::second};
}

}  // namespace

int demo(DemoOptions const& options) {
  ::umask(077);
  auto loaded = read_settings(options.settings);
  if (!loaded) return complain_of_demo(loaded.error().message, exit_usage);
  if (!report_problems(*loaded)) return exit_usage;
  Settings settings = loaded->settings;
  if (auto possible = let_simulation_in(settings); !possible) return complain_of_demo(possible.error().message, exit_usage);
  auto const book = simulation::embedded_phrase_book();
  if (!book) return complain_of_demo(book.error().message);
  StopSignals signals;  // before any other thread
  auto found = DemoFolder::find(settings.data);
  if (!found) return complain_of_demo(found.error().message);
  auto folder = DataFolder::open(settings.data);
  if (!folder) return complain_of_demo(folder.error().message);
  auto log = Log::open({settings.log.level, settings.log.format, settings.log.file, system_now, 0});
  if (!log) return complain_of_demo(log.error().message);
  auto server = CentreServer::make(settings, *folder, **log, server::web::Pages::Shop::shown);
  if (!server) return complain_of_demo(server.error().message);
  auto agents = prepare(**server, *found, settings.data, *book, options);
  if (!agents) return complain_of_demo(agents.error().message);
  std::optional<DemoTelephone> tokens;
  if (!settings.phone.sip.empty()) {
    auto made = (*server)->demo_telephone(*book);
    if (!made) return complain_of_demo(made.error().message);
    tokens = std::move(*made);
  }
  auto history = (*server)->missing_history(*book, *agents, options.seed);
  if (!history) return complain_of_demo(history.error().message);
  auto const running = std::make_shared<std::unique_ptr<simulation::Simulation>>();
  Lifecycle parts{**log};
  (*server)->add_to(parts);
  parts.add(past(**log, std::make_shared<std::optional<DemoHistory> const>(std::move(*history))));
  parts.add(simulated_people(**server, *book, std::move(*agents), std::move(tokens), found->logins, settings.phone.sip, options, running));
  (*log)->info("starting", {{LogField::version, std::string_view{RAPPORT_VERSION}}});
  return run_until_stopped(parts, signals, ServiceNotifier::from_environment(), **log,
                           {settings.shutdown_limit, [&server] { return (*server)->healthy(); }});
}

}  // namespace rapport::app
