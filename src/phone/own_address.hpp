#pragma once

#include <cstddef>
#include <optional>
#include <utility>
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
  /// By which addresses a peer that tries all may reach sockets that are bound to all of them: by the router, then
  /// by each of ours, the families by turns, so that neither is left out where there are more than `most`.
  std::vector<Address> ways_to(Address const& sockets, std::size_t most) const;

 private:
  std::optional<Address> external(int family) const;

  std::optional<Address> external_;
  std::vector<Network> near_;
};

}  // namespace rapport::phone
