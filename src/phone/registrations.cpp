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
  for (std::string const& agent : gone) remove(agent, std::nullopt);
}

Account const* Registrations::account(std::string_view login) const {
  auto const found = accounts_.find(std::string{login});
  return found == accounts_.end() ? nullptr : &found->second;
}

void Registrations::drop_expired(std::string const& agent, base::Instant now) {
  auto const found = bindings_.find(agent);
  if (found == bindings_.end()) return;
  std::erase_if(found->second, [&](Binding const& binding) {
    bool const expired = binding.until <= now;
    if (expired) by_source_.erase(binding.source.text());
    return expired;
  });
  if (found->second.empty()) bindings_.erase(found);
}

Account const* Registrations::account_of(std::string_view agent) const {
  auto const found = std::ranges::find_if(accounts_, [&](auto const& entry) { return entry.second.agent == agent; });
  return found == accounts_.end() ? nullptr : &found->second;
}

bool Registrations::add(std::string const& agent, Binding binding, base::Instant now) {
  drop_expired(agent, now);
  std::vector<Binding>& known = bindings_[agent];
  if (auto const same = std::ranges::find(known, binding.source, &Binding::source); same != known.end()) {
    *same = std::move(binding);
    return true;
  }
  if (by_source_.size() >= limits::registrations_max) {
    if (known.empty()) bindings_.erase(agent);
    return false;
  }
  if (known.size() >= limits::registrations_per_agent_max) {
    by_source_.erase(known.front().source.text());
    known.erase(known.begin());
  }
  by_source_.insert_or_assign(binding.source.text(), agent);
  known.push_back(std::move(binding));
  return true;
}

void Registrations::remove(std::string const& agent, std::optional<Address> const& source) {
  auto const found = bindings_.find(agent);
  if (found == bindings_.end()) return;
  std::erase_if(found->second, [&](Binding const& binding) {
    bool const meant = !source || binding.source == *source;
    if (meant) by_source_.erase(binding.source.text());
    return meant;
  });
  if (found->second.empty()) bindings_.erase(found);
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

std::string Registrations::agent_at(Address const& source, base::Instant now) const {
  auto const found = by_source_.find(source.text());
  if (found == by_source_.end()) return {};
  auto const live = bindings(found->second, now);
  return std::ranges::any_of(live, [&](Binding const& binding) { return binding.source == source; }) ? found->second : std::string{};
}

}  // namespace rapport::phone
