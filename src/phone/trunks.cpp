#include "phone/trunks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/phone_limits.hpp"

namespace rapport::phone {

struct Trunks::State {
  State(Trunk chosen, Trunks& its_owner, base::Metrics& metrics)
      : trunk(std::move(chosen)),
        owner(its_owner),
        up_gauge(metrics.gauge("rapport_trunk_up", "Whether a trunk answers.", {{"trunk", trunk.name}})),
        registered_gauge(metrics.gauge("rapport_trunk_registered", "Whether we are registered at a trunk that wants it.", {{"trunk", trunk.name}})),
        calls_gauge(metrics.gauge("rapport_trunk_calls", "Calls placed by a trunk that live.", {{"trunk", trunk.name}})),
        placed(metrics.counter("rapport_trunk_calls_total", "Calls placed by a trunk.", {{"trunk", trunk.name}})),
        failures(metrics.counter("rapport_trunk_failures_total", "Calls and questions that a trunk did not answer.", {{"trunk", trunk.name}})),
        full(metrics.counter("rapport_trunk_full_total", "Calls that a trunk had no room for: at once, or in a second.", {{"trunk", trunk.name}})) {}

  Trunk trunk;
  Trunks& owner;
  bool up = true;  ///< until it is known to be down
  bool registered = false;
  std::size_t calls = 0;
  base::Millis second = 0;    ///< the last in which calls were placed,
  std::size_t in_second = 0;  ///< and how many
  base::Instant next_question;
  base::Instant question_until;            ///< zero: none is under way
  base::Instant enrol_at;                  ///< the next attempt to register; zero: it stands, or is under way
  std::size_t refusals = 0;                ///< of registrations in a row
  struct sip_request* question = nullptr;  ///< libre's
  Re<sipreg> registration;
  base::Gauge& up_gauge;
  base::Gauge& registered_gauge;
  base::Gauge& calls_gauge;
  base::Counter& placed;
  base::Counter& failures;
  base::Counter& full;
};

namespace {

char const* transport_parameter(Trunk const& trunk) { return trunk.transport == Transport::tcp ? ";transport=tcp" : ""; }

base::Millis wait_after(std::size_t refusals) {
  base::Millis const wait = limits::trunk_retry_ms_min << std::min<std::size_t>(refusals, 16);
  return std::min(wait, limits::trunk_retry_ms_max);
}

}  // namespace

void Trunks::Release::operator()(State* state) const {
  --state->calls;
  state->calls_gauge.set(static_cast<std::int64_t>(state->calls));
}

Trunk const& Trunks::Line::trunk() const { return state_->trunk; }

Trunks::Trunks(std::vector<Trunk> trunks, base::Millis check_ms, Ways ways, base::Metrics& metrics) : check_ms_(check_ms), ways_(std::move(ways)) {
  for (Trunk& trunk : trunks) states_.push_back(std::make_unique<State>(std::move(trunk), *this, metrics));
}

Trunks::~Trunks() { close(); }

void Trunks::open(sip* stack) {
  stack_ = stack;
  base::Instant const now = ways_.now();
  for (auto const& state : states_) {
    state->next_question = now;
    if (state->trunk.registers) state->enrol_at = now;
    show(*state);
  }
}

bool Trunks::close() {
  bool said = false;
  for (auto const& state : states_) {
    if (state->question != nullptr) sip_request_cancel(std::exchange(state->question, nullptr));
    said = said || state->registered;
    state->registered = false;
    state->registration.reset();  // where it stands, libre says that it ends
  }
  stack_ = nullptr;
  return said;
}

void Trunks::show(State& state) {
  state.up_gauge.set(state.up ? 1 : 0);
  state.registered_gauge.set(state.registered ? 1 : 0);
}

void Trunks::tick() {
  if (stack_ == nullptr) return;
  base::Instant const now = ways_.now();
  for (auto const& state : states_) {
    if (state->question_until != base::Instant{} && now >= state->question_until) {
      if (state->question != nullptr) sip_request_cancel(std::exchange(state->question, nullptr));
      answered(*state, false);
    }
    if (now >= state->next_question) ask(*state);
    if (state->enrol_at != base::Instant{} && now >= state->enrol_at) enrol(*state);
  }
}

/// OPTIONS: whatever it answers, it is there.
void Trunks::ask(State& state) {
  base::Instant const now = ways_.now();
  state.next_question = now + check_ms_;
  if (state.question_until != base::Instant{}) return;  // the last one is still under way
  Trunk const& trunk = state.trunk;
  std::string const to = fmt::format("sip:{}{}", trunk.address.text(), transport_parameter(trunk));
  std::string const host = ways_.local_towards(trunk.address, trunk.transport).text();
  std::string const tag = ways_.random();
  std::string const id = ways_.random();
  state.question_until = now + limits::trunk_silence_ms;
  int const failed = sip_requestf(&state.question, stack_, true, "OPTIONS", to.c_str(), nullptr, nullptr, nullptr, on_answer, &state,
                                  "To: <sip:%s>\r\nFrom: <sip:rapport@%s>;tag=%s\r\nCall-ID: %s\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n",
                                  trunk.host.c_str(), host.c_str(), tag.c_str(), id.c_str());
  if (failed != 0) answered(state, false);
}

void Trunks::on_answer(int error, sip_msg const* message, void* state) {
  auto& of = *static_cast<State*>(state);
  if (error == 0 && message != nullptr && message->scode < 200) return;
  constexpr std::uint16_t service_unavailable = 503;
  of.owner.answered(of, error == 0 && message != nullptr && message->scode != service_unavailable);
}

void Trunks::answered(State& state, bool there) {
  state.question_until = {};
  if (!there) state.failures.add();
  state.up = there;
  show(state);
}

void Trunks::enrol(State& state) {
  Trunk const& trunk = state.trunk;
  state.enrol_at = {};
  state.registration.reset();
  std::string const registrar = fmt::format("sip:{}{}", trunk.host, transport_parameter(trunk));
  std::string const us = fmt::format("sip:{}@{}", trunk.user, trunk.host);
  std::string const route = fmt::format("sip:{}{}", trunk.address.text(), transport_parameter(trunk));
  char const* const routes[] = {route.c_str()};
  sipreg* made = nullptr;
  int const failed = sipreg_register(&made, stack_, registrar.c_str(), us.c_str(), nullptr, us.c_str(), limits::trunk_registration_seconds, trunk.user.c_str(),
                                     const_cast<char const**>(routes), 1, 0, on_challenge, &state.trunk, false, on_registered, &state, nullptr, nullptr);
  state.registration.reset(made);
  if (failed != 0) on_registered(failed, nullptr, &state);
}

/// libre refreshes what stands; what was refused we try again ourselves, sooner than it would.
void Trunks::on_registered(int error, sip_msg const* message, void* state) {
  auto& of = *static_cast<State*>(state);
  of.registered = error == 0 && message != nullptr && message->scode >= 200 && message->scode < 300;
  if (of.registered) {
    of.refusals = 0;
    of.enrol_at = {};
  } else {
    of.failures.add();
    of.enrol_at = of.owner.ways_.now() + wait_after(of.refusals++);
  }
  show(of);
}

int Trunks::on_challenge(char** user, char** password, char const*, void* trunk) {
  auto const& of = *static_cast<Trunk const*>(trunk);
  pl const name = as_pl(of.user);
  pl const secret = as_pl(of.password.reveal());
  int const failed = pl_strdup(user, &name);
  return failed != 0 ? failed : pl_strdup(password, &secret);
}

bool Trunks::knows(Address const& source) const {
  return std::ranges::any_of(states_, [&](auto const& state) { return state->trunk.address.same_host(source); });
}

Trunks::Line Trunks::take(std::vector<std::string> const& tried, std::string const& only, bool whatever) {
  base::Millis const second = ways_.now().since_epoch / base::second;
  for (auto const& state : states_) {
    Trunk const& trunk = state->trunk;
    bool const meant = (only.empty() || trunk.name == only) && std::ranges::find(tried, trunk.name) == tried.end();
    bool const there = whatever || (state->up && (state->registered || !trunk.registers));
    if (!meant || !there) continue;
    if (state->second != second) state->in_second = 0;
    state->second = second;
    if (!whatever && (state->calls >= trunk.calls_max || state->in_second >= trunk.calls_per_second_max)) {
      state->full.add();
      continue;
    }
    ++state->in_second;
    ++state->calls;
    state->placed.add();
    state->calls_gauge.set(static_cast<std::int64_t>(state->calls));
    return Line{state.get()};
  }
  return Line{};
}

void Trunks::failed(Line const& line) {
  State& state = *line.state_;
  state.failures.add();
  state.up = false;
  state.next_question = ways_.now();  // it may have been that callee's part of the network alone
  show(state);
}

}  // namespace rapport::phone
