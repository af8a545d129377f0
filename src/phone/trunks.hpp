#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/metrics.hpp"
#include "base/time.hpp"
#include "phone/re.hpp"
#include "phone/target_lookup.hpp"
#include "phone/trunk.hpp"

namespace rapport::phone {

/// The trunks: finds out where they are reached (TargetLookup), registers at those that want it (RFC 3261,
/// section 10, by libre), knows those that log in to us, asks each place now and then whether it is there
/// (OPTIONS), and says by which the next call goes. The signalling thread's.
class Trunks {
 public:
  struct Ways {
    std::function<base::Instant()> now;
    std::function<Address(Address const& peer, Transport)> local_towards;  ///< our address as that peer sees it
    std::function<std::string()> random;                                   ///< of Call-IDs and tags
    std::function<std::uint32_t()> number;                                 ///< random, of choices
    TargetLookup::Speaks speaks;
    std::optional<Address> resolver{};  ///< DNS; nothing: the system's
  };
  struct State;
  struct Place;
  struct Question;
  struct Proof;
  struct Release {
    void operator()(State* state) const;
  };
  /// One call's place on a trunk, until it is destroyed. Not to outlive the trunks.
  class Line {
   public:
    Line() = default;
    explicit Line(State* state, Target target, std::shared_ptr<Proof const> proof = {}) : state_(state), target_(std::move(target)), proof_(std::move(proof)) {}
    explicit operator bool() const { return state_ != nullptr; }
    Trunk const& trunk() const;
    /// Where the call goes.
    Target const& target() const { return target_; }
    /// What names it among those that were tried.
    std::string key() const;
    void give_back() {
      state_.reset();
      proof_.reset();
    }

   private:
    friend class Trunks;
    std::unique_ptr<State, Release> state_;
    Target target_;
    std::shared_ptr<Proof const> proof_;  ///< of a call that came: its source stays known
  };

  /// `check_ms`: between two questions to a trunk.
  Trunks(std::vector<Trunk> trunks, base::Millis check_ms, Ways ways, base::Metrics& metrics);
  ~Trunks();
  Trunks(Trunks const&) = delete;
  Trunks& operator=(Trunks const&) = delete;

  /// Begins; `stack` outlives what it does until `close`.
  void open(sip* stack);
  /// Says good-bye to registrars. Nothing more is asked. Whether there is somebody to hear it.
  bool close();
  /// Now and then.
  void tick();

  /// Its requests are listened to.
  bool knows(Address const& source) const { return at(source) != nullptr; }
  /// Of a place of the first trunk in their order that is up, has room and is none of `tried` (Line::key); by
  /// name `only`, unless that is empty. `whatever` it is and carries: for emergencies. Nothing where there is
  /// none.
  Line take(std::vector<std::string> const& tried, std::string const& only, bool whatever);
  /// A call got no answer from its place: it is down until it answers a question.
  void failed(Line const& line);

  /// libre's question for user and password.
  static int on_challenge(char** user, char** password, char const* realm, void* trunk);

  // Those that log in to us, and those that call (trunk_logins.cpp).
  /// Their accounts and where they are, by their names; who changes it calls `logins_changed`.
  Registrations& logins() { return logins_; }
  void logins_changed(std::string const& trunk);
  /// A call from there proved the trunk's password.
  void proved(std::string const& trunk, Address const& source);
  /// A call came. Nothing of no trunk's; `full`: one that logs in and carries as much as it may.
  struct Came {
    Line line{};  ///< of one that logs in
    Trunk const* trunk = nullptr;
    bool full = false;
  };
  Came came(Address const& source);

 private:
  /// So many in a second.
  struct Rate {
    bool admits(base::Instant now, std::size_t most);
    base::Millis second = 0;
    std::size_t count = 0;
  };
  struct KnownUntil {
    std::shared_ptr<Proof const> proof;
    base::Instant until;
  };

  State* at(Address const& source) const;
  State* by_name(std::string const& name) const;
  void forget_proofs(base::Instant now);

  // Where they are, and whether (trunk_places.cpp).
  void look_up(State& state);
  void found(State& state, TargetLookup::Found found);
  void settle_places(State& state, std::vector<Target> const& targets);
  void ask(Place& place);
  void answered(Place& place, bool there);
  static void on_answer(int error, sip_msg const* message, void* question);
  void enrol(State& state);
  static void on_registered(int error, sip_msg const* message, void* state);
  static void show(State& state);

  base::Millis check_ms_;
  Ways ways_;
  sip* stack_ = nullptr;
  Re<dnsc> names_;
  Registrations logins_;
  std::unordered_map<std::string, KnownUntil> proofs_;  ///< by source
  std::vector<std::unique_ptr<Question>> questions_;
  std::vector<std::unique_ptr<State>> states_;
};

}  // namespace rapport::phone
