#include "app/phone_quality.hpp"

#include <algorithm>

namespace rapport::app {
namespace {

constexpr std::uint32_t good_score = 340;
constexpr std::uint32_t bad_in_a_row = 2;
constexpr std::uint32_t good_in_a_row = 3;

centre::LineReading reading_of(std::string const& agent, media::LineState const& line) {
  centre::LineReading reading;
  reading.leg = agent.empty() ? "customer" : "agent";
  reading.agent = agent;
  reading.score = line.score;
  reading.loss = line.loss;
  reading.loss_away = line.loss_away;
  reading.jitter_ms = line.jitter_ms;
  reading.buffered_ms = line.buffered_ms;
  reading.round_trip_ms = line.round_trip_ms;
  return reading;
}

domain::Attribute number(char const* name, std::int64_t thousandths) { return {{}, name, domain::Value::of_thousandths(thousandths)}; }

}  // namespace

centre::TellLine PhoneQuality::measured(std::string const& interaction, std::string const& agent, media::LineState const& line) {
  Leg& leg = legs_[{interaction, agent}];
  bool const was_bad = leg.last.bad;
  bool const other = was_bad ? line.score >= good_score : line.score < bad_score;
  leg.in_a_row = other ? leg.in_a_row + 1 : 0;
  bool const changes = leg.in_a_row >= (was_bad ? good_in_a_row : bad_in_a_row);
  if (changes) leg.in_a_row = 0;
  leg.last = reading_of(agent, line);
  leg.last.bad = was_bad != changes;
  leg.worst_score = leg.reports == 0 ? line.score : std::min(leg.worst_score, line.score);
  leg.scores += line.score;
  leg.losses += line.loss;
  ++leg.reports;
  leg.lost = line.lost;
  leg.packets = line.packets;
  using Became = centre::TellLine::Became;
  return {interaction, leg.last, !changes ? Became::same : leg.last.bad ? Became::bad
                                                                        : Became::good};
}

void PhoneQuality::talked(std::string const& interaction, std::string const& agent, media::Talk const& talk) {
  auto const found = legs_.find({interaction, agent});
  if (found != legs_.end()) found->second.talk = talk;
}

std::optional<domain::Event> PhoneQuality::ended(std::string const& interaction, std::string const& agent, std::string const& reason) {
  auto const found = legs_.find({interaction, agent});
  if (found == legs_.end()) return std::nullopt;
  Leg const& leg = found->second;
  auto const reports = static_cast<std::int64_t>(leg.reports);
  domain::Event ended;
  ended.kind = domain::EventKind::leg_ended;
  ended.leg = leg.last.leg;
  ended.attributes = {{{}, "reason", domain::Value::of_text(reason)},
                      number("score", static_cast<std::int64_t>(leg.scores) / reports * 10),
                      number("worst_score", std::int64_t{leg.worst_score} * 10),
                      number("loss_percent", static_cast<std::int64_t>(leg.losses) * 100 / reports),
                      number("jitter_ms", std::int64_t{leg.last.jitter_ms} * 1'000),
                      number("packets", static_cast<std::int64_t>(leg.packets) * 1'000),
                      number("lost", leg.lost * 1'000)};
  if (leg.last.round_trip_ms) ended.attributes.push_back(number("round_trip_ms", std::int64_t{*leg.last.round_trip_ms} * 1'000));
  media::Talk const& talk = leg.talk;
  if (talk.all() > 0) {
    auto const ms = [](char const* name, std::uint64_t value) { return number(name, static_cast<std::int64_t>(value) * 1'000); };
    for (auto const& one : {ms("customer_spoke_ms", talk.customer), ms("agent_spoke_ms", talk.agent), ms("both_spoke_ms", talk.both), ms("nobody_spoke_ms", talk.neither)}) ended.attributes.push_back(one);
  }
  legs_.erase(found);
  return ended;
}

void PhoneQuality::forget(std::string const& interaction) {
  std::erase_if(legs_, [&](auto const& entry) { return entry.first.first == interaction; });
}

}  // namespace rapport::app
