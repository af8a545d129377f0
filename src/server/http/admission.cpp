#include "server/http/admission.hpp"

#include <chrono>

namespace rapport::server::http {

Admissions::Admissions(std::size_t in_all_max, std::size_t per_group_max, base::Gauge& open)
    : in_all_max_(in_all_max), per_group_max_(per_group_max), gauge_(open) {}

std::variant<std::shared_ptr<void>, std::string_view> Admissions::admit(std::string const& group) {
  std::lock_guard const lock{mutex_};
  if (open_ >= in_all_max_) return std::string_view{"too_many_connections"};
  std::size_t& of_group = by_group_[group];
  if (of_group >= per_group_max_) return std::string_view{"too_many_connections_of_address"};
  ++of_group;
  ++open_;
  gauge_.add(1);
  struct Ticket {
    std::shared_ptr<Admissions> admissions;
    std::string group;
    ~Ticket() { admissions->give_back(group); }
  };
  return std::shared_ptr<void>{std::shared_ptr<Ticket>{new Ticket{shared_from_this(), group}}};
}

void Admissions::give_back(std::string const& group) {
  std::lock_guard const lock{mutex_};
  auto const found = by_group_.find(group);
  if (--found->second == 0) by_group_.erase(found);
  gauge_.add(-1);
  if (--open_ == 0) empty_.notify_all();
}

std::size_t Admissions::open() const {
  std::lock_guard const lock{mutex_};
  return open_;
}

std::size_t Admissions::wait_until_empty(base::Millis limit_ms) {
  std::unique_lock lock{mutex_};
  empty_.wait_for(lock, std::chrono::milliseconds{limit_ms}, [this] { return open_ == 0; });
  return open_;
}

}  // namespace rapport::server::http
