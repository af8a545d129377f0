#include "phone/own_address.hpp"

#include <algorithm>

namespace rapport::phone {

std::optional<Address> OwnAddress::external(int family) const { return external_ && external_->family() == family ? external_ : std::nullopt; }

Address OwnAddress::seen_by(Address const& peer, Address const& local) const {
  auto const beyond = external(local.family());
  bool const near = peer.is_private() || local.is_loopback() || std::ranges::any_of(near_, [&](Network const& network) { return network.contains(peer); });
  return beyond && !near ? beyond->with_port(local.port()) : local;
}

std::vector<Address> OwnAddress::ways_to(Address const& sockets, std::size_t most) const {
  bool const both = sockets.family() == AF_INET6;
  std::vector<Address> found;
  auto const add = [&](Address const& host) {
    if (found.size() < most) found.push_back(host.with_port(sockets.port()));
  };
  if (auto const router = external(AF_INET)) add(*router);
  if (auto const router = external(AF_INET6); router && both) add(*router);
  std::vector<Address> const four = Address::local(AF_INET);
  std::vector<Address> const six = both ? Address::local(AF_INET6) : std::vector<Address>{};
  for (std::size_t i = 0; i < std::max(four.size(), six.size()); ++i) {
    if (i < four.size()) add(four[i]);
    if (i < six.size()) add(six[i]);
  }
  return found;
}

}  // namespace rapport::phone
