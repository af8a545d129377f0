#include "phone/sip_leg.hpp"

#include <fmt/format.h>
#include <openssl/rand.h>

#include <cctype>
#include <cerrno>

#include "base/assert.hpp"
#include "base/phone_limits.hpp"
#include "phone/sipfrag.hpp"
#include "phone/trunks.hpp"

namespace rapport::phone {
namespace {

constexpr char const* contact_user = "rapport";
constexpr char const* description_type = "application/sdp";
constexpr std::size_t ufrag_letters = 8;
constexpr std::size_t password_letters = 24;

/// Letters of a name or password in ICE, 6 bits each.
std::string random_letters(std::size_t count) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text(count, '\0');
  // Without random numbers no secret is worth anything.
  RAPPORT_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(text.data()), static_cast<int>(count)) == 1);
  for (char& letter : text) letter = letters[static_cast<unsigned char>(letter) % letters.size()];
  return text;
}

SessionDescription::LockKey random_key() {
  SessionDescription::LockKey key{};
  RAPPORT_ASSERT(RAND_bytes(key.data(), static_cast<int>(key.size())) == 1);
  return key;
}

/// A name that may stand in a URI as it is.
std::string uri_user(std::string_view name) {
  std::string user;
  for (char const letter : name) {
    bool const plain = std::isalnum(static_cast<unsigned char>(letter)) != 0 || std::string_view{"+-_.*"}.find(letter) != std::string_view::npos;
    if (plain) user += letter;
  }
  return user.empty() ? "anonymous" : user;
}

std::string uri_at(std::string_view user, Address const& host, Transport transport) {
  std::string const by = transport == Transport::udp ? std::string{} : fmt::format(";transport={}", name(transport));
  return fmt::format("sip:{}@{}{}", uri_user(user), host.text(), by);
}

/// What libre is told for Contact: a user, beside which it puts the address that it sends from, or, where the peer
/// sees us by another one, all of it.
std::string contact_for(OwnAddress const& own, Address const& peer, Address const& local, Transport transport) {
  Address const seen = own.seen_by(peer, local);
  return seen == local ? std::string{contact_user} : uri_at(contact_user, seen, transport);
}

Transport transport_by(sip_transp way) {
  return way == SIP_TRANSP_UDP ? Transport::udp : way == SIP_TRANSP_TLS ? Transport::tls
                                                                        : Transport::tcp;
}

/// The key of "Signal=5" (application/dtmf-relay) or "5" (application/dtmf).
std::optional<char> key_in(std::string_view body) {
  constexpr std::string_view field = "Signal=";
  std::size_t const at = body.find(field);
  if (at != std::string_view::npos) body = body.substr(at + field.size());
  while (!body.empty() && body.front() == ' ') body.remove_prefix(1);
  if (body.empty()) return std::nullopt;
  auto const key = static_cast<char>(std::toupper(static_cast<unsigned char>(body.front())));
  return std::string_view{"0123456789*#ABCD"}.find(key) == std::string_view::npos ? std::nullopt : std::optional{key};
}

}  // namespace

base::Result<std::unique_ptr<SipLeg>> SipLeg::make(Ground const& ground, Ends const& ends, LegNumber number, Listener& listener, bool locked) {
  auto sockets = ground.ports->open(ends.local);
  if (!sockets) return sockets.error();
  Address const shown = ground.own.seen_by(ends.peer, sockets->local);
  auto description = locked ? SessionDescription::make_locked(shown, random_key()) : SessionDescription::make(shown, random_key());
  if (!description) return description.error();
  return std::unique_ptr<SipLeg>{new SipLeg{ground, number, listener, std::move(*sockets), std::move(*description), contact_for(ground.own, ends.peer, ends.local, ends.transport)}};
}

