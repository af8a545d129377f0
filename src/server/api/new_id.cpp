#include "server/api/new_id.hpp"

#include <mutex>
#include <random>

#include "base/id.hpp"

namespace rapport::server::api {
namespace {

base::IdGenerator seeded() {
  std::random_device source;
  return base::IdGenerator{static_cast<std::uint64_t>(source()) << 32U | source()};
}

}  // namespace

std::string new_id(base::Instant now) {
  static std::mutex mutex;
  static base::IdGenerator generator = seeded();
  std::lock_guard const lock{mutex};
  return generator.next(now);
}

}  // namespace rapport::server::api
