#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <utility>

#include "media/level.hpp"
#include "phone/media_thread.hpp"
#include "phone/secure_leg.hpp"

/// One call's sockets, read and written once a tick.
namespace rapport::phone {
namespace {

constexpr std::uint64_t ticks_per_second = 1'000 / media::frame_ms;
constexpr std::uint64_t relatch_after_ticks = 2 * ticks_per_second;
constexpr std::uint64_t ticks_per_report = limits::line_report_ms / static_cast<base::Millis>(media::frame_ms);
constexpr std::uint64_t first_report_tick = ticks_per_second;
constexpr std::uint64_t ticks_away_max = limits::sound_away_ms / static_cast<base::Millis>(media::frame_ms);
constexpr std::uint64_t quiet_ticks = limits::message_silence_ms / static_cast<base::Millis>(media::frame_ms);
constexpr std::uint8_t quiet_level = 45;  // dB below full: lines murmur at 50 and less, people speak at 15 to 35
constexpr std::string_view canonical_name = "rapport";

/// In samples since the epoch, wrapping.
std::uint32_t samples_of(timespec const& at) {
  constexpr std::uint64_t nanoseconds_per_sample = 1'000'000'000 / media::sample_rate;
  return static_cast<std::uint32_t>(static_cast<std::uint64_t>(at.tv_sec) * media::sample_rate + static_cast<std::uint64_t>(at.tv_nsec) / nanoseconds_per_sample);
}

/// Seconds since 1900 and their fractions, 32 bits each.
std::uint64_t ntp_of(timespec const& at) {
  constexpr std::uint64_t ntp_before_epoch = 2'208'988'800;
  std::uint64_t const fraction = (static_cast<std::uint64_t>(at.tv_nsec) << 32U) / 1'000'000'000;
  return (static_cast<std::uint64_t>(at.tv_sec) + ntp_before_epoch) << 32U | fraction;
}

}  // namespace

/// Room for what one reading of a socket brings, made once a thread.
class MediaCall::Reading {
 public:
  Reading() {
    for (std::size_t i = 0; i < limits::datagrams_per_tick_max; ++i) {
      places_[i] = {bytes_[i].data(), bytes_[i].size()};
      headers_[i].msg_hdr.msg_iov = &places_[i];
      headers_[i].msg_hdr.msg_iovlen = 1;
      headers_[i].msg_hdr.msg_name = &from_[i];
      headers_[i].msg_hdr.msg_control = control_[i].data();
    }
  }
  /// How many came; never waits.
  std::size_t read(int socket) {
    for (std::size_t i = 0; i < limits::datagrams_per_tick_max; ++i) {
      headers_[i].msg_hdr.msg_namelen = sizeof from_[i];
      headers_[i].msg_hdr.msg_controllen = control_[i].size();
    }
    int const count = ::recvmmsg(socket, headers_.data(), static_cast<unsigned>(headers_.size()), MSG_DONTWAIT, nullptr);
    return count < 0 ? 0 : static_cast<std::size_t>(count);
  }
  Datagram datagram(std::size_t index) const {
    return {std::span{bytes_[index]}.first(headers_[index].msg_len), Address::of(reinterpret_cast<sockaddr const&>(from_[index])), arrival(headers_[index].msg_hdr)};
  }
  bool truncated(std::size_t index) const { return (headers_[index].msg_hdr.msg_flags & MSG_TRUNC) != 0; }

 private:
  static timespec arrival(msghdr const& header) {
    timespec at{};
    for (cmsghdr* part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(const_cast<msghdr*>(&header), part)) {
      if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_TIMESTAMPNS) std::memcpy(&at, CMSG_DATA(part), sizeof at);
    }
    return at;
  }

  std::array<std::array<std::uint8_t, limits::datagram_bytes_max>, limits::datagrams_per_tick_max> bytes_{};
  std::array<iovec, limits::datagrams_per_tick_max> places_{};
  std::array<sockaddr_storage, limits::datagrams_per_tick_max> from_{};
  std::array<std::array<char, 64>, limits::datagrams_per_tick_max> control_{};
  std::array<mmsghdr, limits::datagrams_per_tick_max> headers_{};
};

MediaCall::Reading& MediaCall::reading() {
  thread_local Reading room;
  return room;
}

MediaCall::~MediaCall() { end_recording(); }

