#include "centre/agent_document.hpp"

#include "base/limits.hpp"
#include "centre/document_fields.hpp"
#include "domain/words.hpp"

namespace rapport::centre {

base::Result<routing::AgentProfile> read_agent(json::value const& document, routing::AgentId id, Numbering const& numbering) {
  Trouble trouble;
  Place const root;
  routing::AgentProfile agent;
  agent.id = id;
  agent.capacity[static_cast<std::size_t>(domain::Channel::voice)] = 1;
  DocumentFields fields{trouble, root, document};
  fields.other("skills", [&](Place const& place, json::value const& value) {
    return read_skill_levels(trouble, place, value, numbering, agent.skills);
  });
  fields.other("capacity", [&](Place const& place, json::value const& value) {
    agent.capacity = {};
    DocumentFields channels{trouble, place, value};
    for (std::size_t channel = 0; channel < routing::channel_count; ++channel)
      channels.whole(name(static_cast<domain::Channel>(channel)), 0, limits::capacity_max, agent.capacity[channel]);
    return channels.close();
  });
  fields.boolean("mixes_channels", agent.mixes_channels);
  if (!fields.close()) return trouble.error();
  if (routing::check(agent)) {
    trouble.fail(root, "this agent has no id, or one skill twice");
    return trouble.error();
  }
  return agent;
}

base::Result<routing::AgentProfile> parse_agent(std::string_view text, routing::AgentId id, Numbering const& numbering) {
  auto const document = parse_json(text, "agent");
  if (!document) return document.error();
  return read_agent(*document, id, numbering);
}

json::object agent_json(routing::AgentProfile const& agent, Numbering const& numbering) {
  json::object out;
  json::object& skills = out["skills"].emplace_object();
  for (routing::SkillLevel const level : agent.skills) skills[numbering.skill_slug(level.skill)] = level.level;
  json::object& capacity = out["capacity"].emplace_object();
  for (std::size_t channel = 0; channel < routing::channel_count; ++channel) {
    std::string_view const word = name(static_cast<domain::Channel>(channel));
    capacity[{word.data(), word.size()}] = agent.capacity[channel];
  }
  out["mixes_channels"] = agent.mixes_channels;
  return out;
}

}  // namespace rapport::centre
