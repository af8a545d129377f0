#include "customers/profile.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/limits.hpp"

namespace rapport::customers {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 8> profile_refusals{"same_customer", "other_brand", "too_many_parts", "too_deep",
                                                           "not_merged", "too_many_identifiers", "too_many_facts", "too_big"};

template <typename Of>
void collect(Of& profile, std::vector<Of*>& into) {
  into.push_back(&profile);
  for (auto& absorbed : profile.absorbed) collect(absorbed.profile, into);
}

std::vector<Profile*> parts_to_change(Profile& profile) {
  std::vector<Profile*> all;
  collect(profile, all);
  return all;
}

std::size_t depth_of(Profile const& profile) {
  std::size_t deepest = 0;
  for (Absorbed const& absorbed : profile.absorbed) deepest = std::max(deepest, 1 + depth_of(absorbed.profile));
  return deepest;
}

std::vector<domain::Identifier>::iterator find_in(Profile& part, std::string const& key) {
  return std::ranges::find(part.identifiers, key, match_key);
}

Profile& part_for(Profile& profile, domain::Identifier const* via) {
  if (via == nullptr) return profile;
  std::string const key = match_key(*via);
  for (Profile* const part : parts_to_change(profile)) {
    if (find_in(*part, key) != part->identifiers.end()) return *part;
  }
  return profile;
}

std::string first_said(Profile const& profile, std::string Profile::* field) {
  for (Profile const* const part : parts(profile)) {
    if (!(part->*field).empty()) return part->*field;
  }
  return {};
}

constexpr std::size_t entry_bytes = 100;

std::size_t size_of(Fact const& fact) {
  return entry_bytes + fact.name.size() + fact.value.text.size() + fact.interaction.size() + fact.event.size();
}

std::optional<Profile> take_out(Profile& profile, std::string_view part_id) {
  for (auto it = profile.absorbed.begin(); it != profile.absorbed.end(); ++it) {
    if (it->profile.id == part_id) {
      Profile taken = std::move(it->profile);
      profile.absorbed.erase(it);
      return taken;
    }
    if (auto taken = take_out(it->profile, part_id)) return taken;
  }
  return std::nullopt;
}

}  // namespace

bool Profile::operator==(Profile const& other) const = default;

std::string_view name(ProfileRefusal refusal) { return profile_refusals[static_cast<std::size_t>(refusal)]; }

base::Result<Profile, ProfileRefusal> merge(Profile survivor, Profile other, BrandLinks const& links,
                                            base::Instant at, std::string by) {
  if (!links.linked(survivor.brand, other.brand)) return ProfileRefusal::other_brand;
  auto const ours = parts(survivor);
  auto const theirs = parts(other);
  for (Profile const* const part : theirs) {
    if (std::ranges::find(ours, part->id, &Profile::id) != ours.end()) return ProfileRefusal::same_customer;
  }
  if (ours.size() + theirs.size() > limits::merged_parts_max) return ProfileRefusal::too_many_parts;
  if (1 + depth_of(other) > limits::merged_depth_max) return ProfileRefusal::too_deep;
  survivor.absorbed.push_back({std::move(other), at, std::move(by)});
  if (identifiers(survivor).size() > limits::identifiers_max) return ProfileRefusal::too_many_identifiers;
  if (size_of(survivor) > limits::profile_bytes_max) return ProfileRefusal::too_big;
  return survivor;
}

base::Result<Unmerged, ProfileRefusal> unmerge(Profile profile, std::string_view part_id) {
  auto taken = take_out(profile, part_id);
  if (!taken) return ProfileRefusal::not_merged;
  return Unmerged{std::move(profile), std::move(*taken)};
}

std::vector<Profile const*> parts(Profile const& profile) {
  std::vector<Profile const*> all;
  collect(profile, all);
  return all;
}

Profile const* find_part(Profile const& profile, std::string_view part_id) {
  auto const all = parts(profile);
  auto const found = std::ranges::find(all, part_id, &Profile::id);
  return found == all.end() ? nullptr : *found;
}

Profile* find_part(Profile& profile, std::string_view part_id) {
  auto const all = parts_to_change(profile);
  auto const found = std::ranges::find(all, part_id, &Profile::id);
  return found == all.end() ? nullptr : *found;
}

std::string lookup_of(std::string_view brand, domain::Identifier const& identifier) { return std::string{brand} + '\n' + match_key(identifier); }
std::string lookup_of_part(std::string_view part_id) { return "part:" + std::string{part_id}; }

std::vector<std::string> lookups(Profile const& profile) {
  std::vector<std::string> keys;
  for (domain::Identifier const& identifier : identifiers(profile)) keys.push_back(lookup_of(profile.brand, identifier));
  for (Profile const* const part : parts(profile)) {
    if (part != &profile) keys.push_back(lookup_of_part(part->id));
  }
  return keys;
}

