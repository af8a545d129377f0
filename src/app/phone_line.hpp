#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/call_rules.hpp"
#include "app/phone_menus.hpp"
#include "app/phone_quality.hpp"
#include "app/phone_waiting.hpp"
#include "centre/callback.hpp"
#include "centre/centre.hpp"
#include "people/principal.hpp"
#include "phone/phone.hpp"
#include "server/api/customer_book.hpp"
#include "server/api/outside_transfer.hpp"
#include "server/api/placed_calls.hpp"
#include "server/api/placed_recording.hpp"
#include "server/http/worker_pool.hpp"

namespace rapport::app {

/// Between phone and centre: what callers and agents' phones do becomes the centre's ordinary commands,
/// and where the centre has a call becomes what the phone shall do. Neither knows of the other.
///
/// As a CentreSide it is called on the phone's signalling thread, as a listener on the store's writer
/// thread; it waits on neither.
class PhoneLine final : public phone::CentreSide, public centre::Listener {
 public:
  struct Ways {
    std::function<void(centre::Centre::Request, centre::Centre::Done)> submit;
    server::http::WorkerPool& readers;  ///< for what looks callers up
    server::api::CustomerBook const& book;
    std::function<base::Instant()> clock;
    std::string queue;                                       ///< of calls whose number names none; empty: the first
    std::function<std::string(std::string const&)> user_of;  ///< the id of who logs in so; empty: nobody. Blocks
    PhoneMenus* menus = nullptr;                             ///< that calls enter first; null: none
    PhoneWaiting* waiting = nullptr;                         ///< that tells callers how long; null: nobody does
    std::string region{};                                    ///< ISO 3166-1, of brands that name none
    CallRules* rules = nullptr;                              ///< of calls that we place; null: there is no trunk to place any
    /// What the brand says of recording calls to this country. Blocks.
    std::function<server::api::PlacedRecording(std::string const& brand, std::string const& country)> placed_recording{};
    std::function<server::api::ConsentPrompt(std::string const& brand)> consent_prompt{};  ///< likewise
    /// Who calls by their own phone, and what they may; nothing: nobody any more. Blocks.
    std::function<std::optional<people::Principal>(std::string const& user)> rights{};
    /// server::api::prepare_call of our own calls. Blocks.
    std::function<base::Result<server::api::PreparedCall, server::http::Problem>(server::api::CallPlan plan)> prepare{};
    /// server::api::prepare_outside of what agents' phones ask for. Blocks.
    std::function<base::Result<centre::TransferOutside, server::http::Problem>(server::api::OutsidePlan const& plan)> prepare_outside{};
  };

  PhoneLine(Ways ways, base::Metrics& metrics);

  /// The phone that it speaks for; null: none any more. Before that, and after, nothing reaches one.
  void connect(phone::Phone* phone);

  // Calls that we place (phone_line_placed.cpp, phone_line_consent.cpp).
  /// The interaction of this id, once it begins, is such a call. Where it does not begin soon, that is
  /// forgotten.
  void expect(std::string const& interaction, server::api::CallGranted const& granted, std::string const& caller);
  /// The call of this interaction is about to leave for a number outside: the centre says so soon, or it is
  /// forgotten. Why not, by name; empty: it is.
  std::string expect_outside(std::string const& interaction, server::api::CallGranted const& granted, std::string const& caller);
  /// A caller goes into the queue to be called back at their turn, by a number that they keyed in or, where
  /// it is empty, their own. `done`: whether they are in it.
  void call_back(std::string const& interaction, std::string const& queue, std::string const& number, std::function<void(bool)> done);

  /// A menu lets the call leave for this number; PhoneMenus::refused where nobody has the caller there.
  void send_outside(std::string const& interaction, std::string const& number);

  using Music = std::shared_ptr<media::HoldMusic const>;
  /// What those hear who wait in these queues, or are on hold; in others what the phone has.
  void use_music(std::map<std::string, Music, std::less<>> by_queue);

  /// What the caller says is recorded, and they hear nothing (PhoneMenus).
  void record(std::string const& interaction);