/// Nothing: agreed, be it that there is none.
std::optional<SipLeg::Refusal> SipLeg::agree_on_timer(SipLeg& leg, sip_msg const& invite) {
  auto const value = [&](sip_hdrid id) {
    sip_hdr const* const header = sip_msg_hdr(&invite, id);
    return header == nullptr ? std::string_view{} : view(header->val);
  };
  bool const supports = sip_msg_hdr_has_value(&invite, SIP_HDR_SUPPORTED, "timer");
  auto const timer = SessionTimer::negotiate(value(SIP_HDR_SESSION_EXPIRES), value(SIP_HDR_MIN_SE), supports, leg.ground_.now());
  if (timer) {
    leg.timer_ = *timer;
    return std::nullopt;
  }
  if (timer.error() == SessionTimer::Refusal::malformed) return Refusal{400, "Bad Session-Expires"};
  return Refusal{422, "Session Interval Too Small", fmt::format("Min-SE: {}\r\n", limits::session_ms_min / base::second)};
}

base::Result<std::unique_ptr<SipLeg>> SipLeg::make_for_browser(Ground const& ground, LegNumber number, Listener& listener) {
  // Which of our addresses reaches the browser, its checks find out.
  auto sockets = ground.ports->open_to_all();
  if (!sockets) return sockets.error();
  sockets->rtcp = Descriptor{};
  BrowserTerms terms{random_letters(ufrag_letters), random_letters(password_letters), ground.handshakes->fingerprint(), {}};
  terms.candidates = ground.own.ways_to(sockets->local, limits::ice_candidates_max);
  if (terms.candidates.empty()) return base::Error{"this machine has no address"};
  auto description = SessionDescription::make(terms.candidates.front(), terms);
  if (!description) return description.error();
  std::unique_ptr<SipLeg> leg{new SipLeg{ground, number, listener, std::move(*sockets), std::move(*description), contact_user}};
  leg->terms_ = {terms.ufrag, terms.password};
  leg->handshakes_ = ground.handshakes;
  return leg;
}

std::shared_ptr<SecureLeg> SipLeg::secure() const {
  if (handshakes_ == nullptr || agreed_.peer_fingerprint.empty()) return nullptr;
  auto handshake = handshakes_->begin(sockets_.rtp, agreed_.peer_fingerprint);
  if (!handshake) return nullptr;
  return std::make_shared<SecureLeg>(*secure_terms(), std::move(*handshake), *handshakes_);
}

std::optional<SecureTerms> SipLeg::secure_terms() const {
  if (handshakes_ == nullptr) return std::nullopt;
  return SecureTerms{terms_.username + ":" + agreed_.peer_ufrag, terms_.password};
}

/// A browser whose network changed names itself anew; so do we in our answer (RFC 8445, section 9).
bool SipLeg::restart_ice() {
  terms_ = {random_letters(ufrag_letters), random_letters(password_letters)};
  return static_cast<bool>(description_.rename(terms_.username, terms_.password));
}

base::Result<std::unique_ptr<SipLeg>, SipLeg::Refusal> SipLeg::take(Ground const& ground, sip_msg const& invite, LegNumber number, Listener& listener) {
  auto made = make(ground, {address_of(invite.dst), address_of(invite.src), transport_by(invite.tp)}, number, listener, false);
  if (!made) return Refusal{503, "No Media Port"};
  SipLeg& leg = **made;
  if (auto refused = agree_on_timer(leg, invite)) return *refused;
  leg.offered_ = !rest(invite.mb).empty();
  if (leg.offered_) {
    auto const agreed = leg.description_.read(rest(invite.mb), true);
    if (!agreed) return Refusal{488, "Not Acceptable Here"};
    leg.agreed_ = *agreed;
  }
  // libre writes the type into each answer that has a description, those to a re-INVITE among them, and
  // takes no further fields there: the timer that the caller keeps alive has to be said in each.
  std::string type = description_type;
  if (leg.timer_ && leg.timer_->refresher() == SessionTimer::Refresher::caller) {
    type += "\r\n" + leg.timer_->headers();
    type.resize(type.size() - 2);
  }
  sipsess* session = nullptr;
  int const failed = sipsess_accept(&session, ground.sessions, &invite, 180, "Ringing", leg.contact_.c_str(), type.c_str(), nullptr, nullptr, nullptr, false,
                                    on_offer, on_answer, on_session, on_info, on_refer, on_close, &leg, nullptr);
  if (failed != 0) return Refusal{400, "Bad Request"};
  leg.session_.reset(session);
  return std::move(*made);
}

