#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "app/phone_menus.hpp"
#include "app/phone_waiting.hpp"
#include "centre/centre.hpp"
#include "phone/phone.hpp"
#include "server/api/customer_book.hpp"
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
    std::string queue;                ///< of calls whose number names none; empty: the first
    std::function<std::string(std::string const&)> user_of;  ///< the id of who logs in so; empty: nobody. Blocks
    PhoneMenus* menus = nullptr;      ///< that calls enter first; null: none
    PhoneWaiting* waiting = nullptr;  ///< that tells callers how long; null: nobody does
  };

  PhoneLine(Ways ways, base::Metrics& metrics);

  /// The phone that it speaks for; null: none any more. Before that, and after, nothing reaches one.
  void connect(phone::Phone* phone);

  void arrived(phone::Arrival arrival) override;
  void caller_left(std::string const& interaction) override;
  void announced(std::string const& interaction, std::uint32_t ticket) override;
  void time_passed() override;
  void agent_answered(std::string const& interaction, std::string const& agent) override;
  void agent_unreachable(std::string const& interaction, std::string const& agent, Unreachable why) override;
  void agent_left(std::string const& interaction, std::string const& agent) override;
  void leg_lost(std::string const& interaction, std::string const& agent, Lost why) override;
  void agent_holds(std::string const& interaction, std::string const& agent, bool holds) override;
  void agent_refers(std::string const& interaction, std::string const& agent, std::string const& target) override;
  void key_pressed(std::string const& interaction, std::string const& agent, char key) override;
  void line_measured(std::string const& interaction, std::string const& agent, media::LineState const& line) override;

  void on(centre::Publication const& publication) override;

 private:
  struct Live {
    phone::Wanted wanted;
    std::string customer;                      ///< as the centre knows them; empty: it does not have the call yet
    bool left = false;                         ///< the caller hung up
    bool agreed = true;                        ///< to be recorded, as far as they were asked
    bool recording = false;                    ///< told on the timeline
    std::optional<PhoneMenus::Chosen> menu{};  ///< that it is to enter
  };

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
  std::string queue_for(std::string const& called) const;
  void follow(centre::LiveSummary const& live);
  void follow(centre::AgentNews const& news);
  void tell_recording(std::string const& interaction, Live& live);
  void refer(std::string const& interaction, std::string const& agent, std::string const& target);
  void referred(std::string const& interaction, std::uint16_t status);
  void waits_no_more(std::string const& interaction);
  void want(std::string const& interaction, Live& live, phone::Wanted wanted);

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
};

}  // namespace rapport::app