std::size_t size_of(Profile const& profile) {
  std::size_t bytes = 0;
  for (Profile const* const part : parts(profile)) {
    bytes += entry_bytes + part->id.size() + part->brand.size() + part->name.size() + part->given_name.size() +
             part->preferred_channel.size() + part->language.size();
    for (domain::Identifier const& identifier : part->identifiers) bytes += entry_bytes + identifier.type.size() + identifier.value.size();
    for (Fact const& fact : part->facts) bytes += size_of(fact);
    for (Absorbed const& absorbed : part->absorbed) bytes += entry_bytes + absorbed.by.size();
  }
  return bytes;
}

std::string full_name(Profile const& profile) { return first_said(profile, &Profile::name); }
std::string given_name(Profile const& profile) { return first_said(profile, &Profile::given_name); }
std::string preferred_channel(Profile const& profile) { return first_said(profile, &Profile::preferred_channel); }
std::string language(Profile const& profile) { return first_said(profile, &Profile::language); }

std::vector<domain::Identifier> identifiers(Profile const& profile) {
  std::vector<domain::Identifier> all;
  std::map<std::string, std::size_t> places;
  for (Profile const* const part : parts(profile)) {
    for (domain::Identifier const& identifier : part->identifiers) {
      auto const [place, is_new] = places.try_emplace(match_key(identifier), all.size());
      if (is_new) all.push_back(identifier);
      all[place->second].verified = all[place->second].verified || identifier.verified;
    }
  }
  return all;
}

std::vector<Fact> facts(Profile const& profile) {
  std::map<std::string_view, Fact const*> latest;
  for (Profile const* const part : parts(profile)) {
    for (Fact const& fact : part->facts) {
      auto const [place, is_new] = latest.try_emplace(fact.name, &fact);
      if (!is_new && fact.at > place->second->at) place->second = &fact;
    }
  }
  std::vector<Fact> all;
  for (auto const& [fact_name, fact] : latest) all.push_back(*fact);
  return all;
}

std::optional<ProfileRefusal> learn(Profile& profile, Fact fact, domain::Identifier const* via) {
  Profile& part = part_for(profile, via);
  auto const known = std::ranges::find(part.facts, fact.name, &Fact::name);
  bool const is_new = known == part.facts.end();
  if (is_new && part.facts.size() >= limits::facts_max) return ProfileRefusal::too_many_facts;
  std::size_t const others = size_of(profile) - (is_new ? 0 : size_of(*known));
  bool const long_name = fact.name.size() > limits::name_bytes_max || fact.event.size() > limits::name_bytes_max;
  if (long_name || fact.value.text.size() > limits::fact_bytes_max || others + size_of(fact) > limits::profile_bytes_max) return ProfileRefusal::too_big;
  if (is_new) {
    part.facts.push_back(std::move(fact));
  } else {
    *known = std::move(fact);
  }
  return std::nullopt;
}

std::optional<ProfileRefusal> add_identifier(Profile& profile, domain::Identifier identifier, domain::Identifier const* via) {
  std::string const key = match_key(identifier);
  bool is_new = true;
  for (Profile* const part : parts_to_change(profile)) {
    auto const held = find_in(*part, key);
    if (held == part->identifiers.end()) continue;
    is_new = false;
    held->verified = held->verified || identifier.verified;
  }
  if (!is_new) return std::nullopt;
  if (identifiers(profile).size() >= limits::identifiers_max) return ProfileRefusal::too_many_identifiers;
  if (size_of(profile) + entry_bytes + key.size() > limits::profile_bytes_max) return ProfileRefusal::too_big;
  part_for(profile, via).identifiers.push_back(std::move(identifier));
  return std::nullopt;
}

bool remove_identifier(Profile& profile, domain::Identifier const& identifier) {
  std::string const key = match_key(identifier);
  std::size_t removed = 0;
  for (Profile* const part : parts_to_change(profile)) {
    removed += std::erase_if(part->identifiers, [&](auto const& held) { return match_key(held) == key; });
  }
  return removed > 0;
}

bool forget_fact(Profile& profile, std::string_view fact_name) {
  std::size_t removed = 0;
  for (Profile* const part : parts_to_change(profile)) {
    removed += std::erase_if(part->facts, [&](Fact const& fact) { return fact.name == fact_name; });
  }
  return removed > 0;
}

std::vector<Match> match(std::span<Profile const> candidates, std::span<domain::Identifier const> came_with,
                         std::string_view brand, BrandLinks const& links) {
  std::set<std::string> keys;
  for (domain::Identifier const& identifier : came_with) keys.insert(match_key(identifier));
  std::vector<Match> matches;
  for (Profile const& candidate : candidates) {
    if (!links.linked(brand, candidate.brand)) continue;
    bool found = false;
    bool verified = false;
    for (domain::Identifier const& held : identifiers(candidate)) {
      if (!keys.contains(match_key(held))) continue;
      found = true;
      verified = verified || held.verified;
    }
    if (found) matches.push_back({candidate.id, candidate.brand, verified});
  }
  std::ranges::sort(matches, {}, [&](Match const& of) { return std::tuple{!of.verified, of.brand != brand, of.profile}; });
  return matches;
}

}  // namespace rapport::customers
