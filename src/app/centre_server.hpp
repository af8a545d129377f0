#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "app/data_folder.hpp"
#include "app/demo_centre.hpp"
#include "app/demo_history.hpp"
#include "app/lifecycle.hpp"
#include "app/log.hpp"
#include "app/settings.hpp"
#include "base/result.hpp"
#include "phone/phone.hpp"
#include "server/web/pages.hpp"

namespace rapport::app {

/// The whole server: store, centre, judge, feed, API and listeners, made in the order in which they
/// lean on each other. Its parts are started and stopped by a Lifecycle, which must stop before this
/// goes.
class CentreServer {
 public:
  /// `settings`, `folder` and `log` outlive it. Error: the store cannot be opened, the playbook is
  /// wrong, what is stored cannot be read.
  static base::Result<std::unique_ptr<CentreServer>> make(Settings const& settings, DataFolder const& folder, Log& log,
                                                          server::web::Pages::Shop shop = server::web::Pages::Shop::hidden);
  ~CentreServer();
  CentreServer(CentreServer const&) = delete;
  CentreServer& operator=(CentreServer const&) = delete;

  /// Whether there has been a first administrator.
  base::Result<bool> is_set_up();
  /// Before it is started: a demo centre and who can log in, made or completed.
  base::Result<void> make_demo(simulation::PhraseBook const& book, std::vector<DemoLogin> const& logins);
  /// Before it is started: so many simulated agents, each made if missing; with a phone some take calls.
  base::Result<std::vector<simulation::SimulatedAgent>> simulated_agents(simulation::PhraseBook const& book, int count);
  /// Before it is started: what simulated people need to call, where there is a phone.
  base::Result<DemoTelephone> demo_telephone(simulation::PhraseBook const& book);
  /// What write_history needs for a past of these agents; nothing where there is a past already. `book`, and
  /// the server's store, outlive it.
  base::Result<std::optional<DemoHistory>> missing_history(simulation::PhraseBook const& book, std::vector<simulation::SimulatedAgent> const& agents, std::uint64_t seed);
  void add_to(Lifecycle& parts);
  bool healthy() const;
  /// Where it listens, once started.
  std::vector<Endpoint> addresses() const;
  /// Where SIP is spoken, once started.
  std::vector<phone::SipAddress> sip_addresses() const;

 private:
  struct Impl;
  explicit CentreServer(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::app
