#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/metrics.hpp"
#include "phone/centre_side.hpp"
#include "phone/media_threads.hpp"
#include "phone/recorder.hpp"
#include "phone/registrations.hpp"
#include "phone/sip_leg.hpp"
#include "phone/trunks.hpp"

namespace rapport::phone {

/// One call: the customer's leg, while an agent is offered it or has it, the agent's, and those of guests: who
/// else is on it. It makes real what the centre wants, and tells the centre what the ends do; it decides
/// nothing itself. Where the customer called, theirs is the first leg; where we call them, it is dialled when
/// the agent's phone is lifted (call_placed.cpp). The signalling thread's.
class Call final : private SipLeg::Listener {
 public:
  /// What every call stands on.
  struct Ground {
    SipLeg::Ground sip;
    MediaThreads& media;
    Recorder& recorder;
    Registrations const& registrations;
    CentreSide& centre;
    std::function<base::Instant()> now;
    Trunks& trunks;
    base::Millis ring_ms;                                                  ///< of calls that we place
    std::function<Address(Address const& peer, Transport)> local_towards;  ///< our address as that peer sees it
    std::function<LegNumber()> next_leg;
    std::function<std::uint32_t()> random;
    std::function<void(std::unique_ptr<SipLeg>)> bury;  ///< destroys it when nobody is told of it any more
  };

  /// Takes the INVITE and lets it ring until the centre says where it has the call. `came`: by which
  /// trunk, if by one.
  static base::Result<std::unique_ptr<Call>, SipLeg::Refusal> take(Ground const& ground, sip_msg const& invite, CallNumber number, Arrival const& arrival, Trunks::Came came);
  /// Waits for the centre to say who calls.
  static std::unique_ptr<Call> place(Ground const& ground, CallNumber number, Placement const& placement);
  /// An agent's phone calls us for a call that we are to place: it rings until that is granted or refused
  /// (call_by_phone.cpp).
  static base::Result<std::unique_ptr<Call>, SipLeg::Refusal> take_of_agent(Ground const& ground, sip_msg const& invite, CallNumber number, Arrival const& arrival, std::string const& agent);
  ~Call() override;
  Call(Call const&) = delete;
  Call& operator=(Call const&) = delete;

  void follow(Wanted wanted);
  /// The centre does not take it.
  void refuse(SipLeg::Refusal const& why);
  /// Of one that an agent's phone began: whom we call.
  void grant(Placement const& placement);
  /// Their phone is on it, as the agent's.
  bool is_on(std::string_view agent) const { return !over_ && agent_.leg && agent_.agent == agent; }
  /// Whether somebody who works here is on it by a phone at this address.
  bool has_phone_at(Address const& source) const;
  /// A second call of the agent's phone, to whom they want to ask. Nothing: taken.
  std::optional<SipLeg::Refusal> take_second(sip_msg const& invite, std::string const& whom);
  /// Nothing where that attempt is over already.
  void refuse_second(std::uint32_t attempt, SipLeg::Refusal const& why);
  /// What became of the agent's REFER.
  void referred(std::uint16_t status);
  void announce(std::shared_ptr<media::Announcement const> announcement, std::uint32_t ticket);
  /// For the caller.
  void press(std::string const& keys);
  /// How long both sides spoke, the agent on this leg. The centre is told of all legs of the agent's together.
  void talked(LegNumber leg, media::Talk const& talk);
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
    Address source{};    ///< of its phone
    bool calls = false;  ///< it called us, and is not answered yet
    media::Talk talk{};  ///< between the customer and the agent, by this leg
  };

  /// Somebody beside the caller and the agent.
  struct Guest {
    Wanted::Party wanted;
    AgentLeg end{};  ///< its leg is null: there is none, or none any more
    bool given_up = false;
    base::Instant return_until{};
  };

  Call(Ground const& ground, CallNumber number, Arrival arrival) : ground_(ground), number_(number), arrival_(std::move(arrival)) {}

  /// Of a call that we place, until the customer answers.
  struct Dialling {
    Placement placement;
    std::vector<std::string> tried{};  ///< places of trunks
    base::Instant since{};             ///< of this attempt
    bool heard = false;                ///< the trunk answered anything
    bool rings = false;
    bool sound = false;  ///< the customer's leg brings sound already
    bool done = false;   ///< answered, or given up
  };

  /// A number outside that the customer is to be with.
  struct Outside {
    Wanted::Outside wanted;
    std::unique_ptr<SipLeg> leg{};     ///< null: their trunk is asked to move them
    Trunks::Line line{};               ///< of the leg
    std::vector<std::string> tried{};  ///< places of trunks
    base::Instant since{};             ///< of this attempt; then of the two ends' being joined
    bool refers = false;               ///< the trunk is asked, and has not said what became of it
    bool heard = false;                ///< it said anything
    bool rings = false;
    bool reached = false;
    bool in_media = false;
  };

