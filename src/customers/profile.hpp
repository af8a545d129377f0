#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "customers/identifier.hpp"
#include "domain/event.hpp"
#include "domain/interaction.hpp"

namespace rapport::customers {

/// Something known of a customer, and whence.
struct Fact {
  std::string name;  ///< "account_number"; one of a name in a part
  domain::Value value;
  std::string interaction;  ///< that brought it; empty where it was entered by hand or imported
  std::string event;        ///< of that interaction
  base::Instant at;

  bool operator==(Fact const&) const = default;
};

struct Absorbed;

/// A customer. To erase one is to erase every part: each has a key of its own. What was merged into it is kept whole, as a part within: merging moves a profile, it never
/// mixes two. What a customer "has" is read over all parts (functions below); what was recorded stays where
/// it was recorded, so that un-merging gives back both. A value.
struct Profile {
  std::string id;
  std::string brand;
  std::string name;        ///< full name, as written
  std::string given_name;  ///< how to address them; empty: not known
  std::string preferred_channel;
  std::string language;                         ///< BCP 47
  std::vector<domain::Identifier> identifiers;  ///< normalised, each once
  std::vector<Fact> facts;
  base::Instant created_at;
  std::vector<Absorbed> absorbed;

  bool operator==(Profile const& other) const;
};

/// A profile that was merged into another.
struct Absorbed {
  Profile profile;
  base::Instant at;
  std::string by;  ///< the user who merged

  bool operator==(Absorbed const&) const = default;
};

enum class ProfileRefusal : std::uint8_t {
  same_customer,  ///< the two share a part
  other_brand,    ///< and the brands are not linked
  too_many_parts,
  too_deep,
  not_merged,  ///< no such part to take out
  too_many_identifiers,
  too_many_facts,
  too_big,  ///< profile_bytes_max, or of one fact fact_bytes_max
};
std::string_view name(ProfileRefusal refusal);

/// The customer with `other` merged into it; `survivor`'s id stays. Nothing of either is lost.
base::Result<Profile, ProfileRefusal> merge(Profile survivor, Profile other, BrandLinks const& links,
                                            base::Instant at, std::string by);

struct Unmerged {
  Profile remaining;
  Profile taken_out;

  bool operator==(Unmerged const&) const = default;
};
/// Takes a part out, at whatever depth, with all that had been merged into it. Without changes since,
/// both are what they were before the merge. A change since belongs to the part it was made in.
base::Result<Unmerged, ProfileRefusal> unmerge(Profile profile, std::string_view part_id);

/// The profile's own part first, then what it absorbed, in order of merging.
std::vector<Profile const*> parts(Profile const& profile);
/// Null where there is no such part.
Profile const* find_part(Profile const& profile, std::string_view part_id);
/// The part to be changed by itself: of what is learnt when its id, not an identifier, says where it
/// belongs. Whoever changes it holds the limits of the whole (size_of, identifiers).
Profile* find_part(Profile& profile, std::string_view part_id);

/// What customers of a brand with this identifier are looked up by. REQUIRES: normalised.
std::string lookup_of(std::string_view brand, domain::Identifier const& identifier);
/// What the customer is looked up by into whom this one was merged.
std::string lookup_of_part(std::string_view part_id);
/// What the store looks this customer up by: every identifier, and every part that was absorbed, so that
/// whoever knew them by the old id finds them. At most identifiers_max + merged_parts_max.
std::vector<std::string> lookups(Profile const& profile);
/// Texts, and 100 for each list entry; at most profile_bytes_max of what this room has let through.
std::size_t size_of(Profile const& profile);

// What the customer has, over all parts. Where parts differ, the survivor's stands; where it is
// silent, the first that speaks.
std::string full_name(Profile const& profile);
std::string given_name(Profile const& profile);
std::string preferred_channel(Profile const& profile);
std::string language(Profile const& profile);
/// Each once; verified if it is in any part.
std::vector<domain::Identifier> identifiers(Profile const& profile);
/// One of each name, in order of name: the latest; of equals the one of the earlier part.
std::vector<Fact> facts(Profile const& profile);

// Changes. `via` is the identifier under which the customer came when we learnt it, or null: the change
// is made in the part that holds it (the first, if several do), else in the survivor's own. Names,
// preferred channel and language are the survivor's: assign them.
/// The part's fact of that name is replaced.
std::optional<ProfileRefusal> learn(Profile& profile, Fact fact, domain::Identifier const* via);
/// Where a part has it already, it becomes verified there if the new one is, and nothing is added.
std::optional<ProfileRefusal> add_identifier(Profile& profile, domain::Identifier identifier, domain::Identifier const* via);
/// From every part: what a customer wants gone must not come back with an un-merge. False if none had it.
bool remove_identifier(Profile& profile, domain::Identifier const& identifier);
bool forget_fact(Profile& profile, std::string_view fact_name);

/// A customer who may be the one that came.
struct Match {
  std::string profile;
  std::string brand;
  bool verified = false;  ///< by an identifier that was verified

  bool operator==(Match const&) const = default;
};
/// The customers that share an identifier exactly (match_key) and whose brand is, or is linked with,
/// `brand`. Best first: verified, then of the same brand, then by id. REQUIRES: identifiers normalised.
std::vector<Match> match(std::span<Profile const> candidates, std::span<domain::Identifier const> came_with,
                         std::string_view brand, BrandLinks const& links);

}  // namespace rapport::customers