  void arrived(phone::Arrival arrival) override;
  void caller_left(std::string const& interaction) override;
  void announced(std::string const& interaction, std::uint32_t ticket) override;
  void fell_silent(std::string const& interaction) override;
  void time_passed() override;
  void agent_answered(std::string const& interaction, std::string const& agent) override;
  void agent_unreachable(std::string const& interaction, std::string const& agent, Unreachable why) override;
  void agent_left(std::string const& interaction, std::string const& agent) override;
  void leg_lost(std::string const& interaction, std::string const& agent, Lost why) override;
  void agent_holds(std::string const& interaction, std::string const& agent, bool holds) override;
  void agent_refers(std::string const& interaction, std::string const& agent, std::string const& target) override;
  // Agents' phones that call (phone_line_phones.cpp).
  void agent_calls(std::string const& interaction, std::string const& agent, std::string const& to) override;
  void agent_asks(std::string const& interaction, std::string const& agent, std::string const& whom, std::uint32_t attempt) override;
  void agent_asks_no_more(std::string const& interaction, std::string const& agent) override;
  void agent_hands_over(std::string const& interaction, std::string const& agent) override;
  void key_pressed(std::string const& interaction, std::string const& agent, char key) override;
  void customer_dialled(std::string const& interaction, std::string const& trunk) override;
  void customer_rings(std::string const& interaction) override;
  void customer_answered(std::string const& interaction) override;
  void customer_not_reached(std::string const& interaction, NotReached why, std::uint16_t status) override;
  // Calls that leave for a number outside (phone_line_outside.cpp).
  void outside_asked(std::string const& interaction, std::string const& trunk) override;
  void outside_dialled(std::string const& interaction, std::string const& trunk) override;
  void outside_rings(std::string const& interaction) override;
  void outside_reached(std::string const& interaction) override;
  void outside_not_reached(std::string const& interaction, NotReached why, std::uint16_t status) override;
  void outside_over(std::string const& interaction) override;
  void line_measured(std::string const& interaction, std::string const& agent, media::LineState const& line) override;
  void talk_measured(std::string const& interaction, std::string const& agent, media::Talk const& talk) override;

  void on(centre::Publication const& publication) override;

 private:
  /// A number outside that a call is on its way to. Each counts as a call at once.
  struct Outside {
    phone::Wanted::Outside wanted;
    base::Instant until{};    ///< it has begun until then, or is forgotten
    bool begun = false;       ///< the centre has it so
    bool by_menu = false;     ///< that goes on where nobody has them there
    bool by_leg = false;      ///< of ours; else the customer's trunk is asked
    bool reached = false;     ///< the agent talks with whoever answered, if they ask
    bool agent_gone = false;  ///< they hung up meanwhile
  };
  struct Live {
    phone::Wanted wanted;
    std::string customer;                                ///< as the centre knows them; empty: it does not have the call yet
    bool left = false;                                   ///< the caller hung up
    bool agreed = true;                                  ///< to be recorded, as far as they were asked
    bool forbidden = false;                              ///< to be recorded, whatever they agree to
    std::optional<server::api::ConsentPrompt> prompt{};  ///< that they hear first, and have not answered
    bool recording = false;                              ///< told on the timeline
    std::optional<PhoneMenus::Chosen> menu{};            ///< that it is to enter
    std::string brand{};
    std::string queue{};
    std::string language{};
    std::string number{};        ///< by which the customer is known
    std::string callback_key{};  ///< that they press to be called back
    centre::Callback callback{};
    std::optional<phone::Placement> placement{};  ///< an agent calls them
    base::Instant expected_until{};               ///< it has begun until then, or is forgotten; zero: it has
    bool counted = false;                         ///< by the rules, as one at once
    bool away = false;                            ///< no line of the customer's: they are to be called
    bool placed = false;                          ///< the phone has been told to
    bool farewell = false;                        ///< they still hear that they will be
    bool message = false;                         ///< they leave one
    std::optional<base::Instant> paused{};        ///< the recording is, since
    bool by_phone = false;                        ///< the agent's phone called, and waits to be answered; `left`: it does no more
    bool asks = false;                            ///< whoever has it asks a colleague
    /// The asking that a second call of the agent's phone wants.
    enum class Second : std::uint8_t { none,
                                       wanted,
                                       granted };
    Second second = Second::none;
    std::uint32_t attempt = 0;   ///< of second calls, the last
    std::uint32_t asked_by = 0;  ///< the attempt that was granted; 0: the desk asks
    std::optional<Outside> outside{};
  };
  static constexpr std::uint32_t farewell_ticket = 0xFFFF'FFFF;  // menus count from 1
  using Entry = std::map<std::string, Live, std::less<>>::value_type;

