#include <algorithm>

#include "base/phone_limits.hpp"
#include "phone/trunk_state.hpp"

/// Trunks that log in to us: telephone systems without an address of their own that registers here, or answers
/// a challenge with each call. And whose calls are whose.
namespace rapport::phone {

void Trunks::logins_changed(std::string const& trunk) {
  State* const state = by_name(trunk);
  if (state == nullptr || stack_ == nullptr) return;
  std::vector<Target> targets;
  for (Binding const& binding : logins_.bindings(trunk, ways_.now())) targets.push_back({binding.source, binding.transport});
  std::ranges::reverse(targets);
  for (std::size_t place = 0; place < targets.size(); ++place) targets[place].priority = static_cast<std::uint16_t>(place);  // the newest first
  bool const same = std::ranges::equal(targets, state->places, {}, {}, [](auto const& place) -> Target const& { return place->target; });
  if (!same) settle_places(*state, targets);
}

Trunks::State* Trunks::by_name(std::string const& name) const {
  auto const found = std::ranges::find_if(states_, [&](auto const& state) { return state->trunk.name == name; });
  return found == states_.end() ? nullptr : found->get();
}

/// One whose address was configured, by its host; one that logs in, by where it did.
Trunks::State* Trunks::at(Address const& source) const {
  if (auto const proof = proofs_.find(source.text()); proof != proofs_.end()) return by_name(proof->second.proof->trunk);
  auto const here = [&](auto const& state) {
    return std::ranges::any_of(state->places, [&](auto const& place) { return state->trunk.logs_in ? place->target.address == source : place->target.address.same_host(source); });
  };
  auto const found = std::ranges::find_if(states_, here);
  return found == states_.end() ? nullptr : found->get();
}

void Trunks::proved(std::string const& trunk, Address const& source) {
  proofs_.insert_or_assign(source.text(), KnownUntil{std::make_shared<Proof const>(Proof{trunk}), ways_.now() + limits::trunk_proof_ms});
}

/// A source stays known as long as a call of its lives.
void Trunks::forget_proofs(base::Instant now) {
  std::erase_if(proofs_, [&](auto const& entry) { return entry.second.until <= now && entry.second.proof.use_count() == 1; });
}

Trunks::Came Trunks::came(Address const& source) {
  State* const state = at(source);
  if (state == nullptr) return {};
  Trunk const& trunk = state->trunk;
  if (!trunk.logs_in) return {{}, &trunk, false};
  if (state->calls >= trunk.calls_max || !state->taken_rate.admits(ways_.now(), trunk.calls_per_second_max)) {
    state->full.add();
    return {{}, &trunk, true};
  }
  if (!proofs_.contains(source.text())) proved(trunk.name, source);  // so that it may hang up when its registration has run out
  KnownUntil& known = proofs_.find(source.text())->second;
  known.until = ways_.now() + limits::trunk_proof_ms;
  ++state->calls;
  state->calls_gauge.set(static_cast<std::int64_t>(state->calls));
  return {Line{state, Target{source}, known.proof}, &trunk, false};
}

}  // namespace rapport::phone
