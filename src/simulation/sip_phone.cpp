#include "simulation/sip_phone.hpp"
#include "simulation/awaiting.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <utility>

namespace rapport::simulation {
namespace {

constexpr std::chrono::milliseconds first_repeat{500};  // T1 of RFC 3261
constexpr std::chrono::milliseconds last_repeat{4'000};
constexpr std::chrono::seconds login_span{600};
constexpr std::chrono::seconds login_again{3};
constexpr std::size_t datagram_max = 65'535;

/// "7" of "7 INVITE" with the method.
std::string_view method_of(std::string_view sequence) {
  std::size_t const blank = sequence.find(' ');
  return blank == std::string_view::npos ? std::string_view{} : sequence.substr(blank + 1);
}

}  // namespace

void SipCall::become(State state) {
  if (state_ == state || state_ == State::over) return;
  state_ = state;
  auto const told = on_change_;
  if (told) told();
}

void SipCall::answer() {
  if (state_ != State::ringing) return;
  SipText accepted = SipPhone::reply(invite_, "200 OK", parameter(own_, "tag"));
  accepted.add("Contact", fmt::format("<sip:{}>", phone_.own_place()));
  accepted.add("Content-Type", "application/sdp");
  accepted.body = describe_sound({"127.0.0.1", sound_->port()});
  last_answer_ = accepted.text();
  phone_.send_surely("200 " + id_, last_answer_, id_);
  phone_.clock_->drive(sound_);
  become(State::talking);
}

void SipCall::refuse() {
  if (state_ != State::ringing) return;
  last_answer_ = SipPhone::reply(invite_, "486 Busy Here", parameter(own_, "tag")).text();
  phone_.send(last_answer_);
  become(State::over);
  phone_.forget(id_);
}

void SipCall::hang_up() {
  if (state_ == State::ringing) return refuse();
  if (state_ == State::over || std::exchange(hanging_up_, true)) return;
  if (state_ == State::calling) {
    SipText cancel = phone_.request("CANCEL", *this, 1, parameter(invite_.header("Via"), "branch"));
    return phone_.send(cancel.text());
  }
  std::string const branch = "z9hG4bK" + phone_.word();
  phone_.settled("200 " + id_);
  phone_.send_surely(branch, phone_.request("BYE", *this, ++sequence_, branch).text(), id_);
  become(State::over);
}

SipPhone::SipPhone(asio::io_context& context, asio::ip::udp::endpoint server, std::shared_ptr<SoundClock> clock, std::uint64_t seed)
    : context_(context), socket_(context), server_(std::move(server)), clock_(std::move(clock)), random_(seed) {}

bool SipPhone::open() {
  boost::system::error_code failed;
  socket_.open(asio::ip::udp::v4(), failed);
  if (!failed) socket_.bind({asio::ip::address_v4::loopback(), 0}, failed);
  if (failed) return false;
  asio::co_spawn(context_, [self = shared_from_this()] { return self->receive(); }, asio::detached);
  return true;
}

std::string SipPhone::own_place() const { return fmt::format("127.0.0.1:{}", socket_.local_endpoint().port()); }
std::string SipPhone::word() { return fmt::format("{:016x}", random_.next()); }

asio::awaitable<void> SipPhone::receive() {
  std::string datagram(datagram_max, '\0');
  for (;;) {
    asio::ip::udp::endpoint from;
    auto const [failed, size] = co_await socket_.async_receive_from(asio::buffer(datagram), from, as_result);
    if (failed == asio::error::operation_aborted) co_return;
    if (failed || from != server_) continue;
    if (auto const message = read_sip(std::string_view{datagram}.substr(0, size))) take(*message);
  }
}

void SipPhone::send(std::string const& text) {
  boost::system::error_code lost;
  socket_.send_to(asio::buffer(text), server_, 0, lost);
}

void SipPhone::send_surely(std::string key, std::string text, std::string call) {
  asio::co_spawn(
      context_, [self = shared_from_this(), key = std::move(key), text = std::move(text), call = std::move(call)] { return self->repeat(key, text, call); }, asio::detached);
}

/// Until it is answered, or nobody is there.
asio::awaitable<void> SipPhone::repeat(std::string key, std::string text, std::string call) {
  auto const mine = std::make_shared<Repeated>(context_);
  repeated_.insert_or_assign(key, mine);
  for (auto wait = first_repeat; wait <= 2 * last_repeat; wait *= 2) {
    send(text);
    mine->timer.expires_after(wait);
    auto const [stopped] = co_await mine->timer.async_wait(as_result);
    if (stopped) co_return;
  }
  repeated_.erase(key);
  auto const found = calls_.find(call);
  if (found == calls_.end()) co_return;
  auto const lost = found->second;
  lost->become(SipCall::State::over);
  forget(call);
}

void SipPhone::settled(std::string const& key) {
  auto const found = repeated_.find(key);
  if (found == repeated_.end()) return;
  found->second->timer.cancel();
  repeated_.erase(found);
}

std::shared_ptr<SipCall> SipPhone::add(std::string id) {
  auto const sound = std::make_shared<SoundEnd>(context_, static_cast<std::uint32_t>(random_.next()));
  if (sound->port() == 0) return nullptr;
  auto const made = std::make_shared<SipCall>(*this, id);
  made->sound_ = sound;
  calls_.emplace(std::move(id), made);
  return made;
}

void SipPhone::forget(std::string const& id) {
  settled("200 " + id);
  calls_.erase(id);
}

SipText SipPhone::request(std::string_view method, SipCall const& call, unsigned sequence, std::string_view branch) {
  SipText made;
  made.start = fmt::format("{} {} SIP/2.0", method, call.target_);
  made.add("Via", fmt::format("SIP/2.0/UDP {};branch={};rport", own_place(), branch));
  made.add("Max-Forwards", "70");
  made.add("From", call.own_);
  made.add("To", call.peer_);
  made.add("Call-ID", call.id_);
  made.add("CSeq", fmt::format("{} {}", sequence, method));
  return made;
}

SipText SipPhone::reply(SipText const& to, std::string_view status, std::string_view tag) {
  SipText made;
  made.start = fmt::format("SIP/2.0 {}", status);
  for (auto const& [name, value] : to.headers) {
    bool const untagged = name == "To" && !tag.empty() && parameter(value, "tag").empty();
    if (name == "Via" || name == "From" || name == "To" || name == "Call-ID" || name == "CSeq") made.add(name, untagged ? fmt::format("{};tag={}", value, tag) : value);
  }
  return made;
}

std::shared_ptr<SipCall> SipPhone::call(std::string_view user, std::string_view from) {
  auto const made = add(word());
  if (!made) return nullptr;
  std::string const branch = "z9hG4bK" + word();
  std::string const host = fmt::format("{}:{}", server_.address().to_string(), server_.port());
  made->target_ = fmt::format("sip:{}@{}", user, host);
  made->own_ = fmt::format("<sip:{}@{}>;tag={}", from, own_place(), word());
  made->peer_ = fmt::format("<{}>", made->target_);
  made->invite_ = request("INVITE", *made, made->sequence_, branch);
  made->invite_.add("Contact", fmt::format("<sip:{}@{}>", from, own_place()));
  made->invite_.add("Content-Type", "application/sdp");
  made->invite_.body = describe_sound({"127.0.0.1", made->sound_->port()});
  send_surely(branch, made->invite_.text(), made->id_);
  return made;
}

void SipPhone::take(SipText const& message) {
  if (message.status() == 0) return asked(message);
  if (!login_call_.empty() && message.header("Call-ID") == login_call_) {
    settled(std::string{parameter(message.header("Via"), "branch")});
    if (auto const told = std::exchange(login_told_, nullptr); told) told(message);
    return;
  }
  answered(message);
}

void SipPhone::asked(SipText const& message) {
  std::string_view const method = message.method();
  if (method == "INVITE") return invited(message);
  auto const found = calls_.find(message.header("Call-ID"));
  std::shared_ptr<SipCall> const call = found == calls_.end() ? nullptr : found->second;
  if (method == "ACK") {
    if (call) settled("200 " + call->id_);
    return;
  }
  send(reply(message, call || method == "OPTIONS" ? "200 OK" : "481 Call Does Not Exist", "x").text());
  bool const cancelled = call && method == "CANCEL" && call->state_ == SipCall::State::ringing;
  if (cancelled) send(reply(call->invite_, "487 Request Terminated", parameter(call->own_, "tag")).text());
  if (!cancelled && (!call || method != "BYE")) return;
  call->become(SipCall::State::over);
  forget(call->id_);
}

/// A call, the same once more, or a change of one.
void SipPhone::invited(SipText const& message) {
  std::string const id{message.header("Call-ID")};
  if (auto const known = calls_.find(id); known != calls_.end()) {
    SipCall& call = *known->second;
    if (!parameter(message.header("To"), "tag").empty()) {
      boost::system::error_code elsewhere;
      auto const place = read_sound_place(message.body);
      auto const host = asio::ip::make_address_v4(place ? place->host : std::string{}, elsewhere);
      if (!elsewhere) call.sound_->send_to({host, place->port});
      SipText accepted = reply(message, "200 OK", {});
      accepted.add("Contact", fmt::format("<sip:{}>", own_place()));
      accepted.add("Content-Type", "application/sdp");
      accepted.body = describe_sound({"127.0.0.1", call.sound_->port()});
      call.last_answer_ = accepted.text();
    }
    return send(call.last_answer_);
  }
  auto const place = read_sound_place(message.body);
  auto const call = place && on_ring_ ? add(id) : nullptr;
  if (!call) return send(reply(message, place ? "486 Busy Here" : "488 Not Acceptable Here", "x").text());
  call->state_ = SipCall::State::ringing;
  call->invite_ = message;
  call->interaction_ = message.header("X-Rapport-Interaction");
  call->own_ = fmt::format("{};tag={}", message.header("To"), word());
  call->peer_ = message.header("From");
  std::string_view const contact = message.header("Contact");
  std::size_t const begin = contact.find("sip:");
  call->target_ = begin == std::string_view::npos ? std::string{} : std::string{contact.substr(begin, contact.find_first_of(">;", begin) - begin)};
  boost::system::error_code wrong;
  auto const host = asio::ip::make_address_v4(place->host, wrong);
  if (!wrong) call->sound_->send_to({host, place->port});
  call->last_answer_ = reply(message, "180 Ringing", parameter(call->own_, "tag")).text();
  send(call->last_answer_);
  on_ring_(call);
}

void SipPhone::acknowledge(SipCall const& call, std::string_view branch) { send(request("ACK", call, 1, branch).text()); }

void SipPhone::answered(SipText const& message) {
  auto const found = calls_.find(message.header("Call-ID"));
  std::string const branch{parameter(message.header("Via"), "branch")};
  int const status = message.status();
  std::string_view const method = method_of(message.header("CSeq"));
  if (status >= 200 || method == "INVITE") settled(branch);
  if (found == calls_.end()) return;
  auto const call = found->second;
  if (method == "BYE" && status >= 200) return forget(call->id_);
  if (method != "INVITE" || status < 200) return;
  call->peer_ = message.header("To");
  if (status < 300) return taken(*call, message);
  acknowledge(*call, branch);
  call->become(SipCall::State::over);
  forget(call->id_);
}

/// They have answered our call.
void SipPhone::taken(SipCall& call, SipText const& message) {
  std::string_view const contact = message.header("Contact");
  std::size_t const begin = contact.find("sip:");
  if (begin != std::string_view::npos) call.target_ = contact.substr(begin, contact.find_first_of(">;", begin) - begin);
  acknowledge(call, "z9hG4bK" + word());
  if (call.state_ != SipCall::State::calling) return;  // said again
  auto const place = read_sound_place(message.body);
  boost::system::error_code wrong;
  auto const host = asio::ip::make_address_v4(place ? place->host : std::string{}, wrong);
  call.become(SipCall::State::talking);
  if (call.hanging_up_ || wrong) {
    call.hanging_up_ = false;
    return call.hang_up();
  }
  call.sound_->send_to({host, place->port});
  clock_->drive(call.sound_);
}

void SipPhone::log_in(std::string login, std::string password) {
  login_call_ = word();
  asio::co_spawn(
      context_, [self = shared_from_this(), login = std::move(login), password = std::move(password)] { return self->stay_logged_in(login, password); }, asio::detached);
}

asio::awaitable<void> SipPhone::stay_logged_in(std::string login, std::string password) {
  std::string const host = fmt::format("{}:{}", server_.address().to_string(), server_.port());
  std::string const uri = fmt::format("sip:{}", host);
  unsigned sequence = 0;
  asio::steady_timer heard{context_};
  std::string proof;
  for (;;) {
    std::string const branch = "z9hG4bK" + word();
    SipText asking;
    asking.start = fmt::format("REGISTER {} SIP/2.0", uri);
    asking.add("Via", fmt::format("SIP/2.0/UDP {};branch={};rport", own_place(), branch));
    asking.add("Max-Forwards", "70");
    asking.add("From", fmt::format("<sip:{}@{}>;tag={}", login, host, word()));
    asking.add("To", fmt::format("<sip:{}@{}>", login, host));
    asking.add("Call-ID", login_call_);
    asking.add("CSeq", fmt::format("{} REGISTER", ++sequence));
    asking.add("Contact", fmt::format("<sip:{}@{}>;expires={}", login, own_place(), login_span.count()));
    if (!proof.empty()) asking.add("Authorization", std::exchange(proof, {}));
    bool const proves = asking.headers.back().first == "Authorization";
    auto const answer = std::make_shared<SipText>();
    login_told_ = [answer, &heard](SipText const& told) {
      *answer = told;
      heard.cancel();
    };
    heard.expires_after(2 * last_repeat);
    send_surely(branch, asking.text(), {});
    co_await heard.async_wait(as_result);
    login_told_ = nullptr;
    logged_in_ = answer->status() == 200;
    if (answer->status() == 401 && !proves) {
      proof = digest_answer(answer->header("WWW-Authenticate"), "REGISTER", uri, login, password, word());
      continue;
    }
    heard.expires_after(logged_in_ ? login_span / 2 : login_again);
    co_await heard.async_wait(as_result);
  }
}

}  // namespace rapport::simulation