  void take_in(phone::Arrival const& arrival);
  /// Where a call goes first: a menu, or a queue.
  struct Way {
    std::string queue;
    std::string brand;
    bool menu = false;
  };
  std::optional<Way> find_way(phone::Arrival const& arrival);
  void started(phone::Arrival const& arrival, centre::Granted<centre::Outcome> const& done);
  void turn_away(std::string const& interaction, std::uint16_t status);
  void ask(centre::Command command, centre::Actor actor);
  std::string queue_for(phone::Arrival const& arrival) const;
  void follow(centre::LiveSummary const& live);
  void follow(centre::AgentNews const& news);
  void follow(centre::AgentState const& state);
  void dial(std::string const& interaction, std::string const& agent, std::string const& to);
  void decline_phone(std::string const& interaction, std::string const& code);
  /// A second call of an agent's phone.
  struct SecondCall {
    std::string interaction;
    std::string agent;
    std::uint32_t attempt = 0;
  };
  void ask_colleague(SecondCall const& call, std::string const& whom);
  void ask_outside(SecondCall const& call, std::string const& number);
  void ask_by_second(SecondCall const& call, centre::Command const& transfer, bool again);
  void decline_second(SecondCall const& call, std::string const& code);
  void second_granted(SecondCall const& call);
  std::string queue_of(people::Principal const& principal, std::string& brand);
  std::optional<centre::TransferInteraction> transfer_to(std::string const& interaction, std::string const& name);
  void tell_recording(std::string const& interaction, Live& live);
  void resume_recordings();
  void end_leg(std::string const& interaction, std::string const& agent, std::string const& reason);
  void hang_up(std::map<std::string, Live, std::less<>>::iterator found);
  void refer(std::string const& interaction, std::string const& agent, std::string const& target);
  void referred(std::string const& interaction, std::uint16_t status);
  void waits_no_more(std::string const& interaction);
  void learn_callback(centre::InteractionOpened const& opened);
  void ask_rule(std::string const& interaction, std::string const& brand, std::string const& number, bool consented);
  static bool recordable(Live const& live) { return live.agreed && !live.forbidden; }
  void read_callback(centre::EventHappened const& happened);
  void begin_callback(Entry& entry);
  void let_go(Entry& entry);
  bool call_customer(Entry& entry);
  void phone_full(Entry& entry);
  void take_consent(std::string const& interaction, bool given);
  void ask_consent(std::string const& interaction);
  void prompt_over(std::string const& interaction);
  bool end_prompt(Entry& entry);
  void recordable_changed(Entry& entry);
  Music music_of(Live const& live) const;
  void tell_leg(std::string const& interaction, domain::EventKind kind, std::string const& leg, std::vector<domain::Attribute> attributes);
  void tell_state(std::string const& interaction, std::string_view state);
  bool agent_gone(std::string const& interaction, std::string const& agent, std::string_view why, bool hung_up);
  void request_callback(std::string const& interaction);
  void wish_callback(std::string const& interaction);
  void farewell_over(std::string const& interaction);
  void forget_unopened();
  bool is_forgotten(std::string const& interaction) const;
  void give_back(Live& live);
  void not_reached(std::string const& interaction, std::string const& agent, centre::Actor const& by);
  void want(std::string const& interaction, Live& live, phone::Wanted wanted);
  static bool looks_like_a_number(std::string_view dialled);
  static std::string_view reason_name(NotReached why);
  void give_back_outside(Live& live);
  void follow_outside(Live& live, std::string const& number);
  void forget_outside(Live& live, base::Instant now);
  void leave_outside(std::map<std::string, Live, std::less<>>::iterator found);
  bool asks_outside(std::string const& interaction) const;
  bool leaves_without(std::string const& interaction, std::string const& agent);
  void outside_begins(std::string const& interaction, std::string_view state, std::string const& trunk, bool by_leg);
  void outside_untold(std::string const& interaction, Live const& live);
  base::Result<centre::TransferOutside, std::string> plan_outside(server::api::OutsidePlan const& plan, bool asks);
  void refer_outside(std::string const& interaction, std::string const& agent, std::string const& number);

  Ways ways_;
  base::Counter& turned_away_;
  base::Counter& unreachable_;
  base::Counter& lost_;
  base::Counter& callers_keys_;
  base::Counter& agents_keys_;
  base::Counter& good_lines_;
  base::Counter& bad_lines_;
  mutable std::mutex mutex_;  ///< of what follows
  phone::Phone* phone_ = nullptr;
  std::map<std::string, Live, std::less<>> live_;           ///< by interaction
  std::map<std::string, std::string, std::less<>> queues_;  ///< to their brands
  std::map<std::string, Music, std::less<>> music_;         ///< by queue
  PhoneQuality quality_;
  std::set<std::string, std::less<>> outside_;                   ///< interactions whose calls go on outside, by legs of ours
  std::map<std::string, base::Instant, std::less<>> resume_at_;  ///< recordings that are paused
};

}  // namespace rapport::app
