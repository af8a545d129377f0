#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/phone_limits.hpp"
#include "phone/tls_names.hpp"
#include "phone/trunk_state.hpp"

/// Where trunks are reached, whether they answer there, and our registrations at them.
namespace rapport::phone {
namespace {

std::string place_uri(Target const& target) {
  std::string const by = target.transport == Transport::udp ? std::string{} : fmt::format(";transport={}", name(target.transport));
  return fmt::format("sip:{}{}", target.address.text(), by);
}

base::Millis wait_after(std::size_t refusals) {
  base::Millis const wait = limits::trunk_retry_ms_min << std::min<std::size_t>(refusals, 16);
  return std::min(wait, limits::trunk_retry_ms_max);
}

}  // namespace

void Trunks::Place::drop_question() {
  if (question == nullptr) return;
  question->place = nullptr;
  sip_request_cancel(question->request);
  question = nullptr;
}

Trunks::Place::~Place() {
  drop_question();
  if (named) forget_name(target.address);
}

void Trunks::show(State& state) {
  bool const logged_in = state.trunk.logs_in && !state.places.empty();
  state.up_gauge.set(state.up() ? 1 : 0);
  state.registered_gauge.set(state.registered || logged_in ? 1 : 0);
  state.places_gauge.set(static_cast<std::int64_t>(state.places.size()));
}

/// Until it is answered, what was known goes on.
void Trunks::look_up(State& state) {
  base::Instant const now = ways_.now();
  if (state.lookup->under_way()) state.unknown_names.add();  // the one before got no answer in time
  state.look_up_at = now + limits::trunk_lookup_ms;
  state.lookup->start([this, &state](TargetLookup::Found answer) { found(state, std::move(answer)); });
}

void Trunks::found(State& state, TargetLookup::Found answer) {
  state.look_up_at = ways_.now() + answer.good_for;
  if (answer.targets.empty()) return state.unknown_names.add();  // what was found before may still be there
  if (!answer.in_part || state.places.empty()) return settle_places(state, answer.targets);
  state.unknown_names.add();
  std::vector<KnownTarget> known;
  for (auto const& place : state.places) known.push_back({place->target, place->up});
  if (auto const joined = with_part(known, std::move(answer.targets))) settle_places(state, *joined);
}

/// Those that stay keep what is known of them.
void Trunks::settle_places(State& state, std::vector<Target> const& targets) {
  std::vector<std::unique_ptr<Place>> places;
  for (Target const& target : targets) {
    auto const same = std::ranges::find_if(state.places, [&](auto const& place) {
      return place && place->target.address == target.address && place->target.transport == target.transport;
    });
    if (same != state.places.end()) {
      (*same)->target = target;
      places.push_back(std::move(*same));
      continue;
    }
    auto place = std::make_unique<Place>(state, target);
    bool const verified = target.transport == Transport::tls && !state.trunk.logs_in;
    place->named = verified && expect_name(target.address, state.trunk.host);
    if (verified && !place->named) {
      state.failures.add();  // another trunk's name stands for that address
      continue;
    }
    place->next_question = ways_.now();
    places.push_back(std::move(place));
  }
  std::swap(state.places, places);
  show(state);
}

/// OPTIONS: whatever it answers, it is there.
void Trunks::ask(Place& place) {
  base::Instant const now = ways_.now();
  place.next_question = now + check_ms_;
  if (place.question_until != base::Instant{}) return;  // the last one is still under way
  Target const& target = place.target;
  std::string const to = place_uri(target);
  std::string const local = ways_.local_towards(target.address, target.transport).text();
  std::string const host = place.state.trunk.logs_in ? target.address.text() : place.state.trunk.authority();
  std::string const tag = ways_.random();
  std::string const id = ways_.random();
  place.question_until = now + limits::trunk_silence_ms;
  Question* const question = questions_.emplace_back(std::make_unique<Question>(Question{*this, &place})).get();
  place.question = question;
  int const failed = sip_requestf(&question->request, stack_, true, "OPTIONS", to.c_str(), nullptr, nullptr, nullptr, on_answer, question,
                                  "To: <sip:%s>\r\nFrom: <sip:rapport@%s>;tag=%s\r\nCall-ID: %s\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n",
                                  host.c_str(), local.c_str(), tag.c_str(), id.c_str());
  if (failed != 0) on_answer(failed, nullptr, question);
}

void Trunks::on_answer(int error, sip_msg const* message, void* question) {
  if (error == 0 && message != nullptr && message->scode < 200) return;
  auto* const asked = static_cast<Question*>(question);
  Trunks& trunks = asked->owner;
  Place* const place = asked->place;
  asked->request = nullptr;
  std::erase_if(trunks.questions_, [asked](auto const& one) { return one.get() == asked; });
  if (place == nullptr) return;
  place->question = nullptr;
  constexpr std::uint16_t service_unavailable = 503;
  trunks.answered(*place, error == 0 && message != nullptr && message->scode != service_unavailable);
}

void Trunks::answered(Place& place, bool there) {
  State& state = place.state;
  place.question_until = {};
  if (!there) state.failures.add();
  place.up = there;
  show(state);
  // A registration that stands or is under way where nobody answers is made elsewhere, if there is an elsewhere.
  bool const ours = state.trunk.registers && state.enrolled && *state.enrolled == place.target.address;
  if (!there && ours && state.up()) state.enrol_at = ways_.now();
}

/// At the first of its places that answers.
void Trunks::enrol(State& state) {
  Trunk const& trunk = state.trunk;
  auto const first = std::ranges::min_element(state.places, {}, [](auto const& place) { return std::pair{!place->up, place->target.priority}; });
  if (first == state.places.end()) return;  // its name is still asked for
  Target const& target = (*first)->target;
  state.enrol_at = {};
  state.enrolled = target.address;
  state.registration.reset();
  std::string const by = target.transport == Transport::udp ? std::string{} : fmt::format(";transport={}", name(target.transport));
  std::string const registrar = fmt::format("sip:{}{}", trunk.authority(), by);
  std::string const us = fmt::format("sip:{}@{}", trunk.user, trunk.authority());
  std::string const route = place_uri(target);
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

}  // namespace rapport::phone