base::Result<std::unique_ptr<SipLeg>> SipLeg::ring(Ground const& ground, Ring const& ring, LegNumber number, Listener& listener) {
  auto made = ring.phone.browser ? make_for_browser(ground, number, listener) : make(ground, {ring.local, ring.phone.source, ring.phone.transport}, number, listener, ring.phone.transport == Transport::tls);
  if (!made) return made.error();
  SipLeg& leg = **made;
  auto offer = leg.description_.write(true);
  if (!offer) return offer.error();
  std::string const to = uri_at(ring.phone.user, ring.phone.source, ring.phone.transport);
  std::string const from = uri_at(ring.caller, ring.local, ring.phone.transport);
  std::string const name = uri_user(ring.caller);
  sipsess* session = nullptr;
  int const failed = sipsess_connect(&session, ground.sessions, to.c_str(), name.c_str(), from.c_str(), leg.contact_.c_str(), nullptr, 0, description_type, offer->get(),
                                     nullptr, nullptr, false, on_offer, on_answer, nullptr, on_session, on_info, on_refer, on_close, &leg,
                                     "X-Rapport-Interaction: %s\r\n", ring.interaction.c_str());
  if (failed != 0) return base::Error{fmt::format("{}: error {}", to, failed)};
  leg.session_.reset(session);
  return std::move(*made);
}

base::Result<std::unique_ptr<SipLeg>> SipLeg::dial(Ground const& ground, Dial const& dial, LegNumber number, Listener& listener) {
  Trunk const& trunk = dial.trunk;
  Target const& target = dial.target;
  auto made = make(ground, {dial.local, target.address, target.transport}, number, listener, target.transport == Transport::tls && trunk.locked);
  if (!made) return made.error();
  SipLeg& leg = **made;
  auto offer = leg.description_.write(true);
  if (!offer) return offer.error();
  std::string const to = fmt::format("sip:{}@{}", uri_user(dial.to), trunk.logs_in ? target.address.text() : trunk.authority());
  std::string const from = fmt::format("sip:{}@{}", uri_user(dial.caller), trunk.logs_in ? dial.local.text() : trunk.authority());
  // The host may be a name, which libre is not asked to look up: the route says where it is.
  std::string const by = target.transport == Transport::udp ? std::string{} : fmt::format(";transport={}", name(target.transport));
  std::string const route = fmt::format("sip:{}{}", target.address.text(), by);
  char const* routes[] = {route.c_str()};
  sipsess* session = nullptr;
  int const failed = sipsess_connect(&session, ground.sessions, to.c_str(), nullptr, from.c_str(), leg.contact_.c_str(), routes, 1, description_type, offer->get(),
                                     Trunks::on_challenge, const_cast<Trunk*>(&trunk), false, on_offer, on_answer, on_progress, on_session, on_info, on_refer, on_close,
                                     &leg, "P-Preferred-Identity: <%s>\r\n", from.c_str());
  if (failed != 0) return base::Error{fmt::format("{}: error {}", to, failed)};
  leg.session_.reset(session);
  return std::move(*made);
}

SipLeg::~SipLeg() { closed_ = true; }

base::Result<void> SipLeg::answer() {
  auto const description = description_.write(!offered_);
  if (!description) return description.error();
  bool const keep = timer_ && timer_->refresher() == SessionTimer::Refresher::us;
  std::string const headers = keep ? timer_->headers() : std::string{};
  if (timer_) timer_->refreshed(ground_.now());
  if (sipsess_answer(session_.get(), 200, "OK", description->get(), "%s", headers.c_str()) != 0) return base::Error{"the call could not be answered"};
  return {};
}

