#include "far_ends.hpp"

#include <sys/socket.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstring>
#include <ctime>
#include <numbers>
#include <optional>
#include <thread>

#include "base/assert.hpp"
#include "media/rtp.hpp"

namespace rapport::bench {
namespace {

using std::chrono::steady_clock;
constexpr std::size_t packet_bytes = media::rtp_header_bytes + media::frame_samples;
constexpr std::size_t slots = media::frame_ms;  // a step of one millisecond each
constexpr std::uint32_t loud_every = 25;
constexpr media::Sample loud = 4'000;
constexpr int buffer_bytes = 4 << 20;

using Packet = std::array<std::uint8_t, packet_bytes>;

Packet packet_of(double amplitude) {
  std::vector<media::Sample> sound(media::frame_samples);
  for (std::size_t i = 0; i < sound.size(); ++i) {
    sound[i] = static_cast<media::Sample>(amplitude * std::sin(2 * std::numbers::pi * 1'000 * static_cast<double>(i) / media::sample_rate));
  }
  Packet packet{};
  media::encode(media::Codec::pcmu, sound, std::span{packet}.subspan(media::rtp_header_bytes));
  return packet;
}

double wall_ms() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

phone::Descriptor socket_on_loopback() {
  phone::Descriptor socket{::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)};
  auto const any = *phone::Address::parse("127.0.0.1", 0);
  int const on = 1;
  RAPPORT_ASSERT(socket && ::bind(socket.number(), any.raw(), any.raw_size()) == 0);
  ::setsockopt(socket.number(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  ::setsockopt(socket.number(), SOL_SOCKET, SO_RCVBUF, &buffer_bytes, sizeof buffer_bytes);
  return socket;
}

/// What is read at once.
struct Inbox {
  static constexpr std::size_t size = 64;
  std::array<std::array<std::uint8_t, 256>, size> bytes;
  std::array<std::array<char, 64>, size> control;
  std::array<iovec, size> places;
  std::array<mmsghdr, size> headers;

  std::size_t read(int socket) {
    for (std::size_t i = 0; i < size; ++i) {
      places[i] = {bytes[i].data(), bytes[i].size()};
      headers[i] = {};
      headers[i].msg_hdr.msg_iov = &places[i];
      headers[i].msg_hdr.msg_iovlen = 1;
      headers[i].msg_hdr.msg_control = control[i].data();
      headers[i].msg_hdr.msg_controllen = control[i].size();
    }
    int const count = ::recvmmsg(socket, headers.data(), size, MSG_DONTWAIT, nullptr);
    return count < 0 ? 0 : static_cast<std::size_t>(count);
  }

  double arrived_ms(std::size_t index) {
    timespec at{};
    for (cmsghdr* part = CMSG_FIRSTHDR(&headers[index].msg_hdr); part != nullptr; part = CMSG_NXTHDR(&headers[index].msg_hdr, part)) {
      if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_TIMESTAMPNS) std::memcpy(&at, CMSG_DATA(part), sizeof at);
    }
    return static_cast<double>(at.tv_sec) * 1e3 + static_cast<double>(at.tv_nsec) / 1e6;
  }

  bool is_loud(std::size_t index) const {
    for (std::size_t at = media::rtp_header_bytes; at < headers[index].msg_len; ++at) {
      if (std::abs(media::decode(media::Codec::pcmu, bytes[index][at])) > loud) return true;
    }
    return false;
  }
};

}  // namespace

class FarEnds::Impl {
 public:
  struct Measured {
    phone::Descriptor caller = socket_on_loopback();
    phone::Descriptor agent = socket_on_loopback();
    std::optional<double> loud_since;  ///< sent, not heard yet
  };

  std::vector<std::pair<phone::Address, phone::Address>> calls;
  std::vector<Measured> measured;
  phone::Descriptor shared = socket_on_loopback();
  Packet speech = packet_of(8'000);
  Packet silence = packet_of(0);
  std::uint32_t number = 0;
  Seen seen;
  Inbox inbox{};

  void stamp(Packet& packet, std::uint32_t source) const {
    media::write_rtp({0, false, static_cast<std::uint16_t>(number), number * static_cast<std::uint32_t>(media::frame_samples), source}, std::span{packet}.first<media::rtp_header_bytes>());
  }

  void send_measured(std::size_t call) {
    Measured& ends = measured[call];
    bool const speaks = number % loud_every == 0;
    Packet packet = speaks ? speech : silence;
    stamp(packet, 1);
    if (speaks) ends.loud_since = wall_ms();
    send_one(ends.caller, packet, calls[call].first);
    packet = silence;
    stamp(packet, 2);
    send_one(ends.agent, packet, calls[call].second);
  }

  void send_one(phone::Descriptor const& socket, Packet const& packet, phone::Address const& to) {
    if (::sendto(socket.number(), packet.data(), packet.size(), MSG_DONTWAIT, to.raw(), to.raw_size()) > 0) ++seen.sent;
  }

  /// Callers and agents of the calls slot, slot + slots, …, in as few system calls as there can be.
  void send_shared(std::size_t slot) {
    Packet packet = speech;
    stamp(packet, 1);
    iovec place{packet.data(), packet.size()};
    std::vector<mmsghdr> headers;
    std::size_t first = slot;
    while (first < measured.size()) first += slots;
    for (std::size_t call = first; call < calls.size(); call += slots) {
      for (phone::Address const* to : {&calls[call].first, &calls[call].second}) {
        mmsghdr& header = headers.emplace_back();
        header.msg_hdr.msg_name = const_cast<sockaddr*>(to->raw());
        header.msg_hdr.msg_namelen = to->raw_size();
        header.msg_hdr.msg_iov = &place;
        header.msg_hdr.msg_iovlen = 1;
      }
    }
    for (std::size_t done = 0; done < headers.size();) {
      int const count = ::sendmmsg(shared.number(), headers.data() + done, static_cast<unsigned>(headers.size() - done), MSG_DONTWAIT);
      if (count <= 0) break;
      done += static_cast<std::size_t>(count);
      seen.sent += static_cast<std::uint64_t>(count);
    }
  }

  void read() {
    while (std::size_t const count = inbox.read(shared.number())) seen.received += count;
    for (Measured& ends : measured) {
      while (std::size_t const count = inbox.read(ends.caller.number())) seen.received += count;
      while (std::size_t const count = inbox.read(ends.agent.number())) {
        seen.received += count;
        for (std::size_t i = 0; i < count; ++i) {
          if (!ends.loud_since || !inbox.is_loud(i)) continue;
          seen.delays_ms.push_back(inbox.arrived_ms(i) - *ends.loud_since);
          ends.loud_since.reset();
        }
      }
    }
  }
};

FarEnds::FarEnds(std::vector<std::pair<phone::Address, phone::Address>> calls, std::size_t measured) : impl_(std::make_unique<Impl>()) {
  impl_->calls = std::move(calls);
  impl_->measured = std::vector<Impl::Measured>(measured);
}

FarEnds::~FarEnds() = default;
FarEnds::FarEnds(FarEnds&&) noexcept = default;

Seen FarEnds::play(double seconds) {
  impl_->seen = {};
  auto next = steady_clock::now();
  auto const frames = static_cast<std::uint32_t>(seconds * 1'000 / static_cast<double>(media::frame_ms));
  for (std::uint32_t frame = 0; frame < frames; ++frame, ++impl_->number) {
    for (std::size_t slot = 0; slot < slots; ++slot) {
      std::this_thread::sleep_until(next);
      next += std::chrono::milliseconds{1};
      for (std::size_t call = slot; call < impl_->measured.size(); call += slots) impl_->send_measured(call);
      impl_->send_shared(slot);
      impl_->read();
    }
  }
  return std::move(impl_->seen);
}

}  // namespace rapport::bench
