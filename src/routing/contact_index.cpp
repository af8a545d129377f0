#include "routing/contact_index.hpp"

#include "base/assert.hpp"

namespace rapport::routing {

using base::Instant;

std::size_t ContactIndex::Hash::operator()(GroupName const& name) const {
  std::uint64_t hash = reinterpret_cast<std::uintptr_t>(name.rules);
  auto const mix = [&](std::uint64_t value) { hash = (hash ^ value) * 0x9E3779B97F4A7C15ULL; };
  mix(static_cast<std::uint64_t>(name.base_priority) << 8U | static_cast<std::uint64_t>(name.channel));
  for (SkillLevel const wanted : name.needs.skills()) {
    mix(static_cast<std::uint64_t>(wanted.skill) << 8U | wanted.level);
  }
  return hash ^ (hash >> 32U);
}

ContactIndex::GroupName ContactIndex::name_of(Contact const& contact) {
  return {contact.rules.get(), contact.needs, contact.base_priority(), contact.channel};
}

ContactIndex::GroupNumber ContactIndex::group_for(GroupName const& name) {
  auto const [at, added] = by_name_.try_emplace(name, static_cast<GroupNumber>(groups_.size()));
  if (!added) return at->second;
  if (unused_.empty()) {
    groups_.emplace_back();
  } else {
    at->second = unused_.back();
    unused_.pop_back();
  }
  groups_[at->second].name = name;
  return at->second;
}

/// Puts the group's head among the heads, at the priority it has now.
void ContactIndex::file(GroupNumber number, Instant now) {
  Group& group = groups_[number];
  Queue const& rules = *group.name.rules;
  group.head = group.contacts.front();
  group.priority = aged_priority(rules, group.name.base_priority, group.head.effective_entry, now);
  heads_of(group).insert({group.head.effective_entry, group.head.id, group.head.number, number});
  if (rules.age_every_ms == 0 || group.priority == limits::priority_max) return ageing_.clear(number);
  base::Millis const steps = group.priority - group.name.base_priority + 1;
  ageing_.set({group.head.effective_entry + steps * rules.age_every_ms, 0, 0, number});
}

void ContactIndex::take_out(GroupNumber number) {
  Group& group = groups_[number];
  heads_of(group).erase({group.head.effective_entry, group.head.id, group.head.number, number});
}

ContactIndex::GroupNumber ContactIndex::insert(ContactNumber number, Contact const& contact, Instant now) {
  GroupNumber const at = group_for(name_of(contact));
  Group& group = groups_[at];
  Key const key{contact.effective_entry, contact.id, number};
  bool const first = group.contacts.empty() || key < group.head;
  if (first && !group.contacts.empty()) take_out(at);
  group.contacts.insert(key);
  if (first) file(at, now);
  return at;
}

void ContactIndex::erase(ContactNumber number, Contact const& contact, Instant now) {
  GroupNumber const at = contact.group;
  RAPPORT_ASSERT(at < groups_.size());
  Group& group = groups_[at];
  Key const key{contact.effective_entry, contact.id, number};
  bool const first = key == group.head;
  if (first) take_out(at);
  group.contacts.erase(key);
  if (!group.contacts.empty()) {
    if (first) file(at, now);
    return;
  }
  ageing_.clear(at);
  by_name_.erase(group.name);
  unused_.push_back(at);
}

/// Files anew every head whose priority has risen by `now`.
void ContactIndex::age(Instant now) {
  while (!ageing_.empty() && ageing_.first().when <= now) {
    GroupNumber const number = ageing_.first().number;
    take_out(number);
    file(number, now);
  }
}

ContactIndex::Found ContactIndex::first_for(Levels levels, unsigned channels, Instant now) {
  age(now);
  Found best;
  for (std::size_t channel = 0; channel < channel_count; ++channel) {
    if ((channels >> channel & 1U) == 0) continue;
    for (int priority = limits::priority_max; priority >= 0; --priority) {
      if (best.number != none && -priority > best.rank.minus_priority) break;
      bool const found = heads_[channel][static_cast<std::size_t>(priority)].walk([&](Head const& head) {
        Rank const rank{-priority, head.effective_entry, head.id};
        if (best.number != none && best.rank < rank) return true;
        if (!groups_[head.group].name.needs.met_by(levels)) return false;
        best = {head.number, rank};
        return true;
      });
      if (found) break;
    }
  }
  return best;
}

}  // namespace rapport::routing
