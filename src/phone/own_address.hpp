#pragma once

#include <optional>
#include <vector>

#include "phone/address.hpp"

namespace rapport::phone {

/// Which address of ours a peer is told in SDP and Contact, where a router may stand before us. A value; its
/// networks are those of its beginning.
class OwnAddress {
 public:
  OwnAddress() = default;
  /// `external`: our host as those beyond the router see it; nothing: there is none. `near`: networks that this
  /// machine is on, so that no router is between.
  OwnAddress(std::optional<Address> external, std::vector<Network> near) : external_(external), near_(std::move(near)) {}

  /// `local`, of ours, as this peer sees it: with the external host where the peer is beyond the router, and of the
  /// same family; the port stays, for the router is to pass ports on as they are.
  Address seen_by(Address const& peer, Address const& local) const;
  /// Beside our own addresses, for peers that try all; nothing: none of this family.
  std::optional<Address> external(int family) const;

 private:
  std::optional<Address> external_;
  std::vector<Network> near_;
};

}  // namespace rapport::phone
