#include "phone/switchboard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "phone/tls_identity.hpp"
#include "phone/tls_names.hpp"

namespace rapport::phone {
namespace {

constexpr std::uint64_t tick_ms = 50;
constexpr std::size_t board_ticks_per_second = 1'000 / tick_ms;
constexpr std::size_t close_ticks = board_ticks_per_second;
constexpr std::uint32_t table_size = 4'096;  // buckets of libre's tables of transactions and dialogs
constexpr char const* allowed = "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, REFER, NOTIFY, REGISTER\r\n";

sip_transp transport_of(Transport transport) {
  return transport == Transport::udp ? SIP_TRANSP_UDP : transport == Transport::tcp ? SIP_TRANSP_TCP
                                                                                    : SIP_TRANSP_TLS;
}

std::string random_key(std::random_device& source) {
  std::string key;
  for (int i = 0; i < 8; ++i) key += fmt::format("{:08x}", source());
  return key;
}

/// Whom the trunk vouches for, else whom the caller says they are. A trunk that only gives its own name calls
/// by its own number. `trunk`: by which it came, or null.
std::string caller_of(sip_msg const& invite, Trunk const* trunk) {
  sip_hdr const* const asserted = sip_msg_hdr(&invite, SIP_HDR_P_ASSERTED_IDENTITY);
  sip_addr address{};
  if (asserted != nullptr && sip_addr_decode(&address, &asserted->val) == 0 && address.uri.user.l > 0) return text(address.uri.user);
  bool const its_own = trunk != nullptr && trunk->logs_in && !trunk->number.empty() && view(invite.from.uri.user) == trunk->user;
  if (its_own) return trunk->number;
  return invite.from.uri.user.l > 0 ? text(invite.from.uri.user) : "anonymous";
}

}  // namespace

Switchboard::Counters::Counters(base::Metrics& metrics)
    : unknown(metrics.counter("rapport_sip_unknown_total", "Requests of unknown sources, which got no reply.")),
      banned(metrics.counter("rapport_sip_banned_total", "Requests of hosts that failed to log in too often.")),
      connections_shut(metrics.counter("rapport_sip_connections_shut_total", "TCP connections of unknown sources that were too many or too long open.")),
      failed_logins(metrics.counter("rapport_phone_logins_failed_total", "Phones that gave a wrong password, or no known name.")),
      logins(metrics.counter("rapport_phone_logins_total", "Phones that logged in, or said again that they are there.")),
      calls(metrics.counter("rapport_phone_calls_total", "Calls that came.")),
      placed(metrics.counter("rapport_phone_calls_placed_total", "Calls that we placed, each when the agent's phone begins to ring, or is to be answered.")),
      calls_refused(metrics.counter("rapport_phone_calls_refused_total", "Calls that were not taken.")),
      calls_open(metrics.gauge("rapport_phone_calls_open", "Calls that live.")),
      phones(metrics.gauge("rapport_phones_logged_in", "Contacts of phones that are logged in.")) {}

Switchboard::Switchboard(PhoneOptions const& options, CentreSide& centre, MediaThreads& media, Recorder& recorder, Handshakes& handshakes, base::Metrics& metrics)
    : options_(options),
      centre_(centre),
      media_(media),
      counters_(metrics),
      trust_(options.trusted),
      nonces_([] {
        std::random_device source;
        return random_key(source);
      }()),
      browsers_([this](std::string const& agent, Address const& source) { browser_gone(agent, source); }, metrics),
      trunks_(options.trunks, options.trunk_check_ms,
              {options.clock, [this](Address const& peer, Transport transport) { return local_towards(peer, transport); },
               [this] { return fmt::format("{:016x}", random_()); }, [this] { return static_cast<std::uint32_t>(random_()); },
               [this](Transport transport, int family) { return speaks(transport, family); }, options.resolver},
              metrics),
      ports_(options.first_media_port, options.last_media_port),
      ids_(options.seed),
      random_(std::random_device{}()),
      ground_{{nullptr, nullptr, &ports_, OwnAddress{options.external, Network::local()}, options.clock, &handshakes},
              media,
              recorder,
              registrations_,
              centre,
              options.clock,
              trunks_,
              options.ring_ms,
              [this](Address const& peer, Transport transport) { return local_towards(peer, transport); },
              [this] { return next_leg_++; },
              [this] { return static_cast<std::uint32_t>(random_()); },
              [this](std::unique_ptr<SipLeg> leg) { buried_.push_back(std::move(leg)); }} {
  tmr_init(&timer_);
}

Switchboard::~Switchboard() {
  tmr_cancel(&timer_);
  calls_.clear();
  buried_.clear();
  trunks_.close();
  rest_.reset();
  events_.reset();
  sessions_.reset();
  guard_.reset();
  if (stack_) sip_close(stack_.get(), true);
}

base::Result<void> Switchboard::open() {
  sip* stack = nullptr;
  if (sip_alloc(&stack, nullptr, table_size, table_size, table_size, "Rapport", on_closed, this) != 0) return base::Error{"the SIP stack could not be started"};
  stack_.reset(stack);
  if (auto opened = open_tls(); !opened) return opened;
  for (SipAddress const& address : options_.listen) {
    if (auto listening = listen(address); !listening) return listening;
  }
  if (auto listening = listen_for_browsers(); !listening) return listening;
  std::vector<Address> doors = tcp_addresses();
  doors.push_back(browsers_.listener());
  TcpGuard::widen_queues(doors);
  // Who asks is looked at before anything else sees it.
  sip_lsnr* guard = nullptr;
  sipsess_sock* sessions = nullptr;
  sipevent_sock* events = nullptr;
  sip_lsnr* rest = nullptr;
  bool const failed = sip_listen(&guard, stack, true, on_request, this) != 0 || sipsess_listen(&sessions, stack, table_size, on_invite, this) != 0 ||
                      sipevent_listen(&events, stack, table_size, table_size, on_subscribe, this) != 0 || sip_listen(&rest, stack, true, on_rest, this) != 0;
  guard_.reset(guard);
  sessions_.reset(sessions);
  events_.reset(events);
  rest_.reset(rest);
  if (failed) return base::Error{"the SIP stack could not be started"};
  ground_.sip.sessions = sessions;
  trunks_.open(stack);
  ground_.sip.events = events;
  tmr_start(&timer_, tick_ms, on_tick, this);
  return {};
}

/// libre must know by which address a peer reaches us, so all of this machine's are listened at one by one.
base::Result<void> Switchboard::listen(SipAddress const& address) {
  if (!address.address.is_any()) return listen_at(address);
  std::uint16_t port = address.address.port();
  for (Address const& host : Address::local(address.address.family())) {
    if (auto listening = listen_at({address.transport, host.with_port(port)}); !listening) return listening;
    port = addresses_.back().address.port();  // the one that the system chose first
  }
  return {};
}

/// What TLS is spoken with, where it is: 1.2 at least, with the whole chain of certificates.
base::Result<void> Switchboard::open_tls() {
  bool const needed = std::ranges::any_of(options_.listen, [](SipAddress const& one) { return one.transport == Transport::tls; });
  if (!needed) return {};
  tls* made = nullptr;
  PhoneIdentity const& own = options_.identity.value();  // whoever listens by TLS has one
  if (tls_alloc(&made, TLS_METHOD_SSLV23, nullptr, nullptr) != 0) return base::Error{"TLS could not be started"};
  tls_.reset(made);
  if (!use_identity(made, own)) return base::Error{"tls.certificate, tls.key: the phone cannot use them"};
  if (!use_authorities(made, options_.authorities)) return base::Error{fmt::format("phone.authorities: {}: it holds no certificate in PEM that can be read", options_.authorities)};
  return {};
}

bool Switchboard::speaks(Transport transport, int family) const {
  return std::ranges::any_of(addresses_, [&](SipAddress const& one) { return one.transport == transport && one.address.family() == family; });
}

base::Result<void> Switchboard::listen_at(SipAddress const& address) {
  sa const local = as_sa(address.address);
  sip_transp const transport = transport_of(address.transport);
  int const failed = address.transport == Transport::tls ? sip_transp_add(stack_.get(), transport, &local, tls_.get()) : sip_transp_add(stack_.get(), transport, &local);
  if (failed != 0) return base::Error{fmt::format("{}: {}", address.address.text(), std::strerror(failed))};
  SipAddress bound = address;
  sa found{};
  bool const chosen = address.address.port() == 0 && sip_transp_laddr(stack_.get(), &found, transport, &local) == 0;
  if (chosen) bound.address = address.address.with_port(sa_port(&found));
  addresses_.push_back(bound);
  return {};
}

Address Switchboard::local_towards(Address const& peer, Transport transport) const {
  sa const remote = as_sa(peer);
  sa local{};
  if (sip_transp_laddr(stack_.get(), &local, transport_of(transport), &remote) != 0) return addresses_.front().address;
  return address_of(local);
}

bool Switchboard::on_request(sip_msg const* message, void* self) { return static_cast<Switchboard*>(self)->guard(*message); }
void Switchboard::on_invite(sip_msg const* message, void* self) { static_cast<Switchboard*>(self)->invited(*message); }
void Switchboard::on_tick(void* self) { static_cast<Switchboard*>(self)->tick(); }
void Switchboard::on_closed(void*) {}
/// Nobody subscribes to anything; what a REFER brings needs no subscription.
bool Switchboard::on_subscribe(sip_msg const*, void*) { return false; }

bool Switchboard::guard(sip_msg const& message) {
  if (of_browser(message)) return guard_browser(message);
  Address const source = address_of(message.src);
  base::Instant const now = options_.clock();
  // By UDP anybody can fail to log in as a trunk's host; that must not take the trunk from us.
  if (trust_.banned(source, now) && !trunks_.knows(source)) {
    counters_.banned.add();
    return true;
  }
  if (view(message.met) == "REGISTER") {
    registered(message);
    return true;
  }
  bool const in_dialog = pl_isset(&message.to.tag);
  if (knows(source, now) || (in_dialog && is_in_call(source))) return false;
  return stops_stranger(message);
}

/// A port of loopback's that nobody is told of.
base::Result<void> Switchboard::listen_for_browsers() {
  Address const wanted = Address::parse("127.0.0.1", 0).value();
  // libre tells the port of a transport only by its address, which here is one of several alike.
  sa const local = as_sa(wanted);
  tcp_sock* probe = nullptr;
  sa free_port{};
  bool const found = tcp_listen(&probe, &local, nullptr, nullptr) == 0 && tcp_local_get(probe, &free_port) == 0;
  mem_deref(probe);
  if (!found || sip_transp_add(stack_.get(), SIP_TRANSP_TCP, &free_port) != 0) return base::Error{"no port of loopback's is free for browsers"};
  browsers_.set_listener(address_of(free_port));
  return {};
}

bool Switchboard::of_browser(sip_msg const& message) const {
  return message.tp == SIP_TRANSP_TCP && browsers_.listener().valid() && address_of(message.dst) == browsers_.listener();
}

/// Who it is tells the port: only ours are listened to there.
bool Switchboard::guard_browser(sip_msg const& message) {
  std::string const agent = browsers_.agent_at(address_of(message.src));
  if (agent.empty()) {
    counters_.unknown.add();
    return true;
  }
  if (view(message.met) != "REGISTER") return false;
  counters_.logins.add();
  bind(message, {agent, {}, {}}, registrations_);
  for (auto const& [interaction, call] : calls_) call->on_phone_came(agent);
  return true;
}

void Switchboard::browser_gone(std::string const& agent, Address const& source) {
  registrations_.remove(agent, source);
  for (auto const& [interaction, call] : calls_) call->on_phone_gone(agent, source);
}

/// What is asked outside of a call.
bool Switchboard::on_rest(sip_msg const* message, void* self) {
  auto& board = *static_cast<Switchboard*>(self);
  if (view(message->met) != "OPTIONS") return false;
  sip_treplyf(nullptr, nullptr, board.stack_.get(), message, false, 200, "OK", "%sAccept: application/sdp\r\nContent-Length: 0\r\n\r\n", allowed);
  return true;
}

void Switchboard::refuse_call(sip_msg const& message, SipLeg::Refusal const& why) {
  counters_.calls_refused.add();
  sip_treplyf(nullptr, nullptr, stack_.get(), &message, false, why.status, why.reason.c_str(), "%sContent-Length: 0\r\n\r\n", why.headers.c_str());
}

void Switchboard::invited(sip_msg const& message) {
  base::Instant const now = options_.clock();
  Address const source = address_of(message.src);
  std::string const agent = agent_calling(message);
  if (agent.empty()) counters_.calls.add();
  bool const may = trust_.trusts(source) || trunks_.knows(source) || !agent.empty();
  if (of_browser(message) || !may) return refuse_call(message, {403, "Forbidden"});
  // Nobody takes the place of another in a call but by the agent's REFER (docs/decisions/0009-the-phone.md).
  if (sip_msg_hdr(&message, SIP_HDR_REPLACES) != nullptr) return refuse_call(message, {603, "Decline"});
  if (!agent.empty()) return invited_by_agent(message, agent);
  if (ticks_to_close_ != 0 || calls_.size() >= limits::phone_calls_max || !trust_.admits_call(now)) return refuse_call(message, {503, "Service Unavailable"});
  auto came = trunks_.came(source);
  if (came.full) return refuse_call(message, {503, "Service Unavailable"});
  Arrival const arrival{ids_.next(now), caller_of(message, came.trunk), text(message.uri.user), came.trunk == nullptr ? std::string{} : came.trunk->queue};
  CallNumber const number = next_call_++;
  auto call = Call::take(ground_, message, number, arrival, std::move(came));
  if (!call) return refuse_call(message, call.error());
  add_call(arrival.interaction, number, std::move(*call));
  centre_.arrived(arrival);
}

void Switchboard::add_call(std::string const& interaction, CallNumber number, std::unique_ptr<Call> call) {
  by_number_.emplace(number, call.get());
  calls_.emplace(interaction, std::move(call));
  counters_.calls_open.set(static_cast<std::int64_t>(calls_.size()));
}

void Switchboard::follow(std::string const& interaction, Wanted wanted) {
  auto const found = calls_.find(interaction);
  if (found != calls_.end()) found->second->follow(std::move(wanted));
}

void Switchboard::refuse(std::string const& interaction, std::uint16_t status, std::string const& reason) {
  auto const found = calls_.find(interaction);
  if (found == calls_.end()) return;
  counters_.calls_refused.add();
  std::string const own = status == 404 ? "Not Found" : status == 480 ? "Temporarily Unavailable"
                                                                      : "Service Unavailable";
  found->second->refuse({status, reason.empty() ? own : reason});
}

void Switchboard::place(Placement const& placement) {
  if (placement.by_phone) {
    auto const waiting = calls_.find(placement.interaction);
    if (waiting == calls_.end()) return;  // who has hung up meanwhile is not rung
    waiting->second->grant(placement);
    return counters_.placed.add();
  }
  if (auto const found = calls_.find(placement.interaction); found != calls_.end()) {
    found->second->follow({Wanted::Stage::over, {}, false});
    tidy();  // nobody is told of anything here
  }
  if (ticks_to_close_ != 0 || calls_.size() >= limits::phone_calls_max) return centre_.customer_not_reached(placement.interaction, CentreSide::NotReached::no_trunk, 0);
  CallNumber const number = next_call_++;
  auto call = Call::place(ground_, number, placement);
  by_number_.emplace(number, call.get());
  calls_.emplace(placement.interaction, std::move(call));
  counters_.placed.add();
}

void Switchboard::referred(std::string const& interaction, std::uint16_t status) {
  auto const found = calls_.find(interaction);
  if (found != calls_.end()) found->second->referred(status);
}

void Switchboard::announce(std::string const& interaction, std::shared_ptr<media::Announcement const> announcement, std::uint32_t ticket) {
  auto const found = calls_.find(interaction);
  if (found != calls_.end()) found->second->announce(std::move(announcement), ticket);
}

void Switchboard::talked(CallNumber call, LegNumber leg, media::Talk const& talk) {
  if (auto const found = by_number_.find(call); found != by_number_.end()) found->second->talked(leg, talk);
}

void Switchboard::press(std::string const& interaction, std::string const& keys) {
  auto const found = calls_.find(interaction);
  if (found != calls_.end()) found->second->press(keys);
}

void Switchboard::tick() {
  tmr_start(&timer_, tick_ms, on_tick, this);
  while (auto const news = media_.next_news()) {
    if (auto const found = by_number_.find(news->call); found != by_number_.end()) found->second->on_news(*news);
  }
  if (++ticks_ % board_ticks_per_second == 0) every_second();
  base::Instant const now = options_.clock();
  browsers_.tick(now);
  trunks_.tick();
  bool any_over = false;
  for (auto const& [interaction, call] : calls_) {
    call->on_time(now);
    any_over = any_over || call->over();
  }
  centre_.time_passed();
  if (any_over) tidy();
  buried_.clear();
  counters_.calls_open.set(static_cast<std::int64_t>(calls_.size()));
  counters_.phones.set(static_cast<std::int64_t>(registrations_.size()));
  if (ticks_to_close_ > 0 && --ticks_to_close_ == 0) std::exchange(then_, nullptr)();
}

std::vector<Address> Switchboard::tcp_addresses() const {
  std::vector<Address> found;
  for (SipAddress const& address : addresses_) {
    if (address.transport != Transport::udp) found.push_back(address.address);
  }
  return found;
}

void Switchboard::every_second() {
  for (auto const& [interaction, call] : calls_) call->keep_alive();
  base::Instant const now = options_.clock();
  std::size_t const shut = tcp_guard_.look(tcp_addresses(), [&](Address const& peer) { return knows(peer, now) || is_in_call(peer); }, now);
  counters_.connections_shut.add(shut);
}

/// Trusted, a trunk, or a phone that is logged in.
bool Switchboard::knows(Address const& source, base::Instant now) const { return trust_.trusts(source) || trunks_.knows(source) || !registrations_.agents_at(source, now).empty(); }

bool Switchboard::is_in_call(Address const& source) const {
  return std::ranges::any_of(calls_, [&](auto const& entry) { return entry.second->has_phone_at(source); });
}

/// Destroys what is over, while nobody is told of anything.
void Switchboard::tidy() {
  std::erase_if(by_number_, [](auto const& entry) { return entry.second->over(); });
  std::erase_if(calls_, [](auto const& entry) { return entry.second->over(); });
  buried_.clear();
}

void Switchboard::close(std::function<void()> then) {
  for (auto const& [interaction, call] : calls_) call->follow({Wanted::Stage::over, {}, false});
  then_ = std::move(then);
  bool const says_good_bye = trunks_.close();
  ticks_to_close_ = calls_.empty() && !says_good_bye ? 1 : close_ticks;
}

}  // namespace rapport::phone
