#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "phone/media_thread.hpp"
#include "phone/own_address.hpp"
#include "phone/registrations.hpp"
#include "phone/replaces.hpp"
#include "phone/rtp_sockets.hpp"
#include "phone/secure_leg.hpp"
#include "phone/session_description.hpp"
#include "phone/session_timer.hpp"
#include "phone/target.hpp"
#include "phone/trunk.hpp"

namespace rapport::phone {

/// One SIP dialog with the sound that it agrees on: a caller's, or an agent's phone that we ring. Its end
/// hangs up, whatever state it is in: BYE, CANCEL or 486. The signalling thread's. A listener is never told
/// anything within a call that it makes, and must not destroy the leg while it is told.
class SipLeg {
 public:
  class Listener {
   public:
    virtual ~Listener() = default;
    /// It was heard of before it is answered: `status` is a SIP status below 200; `sound`: its sound comes already.
    virtual void on_progress(SipLeg&, std::uint16_t /*status*/, bool /*sound*/) {}
    /// Answered (ours: by 200 OK; a caller's: by its ACK).
    virtual void on_established(SipLeg& leg) = 0;
    /// The peer wants its sound otherwise: hold, resume, another address.
    virtual void on_changed(SipLeg& leg) = 0;
    /// A key by INFO.
    virtual void on_key(SipLeg& leg, char key) = 0;
    /// A REFER to the user of this name; `replaces`: in the place of that call. False: not from this leg.
    virtual bool on_refer(SipLeg& leg, std::string const& target, std::optional<Replaces> const& replaces) = 0;
    /// What became of our `refer`, as it goes on: a SIP status, the last one 200 or above; 0: it is not told.
    virtual void on_referred(SipLeg&, std::uint16_t /*status*/) {}
    /// Over. `status` is a SIP status where the peer refused; 0: hung up, or no answer came through.
    virtual void on_closed(SipLeg& leg, std::uint16_t status) = 0;
  };
  /// What every leg stands on.
  struct Ground {
    sipsess_sock* sessions = nullptr;
    sipevent_sock* events = nullptr;
    PortPool* ports = nullptr;
    OwnAddress own{};  ///< as peers see it
    std::function<base::Instant()> now{};
    Handshakes* handshakes = nullptr;  ///< with browsers
  };
  /// Whom to ring, and who it says is calling.
  struct Ring {
    Binding phone;
    Address local;  ///< of ours, towards that phone
    std::string caller;
    std::string interaction;
  };
  /// Whom to call by a trunk.
  struct Dial {
    Trunk const& trunk;  ///< outlives the leg
    Target target;       ///< where it is reached
    Address local;       ///< of ours, towards the trunk
    std::string to;
    std::string caller;
  };
  /// Why an INVITE is not taken: a SIP status with its reason.
  struct Refusal {
    std::uint16_t status = 0;
    std::string reason;
    std::string headers{};  ///< further header fields, each with its line end
  };

  /// Takes an INVITE and answers 180. `ground` outlives all legs, here and below.
  static base::Result<std::unique_ptr<SipLeg>, Refusal> take(Ground const& ground, sip_msg const& invite, LegNumber number, Listener& listener);
  static base::Result<std::unique_ptr<SipLeg>> ring(Ground const& ground, Ring const& ring, LegNumber number, Listener& listener);
  static base::Result<std::unique_ptr<SipLeg>> dial(Ground const& ground, Dial const& dial, LegNumber number, Listener& listener);
  ~SipLeg();
  SipLeg(SipLeg const&) = delete;
  SipLeg& operator=(SipLeg const&) = delete;

  LegNumber number() const { return number_; }
  bool established() const { return established_; }
  bool closed() const { return closed_; }
  Agreed const& agreed() const { return agreed_; }
  /// To be handed to the media thread, once.
  RtpSockets take_sockets() { return std::move(sockets_); }
  /// Of a browser's, once agreed, before its sockets are taken; nothing for any other, or on failure.
  std::shared_ptr<SecureLeg> secure() const;

  /// By what a browser's checks are made now; nothing for any other leg.
  std::optional<SecureTerms> secure_terms() const;

  /// Whether it is the dialog that the peer means.
  bool is(Replaces const& dialog) const;

  /// Of a caller's that rings: 200 OK.
  base::Result<void> answer();
  /// Of a caller's that rings.
  void refuse(Refusal const& why);
  /// What became of its REFER, by NOTIFY (RFC 3515); nothing where none is open.
  void tell_referral(std::uint16_t status);
  /// Asks the peer to call `to` in our place (REFER), on behalf of `by`; both are SIP addresses. `trunk`: whose
  /// password answers a challenge; outlives the leg. Listener::on_referred tells what becomes of it.
  base::Result<void> refer(std::string const& to, std::string const& by, Trunk const& trunk);
  /// Tells nothing more of it.
  void forget_refer() { refers_ = false; }
  /// To be called about every second: keeps the session timer (RFC 4028), if there is one. False where it
  /// has run out: the leg is to be destroyed, which hangs up.
  bool keep_alive();

 private:
  /// Between which ends a leg's messages go.
  struct Ends {
    Address local;
    Address peer;
    Transport transport = Transport::udp;
  };

  SipLeg(Ground const& ground, LegNumber number, Listener& listener, RtpSockets sockets, SessionDescription description, std::string contact)
      : ground_(ground), number_(number), listener_(&listener), sockets_(std::move(sockets)), description_(std::move(description)), contact_(std::move(contact)) {}

  static std::optional<Refusal> agree_on_timer(SipLeg& leg, sip_msg const& invite);
  static base::Result<std::unique_ptr<SipLeg>> make_for_browser(Ground const& ground, LegNumber number, Listener& listener);
  static base::Result<std::unique_ptr<SipLeg>> make(Ground const& ground, Ends const& ends, LegNumber number, Listener& listener, bool locked);
  bool restart_ice();
  int offered(mbuf** answer, sip_msg const& message);
  int answered(sip_msg const& message);
  void informed(sip* stack, sip_msg const& message);
  void progressed(sip_msg const& message);
  void referred(sip* stack, sip_msg const& message);

  static int on_offer(mbuf** answer, sip_msg const* message, void* self);
  static int on_answer(sip_msg const* message, void* self);
  static void on_progress(sip_msg const* message, void* self);
  static void on_session(sip_msg const* message, void* self);
  static void on_info(sip* stack, sip_msg const* message, void* self);
  static void on_refer(sip* stack, sip_msg const* message, void* self);
  static void on_referral_closed(int error, sip_msg const* message, void* self);
  void notify_referral(std::uint16_t status, int state);
  static void on_refer_told(sip* stack, sip_msg const* message, void* self);
  static void on_refer_closed(int error, sip_msg const* message, sipevent_substate const* state, void* self);
  static void on_close(int error, sip_msg const* message, void* self);

  Ground const& ground_;
  LegNumber number_;
  Listener* listener_;
  RtpSockets sockets_;
  SessionDescription description_;
  std::string contact_;  ///< its user where libre names our address, else all of it
  Re<sipsess> session_;
  Re<sipnot> referral_;  ///< of a REFER that is open
  Re<sipsub> refer_;     ///< of ours; kept while libre tells of it, wanted or not
  Agreed agreed_;
  std::optional<SessionTimer> timer_;
  bool offered_ = false;              ///< the peer's INVITE had an offer
  SecureTerms terms_;                 ///< of a browser's leg
  Handshakes* handshakes_ = nullptr;  ///< of a browser's leg
  bool established_ = false;
  bool closed_ = false;
  bool refers_ = false;  ///< what becomes of our REFER is told
};

}  // namespace rapport::phone
