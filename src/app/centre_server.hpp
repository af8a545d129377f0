#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "app/data_folder.hpp"
#include "app/example_centre.hpp"
#include "app/lifecycle.hpp"
#include "app/log.hpp"
#include "app/settings.hpp"
#include "base/result.hpp"

namespace rapport::app {

/// The whole server: store, centre, judge, feed, API and listeners, made in the order in which they
/// lean on each other. Its parts are started and stopped by a Lifecycle, which must stop before this
/// goes.
class CentreServer {
 public:
  /// `settings`, `folder` and `log` outlive it. Error: the store cannot be opened, the playbook is
  /// wrong, what is stored cannot be read.
  static base::Result<std::unique_ptr<CentreServer>> make(Settings const& settings, DataFolder const& folder, Log& log);
  ~CentreServer();
  CentreServer(CentreServer const&) = delete;
  CentreServer& operator=(CentreServer const&) = delete;

  /// A small centre to try things on, where nobody is set up yet; who can log in. Before it is started.
  base::Result<std::vector<ExampleLogin>> make_example();
  void add_to(Lifecycle& parts);
  bool healthy() const;
  /// Where it listens, once started.
  std::vector<Endpoint> addresses() const;

 private:
  struct Impl;
  explicit CentreServer(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::app
