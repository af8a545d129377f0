#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "routing/agent.hpp"
#include "routing/alarms.hpp"
#include "routing/contact.hpp"
#include "routing/ordered.hpp"

namespace rapport::routing {

/// The contacts that wait for any agent, so that the first one an agent may have is found at once.
/// Contacts that ask for the same under the same rules, with the same base priority and channel, form
/// a group; ageing never changes the order within one, so only the heads of groups are compared.
/// The heads of a channel are kept by priority and then in order; a head is moved up when its age
/// makes it. Derived from the contacts; one owner.
class ContactIndex {
 public:
  using GroupNumber = std::uint32_t;

  /// Returns the contact's group. REQUIRES: it is not in it. `now` decides its head's priority.
  GroupNumber insert(ContactNumber number, Contact const& contact, base::Instant now);
  /// REQUIRES: it is in its group, and its rank is what it was.
  void erase(ContactNumber number, Contact const& contact, base::Instant now);

  /// The least of the contacts whose needs these levels meet, on a channel of `channels` (bits); `none`
  /// if there is none.
  struct Found {
    ContactNumber number = none;
    Rank rank;
  };
  Found first_for(Levels levels, unsigned channels, base::Instant now);

 private:
  struct Key {
    base::Instant effective_entry;
    ContactId id;
    ContactNumber number = none;

    auto operator<=>(Key const&) const = default;
  };
  struct GroupName {
    Queue const* rules = nullptr;  ///< kept alive by the contacts of the group
    Requirement needs;
    std::uint8_t base_priority = 0;
    domain::Channel channel = domain::Channel::voice;

    bool operator==(GroupName const&) const = default;
  };
  struct Hash {
    std::size_t operator()(GroupName const& name) const;
  };
  struct Group {
    GroupName name;
    std::uint8_t priority = 0;  ///< of the head, as it is filed
    Key head;                   ///< as it is filed
    Ordered<Key> contacts;
  };
  /// The head of a group among the heads.
  struct Head {
    base::Instant effective_entry;
    ContactId id;
    ContactNumber number = none;
    GroupNumber group = 0;

    auto operator<=>(Head const&) const = default;
  };
  using Heads = std::array<Ordered<Head>, limits::priority_max + 1>;  ///< by priority

  static GroupName name_of(Contact const& contact);
  GroupNumber group_for(GroupName const& name);
  void file(GroupNumber number, base::Instant now);
  void take_out(GroupNumber number);
  void age(base::Instant now);
  Ordered<Head>& heads_of(Group const& group) {
    return heads_[static_cast<std::size_t>(group.name.channel)][group.priority];
  }

  std::vector<Group> groups_;
  std::vector<GroupNumber> unused_;
  std::unordered_map<GroupName, GroupNumber, Hash> by_name_;
  std::array<Heads, channel_count> heads_;
  Alarms ageing_;  ///< of groups whose head's priority rises
};

}  // namespace rapport::routing
