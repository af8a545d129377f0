#pragma once

#include <string>
#include <string_view>

#include "phone/address.hpp"
#include "phone/re.hpp"

/// Whose certificate a trunk by TLS must show. libre 1.1.0 verifies nothing of a connection that it opens, so
/// our `tcp_connect` and `tls_start_tcp` stand before its own (the dynamic linker prefers them) and ask for it
/// before the handshake. Names are the thread's.
namespace rapport::phone {

/// Connections to this address are to be with `name` (RFC 5922: the name that was configured, not what DNS
/// made of it); its certificate is verified. What is opened to us from that very address with its port is
/// refused, and shut where it is open already, for libre would speak to the trunk by it. False: the address is
/// another name's already.
bool expect_name(Address const& at, std::string_view name);
void forget_name(Address const& at);

/// Who vouches for certificates: those of a PEM file, or the system's. False: they cannot be read.
bool use_authorities(tls const* of, std::string const& file);

}  // namespace rapport::phone
