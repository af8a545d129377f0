#include "phone/session_description.hpp"

#include <utility>

namespace rapport::phone {
namespace {

constexpr char const* keys_name = "telephone-event";
constexpr char const* keys_payload_type = "101";
constexpr std::size_t description_bytes_max = 16U << 10U;

bool add_formats(sdp_media* audio) {
  constexpr auto rate = media::sample_rate;
  int failed = sdp_format_add(nullptr, audio, false, "0", "PCMU", rate, 1, nullptr, nullptr, nullptr, false, nullptr);
  failed |= sdp_format_add(nullptr, audio, false, "8", "PCMA", rate, 1, nullptr, nullptr, nullptr, false, nullptr);
  failed |= sdp_format_add(nullptr, audio, false, keys_payload_type, keys_name, rate, 1, nullptr, nullptr, nullptr, false, "0-15");
  failed |= sdp_media_set_lattr(audio, true, "ptime", "%u", media::frame_ms);
  return failed == 0;
}

/// The peer's first law that is ours, too, by its static payload type: it need not be named.
std::optional<media::Codec> codec_in(sdp_media const* audio) {
  list const* const formats = sdp_media_format_lst(audio, false);
  for (le const* each = list_head(formats); each != nullptr; each = each->next) {
    auto const* const format = static_cast<sdp_format const*>(each->data);
    bool const known = format->sup && format->pt >= 0 && format->pt < 128;
    if (!known) continue;
    if (auto const codec = media::codec_of(static_cast<std::uint8_t>(format->pt))) return codec;
  }
  return std::nullopt;
}

}  // namespace

base::Result<SessionDescription> SessionDescription::make(Address const& local) {
  sa const host = as_sa(local);
  sdp_session* session = nullptr;
  if (sdp_session_alloc(&session, &host) != 0) return base::Error{"no memory for a session description"};
  Re<sdp_session> owned{session};
  sdp_media* audio = nullptr;
  if (sdp_media_add(&audio, session, "audio", local.port(), "RTP/AVP") != 0 || !add_formats(audio)) return base::Error{"no memory for a session description"};
  return SessionDescription{std::move(owned), audio};
}

base::Result<Re<mbuf>> SessionDescription::write(bool offer) {
  mbuf* text = nullptr;
  if (sdp_encode(&text, session_.get(), offer) != 0) return base::Error{"the session description could not be written"};
  return Re<mbuf>{text};
}

base::Result<Agreed> SessionDescription::read(std::string_view text, bool offer) {
  if (text.empty()) return base::Error{"no session description"};
  if (text.size() > description_bytes_max) return base::Error{"a session description above 16 KiB"};
  Re<mbuf> const bytes = as_mbuf(text);
  if (!bytes || sdp_decode(session_.get(), bytes.get(), offer) != 0) return base::Error{"a session description that cannot be read"};
  auto const codec = codec_in(audio_);
  if (!codec || sdp_media_disabled(audio_)) return base::Error{"no audio in PCMU or PCMA"};
  Agreed agreed;
  agreed.codec = *codec;
  sdp_format const* const keys = sdp_media_format(audio_, false, nullptr, -1, keys_name, -1, -1);
  if (keys != nullptr && keys->pt >= 96 && keys->pt < 128) agreed.keys = static_cast<std::uint8_t>(keys->pt);
  sa const* const remote = sdp_media_raddr(audio_);
  if (remote != nullptr && sa_isset(remote, SA_ALL)) agreed.remote = address_of(*remote);
  if (agreed.remote.valid() && agreed.remote.is_any()) agreed.remote = Address{};  // 0.0.0.0: hold as in RFC 2543
  // The direction that the peer named is its own: what it sends, and whether it listens.
  auto const direction = static_cast<unsigned>(sdp_media_rdir(audio_));
  agreed.peer_sends = (direction & SDP_RECVONLY) != 0;
  agreed.peer_receives = (direction & SDP_SENDONLY) != 0 && agreed.remote.valid();
  return agreed;
}

}  // namespace rapport::phone
