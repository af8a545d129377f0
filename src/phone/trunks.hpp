#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/metrics.hpp"
#include "base/time.hpp"
#include "phone/re.hpp"
#include "phone/trunk.hpp"

namespace rapport::phone {

/// The trunks: registers at those that want it (RFC 3261, section 10, by libre), asks each now and then
/// whether it is there (OPTIONS), and says by which the next call goes. The signalling thread's.
class Trunks {
 public:
  struct Ways {
    std::function<base::Instant()> now;
    std::function<Address(Address const& peer, Transport)> local_towards;  ///< our address as that peer sees it
    std::function<std::string()> random;                                   ///< of Call-IDs and tags
  };
  struct State;
  struct Release {
    void operator()(State* state) const;
  };
  /// One call's place on a trunk, until it is destroyed. Not to outlive the trunks.
  class Line {
   public:
    Line() = default;
    explicit Line(State* state) : state_(state) {}
    explicit operator bool() const { return state_ != nullptr; }
    Trunk const& trunk() const;
    void give_back() { state_.reset(); }

   private:
    friend class Trunks;
    std::unique_ptr<State, Release> state_;
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
  bool knows(Address const& source) const;
  /// The first in their order that is up, has room and is none of `tried`; by name `only`, unless that is
  /// empty. `whatever` it is and carries: for emergencies. Nothing where there is none.
  Line take(std::vector<std::string> const& tried, std::string const& only, bool whatever);
  /// A call got no answer from it: it is down until it answers a question.
  void failed(Line const& line);

  /// libre's question for user and password.
  static int on_challenge(char** user, char** password, char const* realm, void* trunk);

 private:
  void ask(State& state);
  void enrol(State& state);
  void answered(State& state, bool there);
  static void on_answer(int error, sip_msg const* message, void* state);
  static void on_registered(int error, sip_msg const* message, void* state);
  static void show(State& state);

  base::Millis check_ms_;
  Ways ways_;
  sip* stack_ = nullptr;
  std::vector<std::unique_ptr<State>> states_;
};

}  // namespace rapport::phone