void MediaCall::end_recording() {
  if (!std::exchange(recording_, false)) return;
  if (chunk_ == nullptr) chunk_ = std::make_unique<RecordingChunk>(RecordingChunk{number_, recorded_frames_, 0, false, {}});
  chunk_->last = true;
  shared_.feed.put(std::move(chunk_));
}

MediaCall::Leg* MediaCall::find(LegNumber leg) {
  auto const found = std::ranges::find_if(legs_, [&](auto const& one) { return one->number == leg; });
  return found == legs_.end() ? nullptr : found->get();
}

void MediaCall::add(LegNumber leg, RtpSockets sockets, media::LegOptions const& options, Address const& remote) {
  auto const place = bridge_.add(options);
  if (!place) return;
  legs_.push_back(std::make_unique<Leg>(Leg{leg, *place, std::move(sockets), remote, {}, 0, 0, true, false, 0, 0}));
}

void MediaCall::remove(LegNumber leg) {
  Leg* const found = find(leg);
  if (found == nullptr) return;
  bridge_.remove(found->place);
  std::erase_if(legs_, [&](auto const& one) { return one->number == leg; });
}

void MediaCall::send_to(LegNumber leg, Address const& remote, bool sends) {
  Leg* const found = find(leg);
  if (found == nullptr) return;
  found->sends = sends;
  if (!remote.valid() || (found->remote.valid() && found->remote == remote)) return;
  found->remote = remote;
  found->latched.reset();
}

void MediaCall::watch(LegNumber leg, bool watched) {
  Leg* const found = find(leg);
  if (found == nullptr || found->watched == watched) return;
  found->watched = watched;
  found->away_ticks = 0;
}

/// Tells once that nothing comes any more.
void MediaCall::watch(Leg& leg) {
  if (!leg.watched || ++leg.away_ticks != ticks_away_max) return;
  if (!shared_.news.push({MediaNews::Kind::silent, number_, leg.number, 0, {}, 0})) shared_.metrics.news_lost.add();
}

void MediaCall::change(LegNumber leg, media::Format const& format) {
  if (Leg* const found = find(leg)) bridge_.change(found->place, format);
}

void MediaCall::hear(LegNumber listener, LegNumber speaker, bool heard) {
  Leg* const to = find(listener);
  Leg* const from = find(speaker);
  if (to != nullptr && from != nullptr) bridge_.hear(to->place, from->place, heard ? media::gain_full : media::gain_none);
}

void MediaCall::record_as(LegNumber leg, media::Side side) {
  if (Leg* const found = find(leg)) bridge_.record_as(found->place, side);
}

void MediaCall::play(LegNumber leg, media::Sound sound) {
  if (Leg* const found = find(leg)) bridge_.play(found->place, sound);
}

void MediaCall::announce(LegNumber leg, std::shared_ptr<media::Announcement const> announcement, std::uint32_t ticket) {
  Leg* const found = find(leg);
  if (found == nullptr) return;
  found->ticket = announcement == nullptr ? 0 : ticket;
  bridge_.announce(found->place, std::move(announcement));
}

void MediaCall::tell_announced(Leg& leg) {
  if (leg.ticket == 0 || bridge_.announcing(leg.place)) return;
  if (!shared_.news.push({MediaNews::Kind::announced, number_, leg.number, 0, {}, leg.ticket})) shared_.metrics.news_lost.add();
  leg.ticket = 0;
}

void MediaCall::mute(LegNumber leg, bool muted) {
  if (Leg* const found = find(leg)) bridge_.mute(found->place, muted);
}

void MediaCall::record() {
  recording_ = true;
  bridge_.begin_recording();
}

void MediaCall::await_silence(LegNumber leg) {
  if (Leg* const found = find(leg)) found->quiet_ticks_left = quiet_ticks;
}

/// Whether they still say something, where that is asked.
void MediaCall::listen(Leg& leg) {
  if (!leg.quiet_ticks_left) return;
  bool const quiet = media::level(bridge_.spoken(leg.place)) >= quiet_level;
  if (!quiet) leg.quiet_ticks_left = quiet_ticks;
  if (!quiet || --*leg.quiet_ticks_left > 0) return;
  leg.quiet_ticks_left.reset();
  if (!shared_.news.push({MediaNews::Kind::quiet, number_, leg.number, 0, {}, 0})) shared_.metrics.news_lost.add();
}

