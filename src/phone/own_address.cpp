#include "phone/own_address.hpp"

#include <algorithm>

namespace rapport::phone {

std::optional<Address> OwnAddress::external(int family) const { return external_ && external_->family() == family ? external_ : std::nullopt; }

Address OwnAddress::seen_by(Address const& peer, Address const& local) const {
  auto const beyond = external(local.family());
  bool const near = peer.is_private() || local.is_loopback() || std::ranges::any_of(near_, [&](Network const& network) { return network.contains(peer); });
  return beyond && !near ? beyond->with_port(local.port()) : local;
}

}  // namespace rapport::phone
