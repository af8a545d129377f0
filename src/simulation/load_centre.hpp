#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "simulation/load.hpp"

namespace rapport::simulation {

/// Somebody of the load's centre, logged in.
struct LoadPerson {
  std::string user;  ///< id
  Credentials who;
};

struct LoadCentre {
  std::vector<LoadPerson> agents;
  LoadPerson supervisor;
  std::string problem;  ///< why it could not be made; empty: it was
};

inline constexpr char const* load_brand = "load";
inline constexpr char const* load_queues[] = {"load-1", "load-2"};

/// Makes what is missing of the load's centre, or uses what an earlier run made, and logs its people in with
/// new passwords.
asio::awaitable<LoadCentre> make_load_centre(ApiClient& client, LoadOptions const& options);

}  // namespace rapport::simulation