void MediaCall::tap(LegNumber customer, LegNumber agent) {
  tapped_customer_ = customer;
  tapped_agent_ = agent;
}

void MediaCall::offer() {
  Leg* const customer = tapped_customer_ == 0 ? nullptr : find(tapped_customer_);
  Leg* const agent = tapped_agent_ == 0 ? nullptr : find(tapped_agent_);
  if (customer == nullptr || agent == nullptr) return;
  shared_.taps.put({number_, agent->number, ticks_, bridge_.spoken_wide(customer->place), bridge_.spoken_wide(agent->place)});
}

void MediaCall::press(LegNumber leg, std::string const& keys) {
  Leg* const found = find(leg);
  if (found == nullptr) return;
  for (char const key : keys) {
    if (!bridge_.press(found->place, key)) shared_.metrics.refused_commands.add();
  }
}

void MediaCall::lock(LegNumber leg, std::shared_ptr<SecureLeg> secure) {
  if (Leg* const found = find(leg)) found->secure = std::move(secure);
}

void MediaCall::check_by(LegNumber leg, SecureTerms const& terms) {
  Leg* const found = find(leg);
  if (found != nullptr && found->secure) found->secure->check_by(terms);
}

void MediaCall::seal(LegNumber leg, SrtpKeys const& keys) {
  Leg* const found = find(leg);
  if (found == nullptr || found->keys == keys) return;
  // Under a key of ours that stays, neither counters nor keystream may begin anew (RFC 3711, 9.1).
  bool const ours_stays = found->sealed && found->keys && found->keys->ours == keys.ours;
  found->keys = keys;
  if (ours_stays && found->sealed->hear_by(keys.theirs)) return;
  auto made = Srtp::make(keys);
  if (made) found->sealed = std::make_unique<Srtp>(std::move(*made));
}

void MediaCall::tick() {
  for (auto const& leg : legs_) read(*leg);
  bridge_.tick();
  for (auto const& leg : legs_) {
    send(*leg);
    tell_announced(*leg);
    listen(*leg);
  }
  if (recording_) take_down();
  offer();
  ++ticks_;
  for (auto const& leg : legs_) {
    if (leg->ticks++ % ticks_per_report == first_report_tick) report(*leg);
    watch(*leg);
  }
}

/// Who sends first is the peer, wherever it is behind its router; another one only where that has been
/// quiet for a while.
bool MediaCall::latches(Leg& leg, Address const& from) const {
  if (leg.latched == from) {
    leg.quiet_ticks = 0;
    return true;
  }
  if (leg.latched && leg.quiet_ticks < relatch_after_ticks) return false;
  leg.latched = from;
  leg.quiet_ticks = 0;
  return true;
}

void MediaCall::read(Leg& leg) {
  Reading& room = reading();
  std::size_t const count = room.read(leg.sockets.rtp.number());
  ++leg.quiet_ticks;
  shared_.metrics.received.add(count);
  for (std::size_t i = 0; i < count; ++i) {
    Datagram datagram = room.datagram(i);
    if (!room.truncated(i) && leg.secure && !open(leg, datagram)) continue;
    if (leg.keys) datagram.bytes = leg.sealed ? leg.sealed->open(datagram.bytes) : std::span<std::uint8_t const>{};
    if (room.truncated(i) || !media::read_rtp(datagram.bytes)) {
      shared_.metrics.refused.add();
      continue;
    }
    if (!leg.secure && !latches(leg, datagram.from)) {
      shared_.metrics.foreign.add();
      continue;
    }
    leg.away_ticks = 0;
    switch (bridge_.receive(leg.place, datagram.bytes, samples_of(datagram.arrived))) {
      case media::Bridge::Received::foreign:
        shared_.metrics.foreign.add();
        break;
      case media::Bridge::Received::refused:
        shared_.metrics.refused.add();
        break;
      case media::Bridge::Received::sound:
      case media::Bridge::Received::key:
        break;
    }
  }
  while (auto const key = bridge_.next_key(leg.place)) {
    if (!shared_.news.push({MediaNews::Kind::key, number_, leg.number, *key, {}, 0})) shared_.metrics.news_lost.add();
  }
}

