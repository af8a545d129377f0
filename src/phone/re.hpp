#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <netinet/in.h>
#include <sys/socket.h>

#include <re.h>
#undef min  // re.h defines them as macros
#undef max

#include "phone/address.hpp"

/// libre, the SIP stack, as this room sees it. Its objects count references without atomics: all of
/// them belong to the signalling thread.
namespace rapport::phone {

struct Dereference {
  void operator()(void* object) const { mem_deref(object); }
};
/// One reference to an object of libre.
template <typename T>
using Re = std::unique_ptr<T, Dereference>;

inline std::string_view view(pl const& text) { return text.p == nullptr ? std::string_view{} : std::string_view{text.p, text.l}; }
inline std::string text(pl const& text) { return std::string{view(text)}; }
inline pl as_pl(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view rest(mbuf const* buffer) {
  return buffer == nullptr ? std::string_view{} : std::string_view{reinterpret_cast<char const*>(mbuf_buf(buffer)), mbuf_get_left(buffer)};
}
inline Re<mbuf> as_mbuf(std::string_view bytes) {
  Re<mbuf> buffer{mbuf_alloc(bytes.size() + 1)};
  if (buffer) {
    mbuf_write_mem(buffer.get(), reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size());
    mbuf_set_pos(buffer.get(), 0);
  }
  return buffer;
}
inline Address address_of(sa const& socket) { return Address::of(socket.u.sa); }
inline sa as_sa(Address const& address) {
  sa socket{};
  sa_set_sa(&socket, address.raw());
  return socket;
}

}  // namespace rapport::phone
