#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "phone/target_lookup.hpp"
#include "phone/trunks.hpp"

namespace rapport::phone {

/// Somebody who proved a trunk's password when they called. Lives as long as the call, and a little more.
struct Trunks::Proof {
  std::string trunk;
};

/// An OPTIONS that is under way. libre tells its end even when it was cancelled, so it outlives its place.
struct Trunks::Question {
  Trunks& owner;
  Place* place;                           ///< null: nobody wants the answer any more
  struct sip_request* request = nullptr;  ///< libre's
};

/// One of the places where a trunk is reached, and whether it answers there.
struct Trunks::Place {
  Place(State& its_trunk, Target where) : state(its_trunk), target(std::move(where)) {}
  ~Place();
  void drop_question();
  Place(Place const&) = delete;
  Place& operator=(Place const&) = delete;

  State& state;
  Target target;
  bool up = true;      ///< until it is known to be down
  bool named = false;  ///< its certificate's name is expected
  base::Instant next_question{};
  base::Instant question_until{};  ///< zero: none is under way
  Question* question = nullptr;    ///< the trunks'
};

struct Trunks::State {
  State(Trunk chosen, Trunks& its_owner, base::Metrics& metrics);
  bool up() const;

  Trunk trunk;
  Trunks& owner;
  std::vector<std::unique_ptr<Place>> places;
  std::unique_ptr<TargetLookup> lookup;  ///< null: it logs in to us
  base::Instant look_up_at;
  base::Instant lookup_until;
  bool registered = false;
  std::size_t calls = 0;
  Rate placed_rate;
  Rate taken_rate;
  base::Instant enrol_at;           ///< the next attempt to register; zero: it stands, or is under way
  std::optional<Address> enrolled;  ///< where, or where it is under way
  std::size_t refusals = 0;         ///< of registrations in a row
  Re<sipreg> registration;
  base::Gauge& up_gauge;
  base::Gauge& registered_gauge;
  base::Gauge& calls_gauge;
  base::Gauge& places_gauge;
  base::Counter& placed;
  base::Counter& failures;
  base::Counter& full;
  base::Counter& unknown_names;
};

}  // namespace rapport::phone