bool SipLeg::keep_alive() {
  if (!timer_ || !established_ || closed_) return true;
  base::Instant const now = ground_.now();
  switch (timer_->due(now)) {
    case SessionTimer::Due::nothing:
      return true;
    case SessionTimer::Due::over:
      return false;
    case SessionTimer::Due::refresh:
      break;
  }
  // A peer that is gone does not answer the re-INVITE, and libre closes the session. Where another one is
  // under way, this one waits.
  auto const description = description_.write(true);
  if (description && sipsess_modify(session_.get(), description->get()) == 0) timer_->refreshed(now);
  return true;
}

void SipLeg::refuse(Refusal const& why) { sipsess_reject(session_.get(), why.status, why.reason.c_str(), nullptr); }

int SipLeg::offered(mbuf** answer, sip_msg const& message) {
  if (timer_) timer_->refreshed(ground_.now());
  bool const has_offer = !rest(message.mb).empty();
  if (has_offer) {
    auto const agreed = description_.read(rest(message.mb), true);
    if (!agreed) return EPROTO;
    bool const other_certificate = agreed->peer_fingerprint != agreed_.peer_fingerprint;  // it would have to shake hands again
    bool const restarts = handshakes_ != nullptr && agreed->peer_ufrag != agreed_.peer_ufrag;
    if (other_certificate || (restarts && !restart_ice())) return EPROTO;
    agreed_ = *agreed;
  }
  auto text = description_.write(!has_offer);
  if (!text) return ENOMEM;
  *answer = text->release();  // libre's from here
  if (has_offer && !closed_) listener_->on_changed(*this);
  return 0;
}

int SipLeg::answered(sip_msg const& message) {
  auto const agreed = description_.read(rest(message.mb), false);
  if (!agreed) return EPROTO;
  agreed_ = *agreed;
  if (established_ && !closed_) listener_->on_changed(*this);
  return 0;
}

void SipLeg::informed(sip* stack, sip_msg const& message) {
  auto const key = key_in(rest(message.mb));
  sip_reply(stack, &message, key ? 200 : 415, key ? "OK" : "Unsupported Media Type");
  if (key && !closed_) listener_->on_key(*this, *key);
}

/// Before it is answered the peer may send sound: its ringing, or words of the network.
void SipLeg::progressed(sip_msg const& message) {
  if (closed_ || established_) return;
  bool sound = false;
  if (auto const body = rest(message.mb); !body.empty()) {
    auto const agreed = description_.read(body, false);
    sound = static_cast<bool>(agreed);
    if (agreed) agreed_ = *agreed;
  }
  listener_->on_progress(*this, message.scode, sound);
}

int SipLeg::on_offer(mbuf** answer, sip_msg const* message, void* self) { return static_cast<SipLeg*>(self)->offered(answer, *message); }
int SipLeg::on_answer(sip_msg const* message, void* self) { return static_cast<SipLeg*>(self)->answered(*message); }

void SipLeg::on_progress(sip_msg const* message, void* self) { static_cast<SipLeg*>(self)->progressed(*message); }

void SipLeg::on_session(sip_msg const*, void* self) {
  auto& leg = *static_cast<SipLeg*>(self);
  leg.established_ = true;
  if (!leg.closed_) leg.listener_->on_established(leg);
}

void SipLeg::on_info(sip* stack, sip_msg const* message, void* self) { static_cast<SipLeg*>(self)->informed(stack, *message); }

void SipLeg::on_refer(sip* stack, sip_msg const* message, void* self) { static_cast<SipLeg*>(self)->referred(stack, *message); }

void SipLeg::on_referral_closed(int, sip_msg const*, void* self) { static_cast<SipLeg*>(self)->referral_.reset(); }

bool SipLeg::is(Replaces const& dialog) const {
  if (!session_ || closed_) return false;
  sip_msg meant{};  // as the other end would say something in it
  meant.req = true;
  meant.callid = as_pl(dialog.call_id);
  meant.to.tag = as_pl(dialog.to_tag);
  meant.from.tag = as_pl(dialog.from_tag);
  return sip_dialog_cmp(sipsess_dialog(session_.get()), &meant);
}

