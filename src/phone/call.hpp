#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/metrics.hpp"
#include "phone/centre_side.hpp"
#include "phone/media_thread.hpp"
#include "phone/recorder.hpp"
#include "phone/registrations.hpp"
#include "phone/sip_leg.hpp"

namespace rapport::phone {

/// One call: the caller's leg and, while an agent is offered it or has it, the agent's. It makes real what
/// the centre wants, and tells the centre what the ends do; it decides nothing itself. The signalling
/// thread's.
class Call final : private SipLeg::Listener {
 public:
  /// What every call stands on.
  struct Ground {
    SipLeg::Ground sip;
    MediaThread& media;
    Recorder& recorder;
    Registrations const& registrations;
    CentreSide& centre;
    std::function<base::Instant()> now;
    std::function<Address(Binding const&)> local_towards;  ///< our address as that phone sees it
    std::function<LegNumber()> next_leg;
    std::function<std::uint32_t()> random;
    std::function<void(std::unique_ptr<SipLeg>)> bury;  ///< destroys it when nobody is told of it any more
  };

  /// Takes the INVITE and lets it ring until the centre says where it has the call.
  static base::Result<std::unique_ptr<Call>, SipLeg::Refusal> take(Ground const& ground, sip_msg const& invite, CallNumber number, Arrival const& arrival);
  ~Call() override;
  Call(Call const&) = delete;
  Call& operator=(Call const&) = delete;

  void follow(Wanted wanted);
  /// The centre does not take it.
  void refuse(SipLeg::Refusal const& why);
  /// What became of the agent's REFER.
  void referred(std::uint16_t status);
  void announce(std::shared_ptr<media::Announcement const> announcement, std::uint32_t ticket);
  void on_news(MediaNews const& news);
  /// About every second.
  void keep_alive();
  /// The agent's page went, and with it the leg that it had; it may come back, or another phone.
  void on_phone_gone(std::string const& agent, Address const& source);
  void on_phone_came(std::string const& agent);
  /// Now and then: whoever did not come back in time is away.
  void on_time(base::Instant now);
  bool over() const { return over_; }

 private:
  /// By which way a leg tells of keys. Some phones use both for one press: what comes by the way of its
  /// first key counts.
  enum class KeyWay : std::uint8_t { none,
                                     rtp,   ///< RFC 4733
                                     info,  ///< SIP INFO
  };
  struct AgentLeg {
    std::string agent;
    std::unique_ptr<SipLeg> leg;
    bool in_media = false;
    bool holds = false;  ///< by the phone's own key
    KeyWay keys = KeyWay::none;
    Address source{};  ///< of its phone
  };

  Call(Ground const& ground, CallNumber number, Arrival arrival) : ground_(ground), number_(number), arrival_(std::move(arrival)) {}

  void on_established(SipLeg& leg) override;
  void on_changed(SipLeg& leg) override;
  void on_key(SipLeg& leg, char key) override;
  bool on_refer(SipLeg& leg, std::string const& target) override;
  void on_closed(SipLeg& leg, std::uint16_t status) override;

  void settle();
  void answer_caller();
  void record();
  void ring_agent();
  void drop_agent();
  void arrange_sound();
  void add_to_media(SipLeg& leg, media::Side side);
  void hold_by_phone();
  void pressed(bool by_agent, KeyWay way, char key);
  void lose(bool agent, CentreSide::Lost why);
  void finish();

  Ground const& ground_;
  CallNumber number_;
  Arrival arrival_;
  Wanted wanted_;
  std::unique_ptr<SipLeg> caller_;
  KeyWay caller_keys_ = KeyWay::none;
  AgentLeg agent_;              ///< its leg is null: nobody's
  base::Instant return_until_;  ///< the agent's page may come back; zero: none is waited for
  std::string given_up_;        ///< the agent whose phone could not be reached for what is wanted now
  bool answered_ = false;
  bool recording_ = false;
  bool over_ = false;
};

}  // namespace rapport::phone
