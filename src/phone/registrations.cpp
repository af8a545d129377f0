#include "phone/registrations.hpp"

#include <algorithm>
#include <set>

#include "base/phone_limits.hpp"

namespace rapport::phone {

std::string_view name(Transport transport) {
  switch (transport) {
    case Transport::udp:
      return "udp";
    case Transport::tcp:
      return "tcp";
    case Transport::tls:
      return "tls";
  }
  return {};
}

std::optional<Transport> transport_in(std::string_view address) {
  std::string_view const found = address.substr(0, address.find(':'));
  for (Transport const one : {Transport::udp, Transport::tcp, Transport::tls}) {
    if (found == name(one)) return one;
  }
  return std::nullopt;
}

void Registrations::set_accounts(std::vector<Account> accounts) {
  accounts_.clear();
  std::set<std::string> agents;
  for (Account& account : accounts) {
    agents.insert(account.agent);
    std::string login = account.login;
    accounts_.insert_or_assign(std::move(login), std::move(account));
  }
  std::vector<std::string> gone;
  for (auto const& [agent, bindings] : bindings_) {
    if (!agents.contains(agent)) gone.push_back(agent);
  }
  for (std::string const& agent : gone) drop(agent, [](Binding const& binding) { return !binding.browser; });
}

Account const* Registrations::account(std::string_view login) const {
  auto const found = accounts_.find(std::string{login});
  return found == accounts_.end() ? nullptr : &found->second;
}

void Registrations::drop(std::string const& agent, std::function<bool(Binding const&)> const& meant) {
  auto const found = bindings_.find(agent);
  if (found == bindings_.end()) return;
  std::erase_if(found->second, [&](Binding const& binding) {
    if (!meant(binding)) return false;
    auto const [first, last] = by_source_.equal_range(binding.source.text());
    auto const theirs = std::find_if(first, last, [&](auto const& entry) { return entry.second == agent; });
    if (theirs != last) by_source_.erase(theirs);
    return true;
  });
  if (found->second.empty()) bindings_.erase(found);
}

Account const* Registrations::account_of(std::string_view agent) const {
  auto const found = std::ranges::find_if(accounts_, [&](auto const& entry) { return entry.second.agent == agent; });
  return found == accounts_.end() ? nullptr : &found->second;
}

bool Registrations::add(std::string const& agent, Binding binding, base::Instant now) {
  drop(agent, [now](Binding const& known) { return known.until <= now; });
  auto const found = bindings_.find(agent);
  if (found != bindings_.end()) {
    auto const same = std::ranges::find(found->second, binding.source, &Binding::source);
    if (same != found->second.end()) {
      *same = std::move(binding);
      return true;
    }
  }
  if (by_source_.size() >= limits::registrations_max) return false;
  if (found != bindings_.end() && found->second.size() >= limits::registrations_per_agent_max) remove(agent, Address{found->second.front().source});
  by_source_.emplace(binding.source.text(), agent);
  bindings_[agent].push_back(std::move(binding));
  return true;
}

void Registrations::remove(std::string const& agent, std::optional<Address> const& source) {
  drop(agent, [&](Binding const& binding) { return !source || binding.source == *source; });
}

Binding const* Registrations::find(std::string const& agent, base::Instant now) const {
  auto const found = bindings_.find(agent);
  if (found == bindings_.end()) return nullptr;
  auto const newest = std::find_if(found->second.rbegin(), found->second.rend(), [&](Binding const& binding) { return binding.until > now; });
  return newest == found->second.rend() ? nullptr : &*newest;
}

std::vector<Binding> Registrations::bindings(std::string const& agent, base::Instant now) const {
  std::vector<Binding> live;
  auto const found = bindings_.find(agent);
  if (found == bindings_.end()) return live;
  std::ranges::copy_if(found->second, std::back_inserter(live), [&](Binding const& binding) { return binding.until > now; });
  return live;
}

std::vector<std::string> Registrations::agents_at(Address const& source, base::Instant now) const {
  std::vector<std::string> agents;
  auto const [first, last] = by_source_.equal_range(source.text());
  for (auto one = first; one != last; ++one) {
    auto const live = bindings(one->second, now);
    if (std::ranges::any_of(live, [&](Binding const& binding) { return binding.source == source; })) agents.push_back(one->second);
  }
  return agents;
}

}  // namespace rapport::phone
