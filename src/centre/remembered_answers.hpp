#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "centre/command.hpp"
#include "centre/refused.hpp"

namespace rapport::centre {

/// Answers by idempotency key: those under way, and the last ones given. Older ones are in the store.
/// One thread at a time.
class RememberedAnswers {
 public:
  using Done = std::function<void(Granted<Outcome>)>;

  enum class Seen { never,
                    under_way,  ///< `done` will be called with the same answer
                    answered,   ///< `done` was called
                    reused };   ///< the key belongs to another request

  /// Looks the key up and, if it is known, sees to `done`.
  Seen look(std::string const& key, std::string const& request, Done& done);
  /// The command under this key is being done.
  void begin(std::string key, std::string request);
  /// It is durable: what to tell those who asked again meanwhile.
  std::vector<Done> finish(std::string const& key, Outcome const& outcome);
  /// It is not: the key is free again. Who asked meanwhile.
  std::vector<Done> forget(std::string const& key);

 private:
  struct Entry {
    std::string request;
    std::optional<Outcome> outcome;
    std::vector<Done> also;
  };
  std::unordered_map<std::string, Entry> entries_;
  std::deque<std::string> order_;  ///< of finishing
};

}  // namespace rapport::centre