/// A transfer by the phone's own key is the centre's transfer.
void SipLeg::referred(sip* stack, sip_msg const& message) {
  sip_hdr const* const header = sip_msg_hdr(&message, SIP_HDR_REFER_TO);
  sip_addr target{};
  bool const readable = header != nullptr && sip_addr_decode(&target, &header->val) == 0 && target.uri.user.l > 0 && target.uri.user.l <= limits::refer_target_bytes_max;
  if (!readable) return void(sip_reply(stack, &message, 400, "Bad Refer-To"));
  auto const replaces = read_replaces(view(target.uri.headers));
  bool const fits = (target.uri.headers.l == 0 || replaces) && !referral_ && !closed_;
  if (!fits || !listener_->on_refer(*this, text(target.uri.user), replaces)) return void(sip_reply(stack, &message, 603, "Decline"));
  sipnot* made = nullptr;
  int const failed = sipevent_accept(&made, ground_.events, &message, sipsess_dialog(session_.get()), nullptr, 202, "Accepted", 60, 60, 60, contact_.c_str(), "message/sipfrag", nullptr, nullptr, false,
                                     on_referral_closed, this, "");
  if (failed != 0) return void(sip_reply(stack, &message, 500, "Server Error"));
  referral_.reset(made);
  notify_referral(100, SIPEVENT_ACTIVE);
}

void SipLeg::notify_referral(std::uint16_t status, int state) {
  std::string const reason = status == 100 ? "Trying" : status == 200 ? "OK"
                                                    : status == 404   ? "Not Found"
                                                    : status == 480   ? "Not Read Yet"
                                                                      : "Declined";
  Re<mbuf> const body = as_mbuf(fmt::format("SIP/2.0 {} {}\r\n", status, reason));
  if (body) sipevent_notify(referral_.get(), body.get(), static_cast<sipevent_subst>(state), SIPEVENT_NORESOURCE, 0);
}

void SipLeg::tell_referral(std::uint16_t status) {
  if (!referral_) return;
  notify_referral(status, SIPEVENT_TERMINATED);
  referral_.reset();
}

base::Result<void> SipLeg::refer(std::string const& to, std::string const& by, Trunk const& trunk) {
  sipsub* made = nullptr;
  int const failed = sipevent_drefer(&made, ground_.events, sipsess_dialog(session_.get()), contact_.c_str(), Trunks::on_challenge, const_cast<Trunk*>(&trunk), false, on_refer_told, on_refer_closed, this,
                                     "Refer-To: <%s>\r\nReferred-By: <%s>\r\n", to.c_str(), by.c_str());
  if (failed != 0) return base::Error{fmt::format("{}: error {}", to, failed)};
  refer_.reset(made);
  refers_ = true;
  return {};
}

/// What cannot be read is passed over; who tells nothing else is not waited for long.
void SipLeg::on_refer_told(sip* stack, sip_msg const* message, void* self) {
  auto& leg = *static_cast<SipLeg*>(self);
  sip_treply(nullptr, stack, message, 200, "OK");
  auto const status = read_sipfrag(rest(message->mb));
  if (status && leg.refers_ && !leg.closed_) leg.listener_->on_referred(leg, *status);
}

void SipLeg::on_refer_closed(int, sip_msg const* message, sipevent_substate const*, void* self) {
  auto& leg = *static_cast<SipLeg*>(self);
  leg.refer_.reset();
  bool const refused = message != nullptr && !message->req && message->scode >= 300;
  if (leg.refers_ && !leg.closed_) leg.listener_->on_referred(leg, refused ? message->scode : std::uint16_t{0});
}

void SipLeg::on_close(int, sip_msg const* message, void* self) {
  auto& leg = *static_cast<SipLeg*>(self);
  if (leg.closed_) return;
  leg.closed_ = true;
  leg.listener_->on_closed(leg, message == nullptr || !message->req ? message == nullptr ? std::uint16_t{0} : message->scode : std::uint16_t{0});
}

}  // namespace rapport::phone
