#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "base/metrics.hpp"
#include "base/time.hpp"

namespace rapport::server::http {

/// Who may connect: so many in all, so many from one address group. Any thread.
class Admissions : public std::enable_shared_from_this<Admissions> {
 public:
  Admissions(std::size_t in_all_max, std::size_t per_group_max, base::Gauge& open);

  /// A ticket to hold as long as the connection lives, or the refusal's name.
  std::variant<std::shared_ptr<void>, std::string_view> admit(std::string const& group);

  std::size_t open() const;
  /// Waits until nobody is connected, or the time is over; how many still are.
  std::size_t wait_until_empty(base::Millis limit_ms);

 private:
  void give_back(std::string const& group);

  std::size_t const in_all_max_;
  std::size_t const per_group_max_;
  base::Gauge& gauge_;
  std::mutex mutable mutex_;
  std::condition_variable empty_;
  std::unordered_map<std::string, std::size_t> by_group_;  // under mutex_
  std::size_t open_ = 0;                                   // under mutex_
};

}  // namespace rapport::server::http