  void on_progress(SipLeg& leg, std::uint16_t status, bool sound) override;
  void on_established(SipLeg& leg) override;
  void on_changed(SipLeg& leg) override;
  void on_key(SipLeg& leg, char key) override;
  bool on_refer(SipLeg& leg, std::string const& target, std::optional<Replaces> const& replaces) override;
  void on_referred(SipLeg& leg, std::uint16_t status) override;
  void on_closed(SipLeg& leg, std::uint16_t status) override;

  // Of a call that we place (call_placed.cpp).
  bool to_be_dialled() const;
  /// Whether the customer is on the line.
  bool customer_there() const { return caller_ && (!dialling_ || dialling_->done); }
  /// Whether they are on the line and have a question to answer first.
  bool customer_prompted() const { return wanted_.prompted && customer_there(); }
  void dial();
  void customer_answers();
  void not_dialled(std::uint16_t status);
  void stop_dialling();
  void give_up(CentreSide::NotReached why, std::uint16_t status);
  void watch_dialling(base::Instant now);

  void settle();
  void answer_caller();
  void record();
  void ring_agent();
  void drop_agent();
  void drop(AgentLeg& end);
  void arrange_sound();
  void add_to_media(SipLeg& leg, media::Side side);
  void hold_by_phone();
  // Of agents' phones that call (call_by_phone.cpp).
  void answer_phone();
  void settle_second();
  void drop_second();
  void second_over();
  bool colleague_there() const;
  bool speaks_by_second() const;
  bool joins(SipLeg const& leg, Replaces const& replaces) const;

  void pressed(bool by_agent, KeyWay way, char key);
  void lose(bool agent, CentreSide::Lost why);
  void finish();

  // Leaving for a number outside (call_outside.cpp).
  Trunk const* customers_trunk() const;
  void settle_outside();
  bool refer_outside();
  void dial_outside();
  void drop_outside();
  void outside_progress(std::uint16_t status);
  void outside_answers();
  void fail_outside(std::uint16_t status);
  void outside_closed(std::uint16_t status);
  void outside_over();
  void join_outside();
  void press_outside(LegNumber from, char key);
  void watch_outside(base::Instant now);
  bool is_outside(SipLeg const& leg) const { return outside_ && outside_->leg.get() == &leg; }
  bool left() const { return wanted_.stage == Wanted::Stage::outside; }

  // Guests (call_guests.cpp).
  void seat_guests();
  void ring(Guest& guest);
  void drop(Guest& guest);
  Guest* guest_of(SipLeg const& leg);
  Guest* guest_of(LegNumber leg);
  void guest_established(Guest& guest);
  void guest_closed(Guest& guest, std::uint16_t status);
  void guest_lost(Guest& guest);
  void on_guest_phone_gone(std::string const& user, Address const& source);
  void on_guest_phone_came(std::string const& user);

  Ground const& ground_;
  CallNumber number_;
  Arrival arrival_;
  Wanted wanted_;
  Trunks::Line line_;               ///< of a call that we place, or that came by a trunk that logs in
  Trunk const* came_by_ = nullptr;  ///< of a call that came by one
  std::optional<Outside> outside_;
  std::optional<Wanted::Outside> outside_failed_;  ///< as long as the centre still wants it
  std::optional<Dialling> dialling_;               ///< nothing: the customer called
  std::unique_ptr<SipLeg> caller_;                 ///< null: they are not dialled yet
  KeyWay caller_keys_ = KeyWay::none;
  AgentLeg agent_;             ///< its leg is null: nobody's
  AgentLeg second_;            ///< of the same phone: by which they speak with whom they ask. Its leg is null: there is none
  media::Talk spoken_;         ///< between the customer and this agent, by legs of theirs that are gone
  std::string spoken_by_;      ///< whose, where their phone went and may come back
  std::uint32_t attempt_ = 0;  ///< second calls so far
  std::vector<Guest> guests_;
  base::Instant return_until_;  ///< the agent's page may come back; zero: none is waited for
  std::string given_up_;        ///< the agent whose phone could not be reached for what is wanted now
  bool asked_ = false;          ///< somebody, as the centre last said
  std::uint32_t asked_by_ = 0;  ///< by which attempt
  bool hold_again_ = false;     ///< the agent's phone still holds, though the asking, and with it the hold, is over
  bool answered_ = false;
  bool recording_ = false;
  bool over_ = false;
};

}  // namespace rapport::phone
