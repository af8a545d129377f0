#pragma once

#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/assert.hpp"

namespace rapport::test {

/// A PostgreSQL 15 of the test's own: a fresh cluster in a temporary folder, reached by a socket in it
/// only, durable like a real one. It runs as another user if the test runs as root, which PostgreSQL
/// refuses. Stopped and removed at the end.
class PostgresCluster {
 public:
  static bool installed() { return std::filesystem::exists(programs + "/postgres"); }

  PostgresCluster() {
    std::string name = "/tmp/rapport-postgres-XXXXXX";
    RAPPORT_ASSERT(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
    if (::geteuid() == 0) {
      auto const* const user = ::getpwnam("postgres");
      RAPPORT_ASSERT(user != nullptr && ::chown(name.c_str(), user->pw_uid, user->pw_gid) == 0);
      as_user_ = "setpriv --reuid=postgres --regid=postgres --clear-groups -- ";
    }
    run(programs + "/initdb -D " + data() + " -U rapport -A trust --no-sync --encoding=UTF8 --locale=C.UTF-8");
    start();
  }
  ~PostgresCluster() {
    stop();
    std::filesystem::remove_all(folder_);
  }
  PostgresCluster(PostgresCluster const&) = delete;
  PostgresCluster& operator=(PostgresCluster const&) = delete;

  void start() {
    if (running_) return;
    // The socket's folder must be short: its path may have 107 bytes.
    run(programs + "/pg_ctl -D " + data() + " -w -t 60 -l " + folder_ + "/log -o \"-c listen_addresses='' -k " + folder_ + " -c shared_buffers=32MB\" start");
    running_ = true;
  }
  /// Ends every session at once, as a crash would.
  void stop() {
    if (!running_) return;
    run(programs + "/pg_ctl -D " + data() + " -w -t 60 -m immediate stop");
    running_ = false;
  }
  /// Makes an empty database; its URL.
  std::string make_database() {
    std::string const name = "t" + std::to_string(++databases_);
    sql("postgres", "CREATE DATABASE " + name);
    return "postgresql://rapport@/" + name + "?host=" + folder_;
  }
  /// Runs statements in a database by its URL or name.
  void sql(std::string const& database, std::string const& statements) {
    std::string const name = database.find("://") == std::string::npos ? "postgresql://rapport@/" + database + "?host=" + folder_ : database;
    run(programs + "/psql -q -v ON_ERROR_STOP=1 '" + name + "' -c \"" + statements + "\"");
  }

 private:
  inline static std::string const programs = "/usr/lib/postgresql/15/bin";

  std::string data() const { return folder_ + "/data"; }
  void run(std::string const& command) {
    std::string const whole = "cd / && " + as_user_ + command + " >>" + folder_ + "/commands 2>&1 </dev/null";
    if (std::system(whole.c_str()) == 0) return;
    std::system(("cat " + folder_ + "/commands >&2").c_str());
    RAPPORT_ASSERT(false);
  }

  std::string folder_, as_user_;
  bool running_ = false;
  int databases_ = 0;
};

}  // namespace rapport::test
