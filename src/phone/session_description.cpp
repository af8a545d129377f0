#include "phone/session_description.hpp"

#include <cctype>
#include <utility>

#include "phone/opus_parameters.hpp"
#include "phone/sdes.hpp"

namespace rapport::phone {
namespace {

constexpr char const* keys_name = "telephone-event";
constexpr char const* keys_payload_type = "101";
constexpr char const* opus_name = "opus";
constexpr char const* opus_payload_type = "111";
constexpr char const* opus_keys_payload_type = "110";
constexpr std::size_t description_bytes_max = 16U << 10U;
constexpr char const* plain_protocol = "RTP/AVP";
constexpr char const* locked_protocol = "RTP/SAVP";
constexpr char const* browser_protocol = "UDP/TLS/RTP/SAVPF";
constexpr char const* only_mid = "0";
constexpr unsigned host_type_preference = 126;

bool add_laws(sdp_media* audio) {
  constexpr auto rate = media::sample_rate;
  return sdp_format_add(nullptr, audio, false, "0", "PCMU", rate, 1, nullptr, nullptr, nullptr, false, nullptr) == 0 &&
         sdp_format_add(nullptr, audio, false, "8", "PCMA", rate, 1, nullptr, nullptr, nullptr, false, nullptr) == 0;
}

/// Two channels are only what it is called (RFC 7587, section 7).
bool add_opus(sdp_media* audio) {
  return sdp_format_add(nullptr, audio, false, opus_payload_type, opus_name, media::opus_clock_rate, 2, nullptr, nullptr, nullptr, false, "%s", opus_parameters().c_str()) == 0;
}

/// A browser's way may lose what it likes, so it has Opus first; phones and trunks have what costs least.
bool add_formats(sdp_media* audio, bool browser) {
  bool const sound = browser ? add_opus(audio) && add_laws(audio) : add_laws(audio) && add_opus(audio);
  // Events are told by the clock of the sound beside them (RFC 4733, section 2.1).
  return sound && sdp_format_add(nullptr, audio, false, keys_payload_type, keys_name, media::sample_rate, 1, nullptr, nullptr, nullptr, false, "0-15") == 0 &&
         sdp_format_add(nullptr, audio, false, opus_keys_payload_type, keys_name, media::opus_clock_rate, 1, nullptr, nullptr, nullptr, false, "0-15") == 0 &&
         sdp_media_set_lattr(audio, true, "ptime", "%u", media::frame_ms) == 0;
}

bool is_opus(sdp_format const& format) {
  return format.name != nullptr && str_casecmp(format.name, opus_name) == 0 && format.srate == media::opus_clock_rate;
}

/// The peer's first way of sound that is ours, too; a law by its static payload type: it need not be named.
std::optional<media::Format> format_in(sdp_media const* audio) {
  list const* const formats = sdp_media_format_lst(audio, false);
  for (le const* each = list_head(formats); each != nullptr; each = each->next) {
    auto const* const format = static_cast<sdp_format const*>(each->data);
    bool const known = format->sup && format->pt >= 0 && format->pt < 128;
    if (!known) continue;
    auto const type = static_cast<std::uint8_t>(format->pt);
    media::Format found;
    if (is_opus(*format)) {
      found.opus = read_opus_parameters(type, format->params == nullptr ? "" : format->params);
      return found;
    }
    auto const codec = media::codec_of(type);
    if (!codec) continue;
    found.codec = *codec;
    return found;
  }
  return std::nullopt;
}

/// Events at the clock of the sound, else at the other one.
void read_keys(sdp_media const* audio, media::Format& format) {
  std::uint32_t const other = format.opus ? media::sample_rate : media::opus_clock_rate;
  for (std::uint32_t const rate : {format.clock_rate(), other}) {
    sdp_format const* const keys = sdp_media_format(audio, false, nullptr, -1, keys_name, static_cast<std::int32_t>(rate), -1);
    if (keys == nullptr || keys->pt < 96 || keys->pt >= 128) continue;
    format.keys = static_cast<std::uint8_t>(keys->pt);
    format.keys_rate = rate;
    return;
  }
}

}  // namespace

base::Result<SessionDescription> SessionDescription::with(Address const& local, char const* protocol) {
  sa const host = as_sa(local);
  sdp_session* session = nullptr;
  if (sdp_session_alloc(&session, &host) != 0) return base::Error{"no memory for a session description"};
  Re<sdp_session> owned{session};
  sdp_media* audio = nullptr;
  if (sdp_media_add(&audio, session, "audio", local.port(), protocol) != 0 || !add_formats(audio, protocol == std::string_view{browser_protocol})) return base::Error{"no memory for a session description"};
  return SessionDescription{std::move(owned), audio};
}

base::Result<SessionDescription> SessionDescription::make(Address const& local) { return with(local, plain_protocol); }

/// RFC 8839 (ICE), 8842 (DTLS), 5763 (fingerprint), 5761 (one port), 9143 (BUNDLE).
base::Result<SessionDescription> SessionDescription::make(Address const& local, BrowserTerms const& terms) {
  auto made = with(local, browser_protocol);
  if (!made) return made;
  made->browser_ = true;
  sdp_session* const session = made->session_.get();
  sdp_media* const audio = made->audio_;
  int failed = sdp_session_set_lattr(session, true, "group", "BUNDLE %s", only_mid);
  failed |= sdp_session_set_lattr(session, true, "ice-lite", nullptr);
  failed |= sdp_media_set_lattr(audio, true, "mid", "%s", only_mid);
  failed |= sdp_media_set_lattr(audio, true, "rtcp-mux", nullptr);
  failed |= sdp_media_set_lattr(audio, true, "fingerprint", "sha-256 %s", terms.fingerprint.c_str());
  unsigned preference = 65'535;
  for (Address const& candidate : terms.candidates) {
    unsigned const priority = host_type_preference << 24U | preference-- << 8U | 255U;  // RFC 8445, section 5.1.2.1
    failed |= sdp_media_set_lattr(audio, false, "candidate", "1 1 udp %u %s %u typ host", priority, candidate.host().c_str(), unsigned{candidate.port()});
  }
  failed |= sdp_media_set_lattr(audio, true, "end-of-candidates", nullptr);
  if (failed != 0 || !made->rename(terms.ufrag, terms.password)) return base::Error{"no memory for a session description"};
  return made;
}

base::Result<void> SessionDescription::rename(std::string const& ufrag, std::string const& password) {
  bool const failed = sdp_media_set_lattr(audio_, true, "ice-ufrag", "%s", ufrag.c_str()) != 0 || sdp_media_set_lattr(audio_, true, "ice-pwd", "%s", password.c_str()) != 0;
  if (failed) return base::Error{"no memory for a session description"};
  return {};
}

base::Result<Re<mbuf>> SessionDescription::write(bool offer) {
  // We are the one that is greeted, whoever offers.
  if (browser_ && sdp_media_set_lattr(audio_, true, "setup", offer ? "actpass" : "passive") != 0) return base::Error{"no memory for a session description"};
  mbuf* text = nullptr;
  if (sdp_encode(&text, session_.get(), offer) != 0) return base::Error{"the session description could not be written"};
  return Re<mbuf>{text};
}

/// False where we could not speak with it.
bool SessionDescription::read_browser(Agreed& agreed, bool offer) const {
  constexpr std::string_view digest = "sha-256 ";
  auto const attribute = [this](char const* name) {
    char const* const value = sdp_media_session_rattr(audio_, session_.get(), name);
    return value == nullptr ? std::string_view{} : std::string_view{value};
  };
  std::string_view const fingerprint = attribute("fingerprint");
  std::string_view const setup = attribute("setup");
  bool const greets = setup == "active" || (offer && setup == "actpass");
  if (!greets || fingerprint.size() <= digest.size() || attribute("ice-ufrag").empty()) return false;
  // Names of digests are written in either case, and so are its figures.
  std::string text{fingerprint};
  for (char& letter : text) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  if (!text.starts_with("SHA-256 ")) return false;
  agreed.peer_fingerprint = text.substr(digest.size());
  agreed.peer_ufrag = attribute("ice-ufrag");
  return true;
}

/// Takes a lock where it is offered.
base::Result<SessionDescription> SessionDescription::make(Address const& local, LockKey const& key) {
  auto made = with(local, plain_protocol);
  if (!made) return made;
  made->own_key_ = key;
  if (sdp_media_set_alt_protos(made->audio_, 1, locked_protocol) != 0) return base::Error{"no memory for a session description"};
  return made;
}

base::Result<SessionDescription> SessionDescription::make_locked(Address const& local, LockKey const& key) {
  auto made = with(local, locked_protocol);
  if (!made) return made;
  made->own_key_ = key;
  if (sdp_media_set_lattr(made->audio_, true, "crypto", "%s", write_sdes({"1", key}).c_str()) != 0) return base::Error{"no memory for a session description"};
  return made;
}

/// False where sound is to be under lock, and no key that we can use was told.
bool SessionDescription::read_lock(Agreed& agreed, bool offer) {
  if (!own_key_ || std::string_view{sdp_media_proto(audio_)} != locked_protocol) return true;
  std::optional<SdesLine> found;
  auto const take = [](char const*, char const* value, void* into) {
    auto& line = *static_cast<std::optional<SdesLine>*>(into);
    line = value == nullptr ? std::nullopt : read_sdes(value);
    return line.has_value();  // the first that we can use
  };
  sdp_media_rattr_apply(audio_, "crypto", take, &found);
  if (!found) return false;
  agreed.lock = SrtpKeys{*own_key_, found->key};
  return !offer || sdp_media_set_lattr(audio_, true, "crypto", "%s", write_sdes({found->tag, *own_key_}).c_str()) == 0;
}

base::Result<Agreed> SessionDescription::read(std::string_view text, bool offer) {
  if (text.empty()) return base::Error{"no session description"};
  if (text.size() > description_bytes_max) return base::Error{"a session description above 16 KiB"};
  Re<mbuf> const bytes = as_mbuf(text);
  if (!bytes || sdp_decode(session_.get(), bytes.get(), offer) != 0) return base::Error{"a session description that cannot be read"};
  auto const format = format_in(audio_);
  if (!format || sdp_media_disabled(audio_)) return base::Error{"no audio in PCMU, PCMA or Opus"};
  Agreed agreed;
  agreed.format = *format;
  read_keys(audio_, agreed.format);
  if (!read_lock(agreed, offer)) return base::Error{"sound under lock without a key of AES_CM_128_HMAC_SHA1_80"};
  sa const* const remote = sdp_media_raddr(audio_);
  if (remote != nullptr && sa_isset(remote, SA_ALL)) agreed.remote = address_of(*remote);
  if (agreed.remote.valid() && agreed.remote.is_any()) agreed.remote = Address{};  // 0.0.0.0: hold as in RFC 2543
  // The direction that the peer named is its own: what it sends, and whether it listens.
  auto const direction = static_cast<unsigned>(sdp_media_rdir(audio_));
  agreed.peer_sends = (direction & SDP_RECVONLY) != 0;
  // A browser's address is found out by ICE.
  agreed.peer_receives = (direction & SDP_SENDONLY) != 0 && (browser_ || agreed.remote.valid());
  if (browser_ && !read_browser(agreed, offer)) return base::Error{"a browser's session description without ICE, or with another role or fingerprint than ours can be"};
  return agreed;
}

}  // namespace rapport::phone
