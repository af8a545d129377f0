#pragma once

#include <string>

#include "simulation/load.hpp"

namespace rapport::app {

struct LoadCommandOptions {
  std::string url = "http://127.0.0.1:8080";
  std::string token;  ///< or the environment's RAPPORT_TOKEN
  std::string login;  ///< NAME:PASSWORD, or NAME with the password in RAPPORT_PASSWORD
  simulation::LoadOptions load;
};

/// Puts a running server under load and prints what came of it. Returns the exit status: 0 it was made and
/// everything was answered well, 1 something was refused or the server could not be used, 2 wrong usage.
int load(LoadCommandOptions options);

}  // namespace rapport::app
