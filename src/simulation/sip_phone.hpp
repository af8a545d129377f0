#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "simulation/sip_text.hpp"
#include "simulation/sound_end.hpp"

namespace rapport::simulation {

class SipPhone;

/// One call of a simulated phone, from either side. On its phone's thread.
class SipCall {
 public:
  enum class State : std::uint8_t { calling,  ///< ours, not answered yet
                                    ringing,  ///< theirs, not answered yet
                                    talking,
                                    over };

  SipCall(SipPhone& phone, std::string id) : phone_(phone), id_(std::move(id)) {}

  State state() const { return state_; }
  /// The interaction of a call that rings here, as the server names it.
  std::string const& interaction() const { return interaction_; }
  SoundEnd& sound() { return *sound_; }
  /// Called when the state changes.
  void on_change(std::function<void()> told) { on_change_ = std::move(told); }

  /// REQUIRES: ringing.
  void answer();
  void refuse();
  /// Whatever its state is.
  void hang_up();

 private:
  friend class SipPhone;
  void become(State state);

  SipPhone& phone_;
  std::string id_;
  State state_ = State::calling;
  std::string interaction_;
  std::shared_ptr<SoundEnd> sound_;
  std::function<void()> on_change_;
  SipText invite_;           ///< ours, or theirs
  std::string own_, peer_;   ///< From and To of what we send, with their tags
  std::string target_;       ///< the peer's Contact
  std::string last_answer_;  ///< to their INVITE, to be said again
  unsigned sequence_ = 1;
  bool hanging_up_ = false;
};

/// A SIP phone on a port of loopback's: logs in, calls, is rung. UDP, with what is lost said again. On the
/// thread of its io_context; outlives its calls.
class SipPhone : public std::enable_shared_from_this<SipPhone> {
 public:
  /// `server` is where SIP is spoken.
  SipPhone(asio::io_context& context, asio::ip::udp::endpoint server, std::shared_ptr<SoundClock> clock, std::uint64_t seed);

  /// Begins to listen. False: no port is free.
  bool open();
  /// Logs in, and again before that runs out, for ever.
  void log_in(std::string login, std::string password);
  bool logged_in() const { return logged_in_; }
  /// Called when somebody calls.
  void on_ring(std::function<void(std::shared_ptr<SipCall>)> told) { on_ring_ = std::move(told); }
  /// Calls `user` at the server as `from`. Null: no port for sound is free.
  std::shared_ptr<SipCall> call(std::string_view user, std::string_view from);

 private:
  friend class SipCall;
  /// Sent again until it is answered.
  struct Repeated {
    explicit Repeated(asio::io_context& context) : timer(context) {}
    asio::steady_timer timer;
  };

  asio::awaitable<void> receive();
  asio::awaitable<void> stay_logged_in(std::string login, std::string password);
  asio::awaitable<void> repeat(std::string key, std::string text, std::string call);
  void take(SipText const& message);
  void asked(SipText const& message);
  void answered(SipText const& message);
  void invited(SipText const& message);
  void taken(SipCall& call, SipText const& message);
  void send(std::string const& text);
  void send_surely(std::string key, std::string text, std::string call);
  void settled(std::string const& key);
  SipText request(std::string_view method, SipCall const& call, unsigned sequence, std::string_view branch);
  void acknowledge(SipCall const& call, std::string_view branch);
  static SipText reply(SipText const& to, std::string_view status, std::string_view tag);
  std::shared_ptr<SipCall> add(std::string id);
  void forget(std::string const& id);
  std::string own_place() const;
  std::string word();

  asio::io_context& context_;
  asio::ip::udp::socket socket_;
  asio::ip::udp::endpoint server_;
  std::shared_ptr<SoundClock> clock_;
  base::Random random_;
  std::map<std::string, std::shared_ptr<SipCall>, std::less<>> calls_;      ///< by Call-ID
  std::map<std::string, std::shared_ptr<Repeated>, std::less<>> repeated_;  ///< by branch, or "200 " with the Call-ID
  std::function<void(std::shared_ptr<SipCall>)> on_ring_;
  std::string login_call_;                   ///< Call-ID of logging in
  std::function<void(SipText)> login_told_;  ///< what is said to it
  bool logged_in_ = false;
};

}  // namespace rapport::simulation
