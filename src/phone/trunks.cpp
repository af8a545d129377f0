#include "phone/trunks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/phone_limits.hpp"
#include "phone/digest.hpp"
#include "phone/trunk_state.hpp"

namespace rapport::phone {

Trunks::State::State(Trunk chosen, Trunks& its_owner, base::Metrics& metrics)
    : trunk(std::move(chosen)),
      owner(its_owner),
      up_gauge(metrics.gauge("rapport_trunk_up", "Whether a trunk answers, at one of its places at least.", {{"trunk", trunk.name}})),
      registered_gauge(metrics.gauge("rapport_trunk_registered", "Whether we are registered at a trunk that wants it, or it at us.", {{"trunk", trunk.name}})),
      calls_gauge(metrics.gauge("rapport_trunk_calls", "Calls that live: placed by a trunk, and those of trunks that log in.", {{"trunk", trunk.name}})),
      places_gauge(metrics.gauge("rapport_trunk_places", "Places where a trunk is reached.", {{"trunk", trunk.name}})),
      placed(metrics.counter("rapport_trunk_calls_total", "Calls placed by a trunk.", {{"trunk", trunk.name}})),
      failures(metrics.counter("rapport_trunk_failures_total", "Calls and questions that a trunk did not answer.", {{"trunk", trunk.name}})),
      full(metrics.counter("rapport_trunk_full_total", "Calls that a trunk had no room for: at once, or in a second.", {{"trunk", trunk.name}})),
      unknown_names(metrics.counter("rapport_trunk_names_unknown_total", "Times that a trunk's name led nowhere.", {{"trunk", trunk.name}})) {}

bool Trunks::State::up() const {
  return std::ranges::any_of(places, [](auto const& place) { return place->up; });
}

bool Trunks::Rate::admits(base::Instant now, std::size_t most) {
  base::Millis const this_second = now.since_epoch / base::second;
  if (second != this_second) count = 0;
  second = this_second;
  if (count >= most) return false;
  ++count;
  return true;
}

void Trunks::Release::operator()(State* state) const {
  --state->calls;
  state->calls_gauge.set(static_cast<std::int64_t>(state->calls));
}

Trunk const& Trunks::Line::trunk() const { return state_->trunk; }

std::string Trunks::Line::key() const { return fmt::format("{} {} {}", state_->trunk.name, name(target_.transport), target_.address.text()); }

Trunks::Trunks(std::vector<Trunk> trunks, base::Millis check_ms, Ways ways, base::Metrics& metrics) : check_ms_(check_ms), ways_(std::move(ways)) {
  std::vector<Account> accounts;
  for (Trunk& trunk : trunks) {
    if (trunk.logs_in) accounts.push_back({trunk.name, trunk.user, digest_secret(trunk.user, trunk.password.reveal())});
    states_.push_back(std::make_unique<State>(std::move(trunk), *this, metrics));
  }
  logins_.set_accounts(std::move(accounts));
}

Trunks::~Trunks() { close(); }

void Trunks::open(sip* stack) {
  stack_ = stack;
  std::array<sa, 4> servers{};
  auto count = static_cast<std::uint32_t>(servers.size());
  if (ways_.resolver) {
    servers[0] = as_sa(*ways_.resolver);
    count = 1;
  } else if (dns_srv_get(nullptr, 0, servers.data(), &count) != 0) {
    count = 0;
  }
  dnsc* asks = nullptr;
  if (count > 0) dnsc_alloc(&asks, nullptr, servers.data(), count);
  names_.reset(asks);
  base::Instant const now = ways_.now();
  for (auto const& state : states_) {
    Trunk const& trunk = state->trunk;
    if (!trunk.logs_in) {
      state->lookup = std::make_unique<TargetLookup>(asks, TargetLookup::Wish{trunk.host, trunk.port, trunk.transport}, ways_.speaks);
      state->look_up_at = now;
    }
    if (trunk.registers) state->enrol_at = now;
    show(*state);
  }
}

bool Trunks::close() {
  bool said = false;
  for (auto const& state : states_) {
    state->lookup.reset();
    state->places.clear();
    said = said || state->registered;
    state->registered = false;
    state->registration.reset();  // where it stands, libre says that it ends
  }
  stack_ = nullptr;
  names_.reset();
  return said;
}

void Trunks::tick() {
  if (stack_ == nullptr) return;
  base::Instant const now = ways_.now();
  for (auto const& state : states_) {
    if (state->trunk.logs_in) logins_changed(state->trunk.name);
    if (state->lookup && now >= state->look_up_at) look_up(*state);
    for (auto const& place : state->places) {
      if (place->question_until != base::Instant{} && now >= place->question_until) {
        place->drop_question();
        answered(*place, false);
      }
      if (now >= place->next_question) ask(*place);
    }
    if (state->enrol_at != base::Instant{} && now >= state->enrol_at) enrol(*state);
  }
  forget_proofs(now);
}

int Trunks::on_challenge(char** user, char** password, char const*, void* trunk) {
  auto const& of = *static_cast<Trunk const*>(trunk);
  pl const name = as_pl(of.user);
  pl const secret = as_pl(of.password.reveal());
  int const failed = pl_strdup(user, &name);
  return failed != 0 ? failed : pl_strdup(password, &secret);
}

Trunks::Line Trunks::take(std::vector<std::string> const& tried, std::string const& only, bool whatever) {
  base::Instant const now = ways_.now();
  for (auto const& state : states_) {
    Trunk const& trunk = state->trunk;
    bool const there = whatever || state->registered || !trunk.registers;
    if ((!only.empty() && trunk.name != only) || !there) continue;
    std::vector<Target> targets;
    for (auto const& place : state->places) {
      bool const done = std::ranges::find(tried, fmt::format("{} {} {}", trunk.name, name(place->target.transport), place->target.address.text())) != tried.end();
      if (!done && (place->up || whatever)) targets.push_back(place->target);
    }
    if (targets.empty()) continue;
    bool const room = whatever || (state->calls < trunk.calls_max && state->placed_rate.admits(now, trunk.calls_per_second_max));
    if (!room) {
      state->full.add();
      continue;
    }
    ++state->calls;
    state->placed.add();
    state->calls_gauge.set(static_cast<std::int64_t>(state->calls));
    return Line{state.get(), targets[first_choice(targets, ways_.number())]};
  }
  return Line{};
}

void Trunks::failed(Line const& line) {
  State& state = *line.state_;
  state.failures.add();
  for (auto const& place : state.places) {
    if (!(place->target.address == line.target_.address) || place->target.transport != line.target_.transport) continue;
    place->up = false;
    place->next_question = ways_.now();  // it may have been that callee's part of the network alone
  }
  show(state);
}

}  // namespace rapport::phone