/// Takes what a browser sends apart. True: it is sound, and plain now.
bool MediaCall::open(Leg& leg, Datagram& datagram) {
  auto const opened = leg.secure->open(datagram.bytes, datagram.from, leg.sockets.rtp.number());
  datagram.bytes = opened.bytes;
  bool const bad = opened.kind == SecureLeg::Kind::refused ||
                   (opened.kind == SecureLeg::Kind::report && !bridge_.receive_rtcp(leg.place, opened.bytes, ntp_of(datagram.arrived)));
  if (bad) shared_.metrics.refused.add();
  if (opened.kind == SecureLeg::Kind::report && !bad) leg.away_ticks = 0;
  return opened.kind == SecureLeg::Kind::sound;
}

void MediaCall::send(Leg& leg) {
  Address const& to = leg.secure ? leg.secure->remote() : leg.latched ? *leg.latched
                                                                      : leg.remote;
  if (!leg.sends || !to.valid() || to.port() == 0) return;
  std::span<std::uint8_t const> packet = bridge_.packet(leg.place);
  if (packet.empty()) return;
  if (leg.secure) packet = leg.secure->protect(packet);
  if (leg.keys) packet = leg.sealed ? leg.sealed->protect(packet) : std::span<std::uint8_t const>{};
  if (packet.empty()) return;  // there are no keys yet
  ssize_t const sent = ::sendto(leg.sockets.rtp.number(), packet.data(), packet.size(), MSG_DONTWAIT | MSG_NOSIGNAL, to.raw(), to.raw_size());
  // A peer that is gone answers by ICMP; its hang-up comes by SIP.
  (sent == static_cast<ssize_t>(packet.size()) ? shared_.metrics.sent : shared_.metrics.unsent).add();
}

void MediaCall::take_down() {
  if (chunk_ == nullptr) {
    chunk_ = std::make_unique<RecordingChunk>();
    chunk_->call = number_;
    chunk_->first_frame = recorded_frames_;
  }
  chunk_->sound[chunk_->frames++] = bridge_.recorded();
  ++recorded_frames_;
  if (chunk_->frames == chunk_->sound.size()) shared_.feed.put(std::move(chunk_));
}

void MediaCall::read_reports(Leg& leg) {
  Reading& room = reading();
  std::size_t const count = room.read(leg.sockets.rtcp.number());
  for (std::size_t i = 0; i < count; ++i) {
    Datagram datagram = room.datagram(i);
    if (leg.sealed) datagram.bytes = leg.sealed->open_report(datagram.bytes);
    bool const known = leg.latched ? leg.latched->same_host(datagram.from) : leg.remote.valid() && leg.remote.same_host(datagram.from);
    if (!known)
      shared_.metrics.foreign.add();
    else if (room.truncated(i) || !bridge_.receive_rtcp(leg.place, datagram.bytes, ntp_of(datagram.arrived)))
      shared_.metrics.refused.add();
    else
      leg.away_ticks = 0;  // who is silent by agreement of its own still reports
  }
}

void MediaCall::report(Leg& leg) {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);  // the clock of the sockets' timestamps
  if (!leg.secure) read_reports(leg);
  Address const& sound = leg.latched ? *leg.latched : leg.remote;
  std::array<std::uint8_t, media::rtcp_bytes_max> bytes;
  std::size_t const size = bridge_.write_report(leg.place, ntp_of(now), canonical_name, bytes);
  if (leg.secure) {
    auto const locked = leg.secure->protect_report(std::span{bytes}.first(size));
    Address const& to = leg.secure->remote();
    if (!locked.empty() && to.valid() && ::sendto(leg.sockets.rtp.number(), locked.data(), locked.size(), MSG_DONTWAIT | MSG_NOSIGNAL, to.raw(), to.raw_size()) < 0) shared_.metrics.unsent.add();
  } else if (sound.valid() && sound.port() != 0 && sound.port() != 65'535) {
    Address const to = sound.with_port(static_cast<std::uint16_t>(sound.port() + 1));
    std::span<std::uint8_t const> told = std::span{bytes}.first(size);
    if (leg.keys) told = leg.sealed ? leg.sealed->protect_report(told) : std::span<std::uint8_t const>{};
    if (!told.empty() && ::sendto(leg.sockets.rtcp.number(), told.data(), told.size(), MSG_DONTWAIT | MSG_NOSIGNAL, to.raw(), to.raw_size()) < 0) shared_.metrics.unsent.add();
  }
  if (!shared_.news.push({MediaNews::Kind::line, number_, leg.number, 0, bridge_.line(leg.place), 0})) shared_.metrics.news_lost.add();
}

}  // namespace rapport::phone
