#include <algorithm>
#include <charconv>

#include "unit/routing/names.hpp"
#include "unit/routing/scenario.hpp"

namespace rapport::routing {
namespace {

using base::Millis;

std::optional<Millis> number(std::string const& text) {
  Millis value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

/// "mon:09:00-17:00", or "2026-12-25" for a day that is closed, or with its own hours after a colon.
std::string add_hours(OpeningHours& hours, std::string const& text) {
  static std::vector<std::string> const days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  auto const minutes = [&](std::size_t at) {
    return static_cast<std::int32_t>(*number(text.substr(at, 2)) * 60 + *number(text.substr(at + 3, 2)));
  };
  if (auto const day = std::ranges::find(days, text.substr(0, 3)); day != days.end() && text.size() == 15) {
    hours.week.push_back({static_cast<std::int32_t>(day - days.begin()), minutes(4), minutes(10)});
    return {};
  }
  auto const date = base::parse_rfc3339(text.substr(0, 10) + "T00:00:00Z");
  if (!date) return "no hours: " + text;
  auto const day = static_cast<std::int32_t>(date->since_epoch / base::day);
  hours.holidays.push_back(text.size() > 10 ? OpenSpan{day, minutes(11), minutes(17)} : OpenSpan{day, 0, 0});
  return {};
}

}  // namespace

std::optional<Millis> parse_span(std::string const& text) {
  std::size_t const digits = text.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string::npos) return std::nullopt;
  static std::map<std::string, Millis> const units{
      {"ms", 1}, {"s", base::second}, {"m", base::minute}, {"h", base::hour}, {"d", base::day}};
  auto const unit = units.find(text.substr(digits));
  if (unit == units.end()) return std::nullopt;
  return *number(text.substr(0, digits)) * unit->second;
}

std::optional<Millis> parse_clock(std::string const& text) {
  std::string const whole = text.substr(0, text.find('.'));
  if (whole.size() != 5 && whole.size() != 8) return std::nullopt;
  Millis seconds = 0;
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    auto const part = number(whole.substr(at, 2));
    if (!part || (at > 0 && whole[at - 1] != ':')) return std::nullopt;
    seconds = seconds * 60 + *part;
  }
  if (whole.size() == text.size()) return seconds * base::second;
  auto const rest = number(text.substr(whole.size() + 1));
  return rest ? std::optional{seconds * base::second + *rest} : std::nullopt;
}

QueueId Scenario::queue_id(std::string const& name) {
  auto const found = std::ranges::find(queues_, name);
  auto const number = static_cast<std::uint32_t>(found - queues_.begin());
  if (found == queues_.end()) queues_.push_back(name);
  return QueueId{number};
}

SkillLevel Scenario::skill_level(std::string const& text) {
  auto const border = text.find(">=");
  if (border == std::string::npos) return {};
  auto const skill = skills_.try_emplace(text.substr(0, border), SkillId(skills_.size())).first->second;
  return {skill, static_cast<std::uint8_t>(number(text.substr(border + 2)).value_or(0))};
}

std::string Scenario::set_counts(Queue& queue, std::string const& key, std::string const& value) {
  auto const count = number(value);
  if (!count) return key + " needs a number, not " + value;
  auto const small = static_cast<std::uint8_t>(*count);
  if (key == "priority")
    queue.priority = small;
  else if (key == "fair-load")
    queue.fair_load = small;
  else if (key == "unanswered")
    queue.unanswered_max = small;
  else if (key == "at-most")
    queue.waiting_max = static_cast<std::uint32_t>(*count);
  else if (key == "callback-attempts")
    queue.callback_attempts_max = small;
  else
    return "no such setting: " + key;
  return {};
}

std::string Scenario::set_times(Queue& queue, std::string const& key, std::string const& value) {
  static std::map<std::string, Millis Queue::*> const times{{"offer", &Queue::offer_ms},
                                                            {"acknowledge", &Queue::acknowledge_ms},
                                                            {"wrap-up", &Queue::wrap_up_ms},
                                                            {"pause", &Queue::refusal_pause_ms},
                                                            {"ages", &Queue::age_every_ms},
                                                            {"not-responding", &Queue::not_responding_ms},
                                                            {"affinity", &Queue::affinity_ms},
                                                            {"directed", &Queue::directed_ms},
                                                            {"overflows-after", &Queue::overflow_after_ms},
                                                            {"callback-retry", &Queue::callback_retry_ms}};
  auto const time = times.find(key);
  if (time == times.end()) return set_counts(queue, key, value);
  auto const span = parse_span(value);
  if (!span) return key + " needs a time such as 20s, not " + value;
  queue.*(time->second) = *span;
  return {};
}

/// One setting, from `at`, which moves past it.
std::string Scenario::set(Queue& queue, Words const& words, std::size_t& at) {
  std::string const key = words[at++];
  if (key == "holds-when-closed") return queue.accepts_when_closed = true, std::string{};
  if (key == "transfer-goes-last") return queue.transfer_keeps_entry = false, std::string{};
  if (at == words.size()) return key + " needs a value";
  std::string const value = words[at++];
  if (key == "needs") return queue.needs.add(skill_level(value)) ? std::string{} : "too many skills";
  if (key == "overflows-to") return queue.overflow_to = queue_id(value), std::string{};
  if (key == "closed-to") return queue.closed_to = queue_id(value), std::string{};
  if (key == "open" || key == "holiday") return add_hours(queue.hours, value);
  if (key == "relax") {
    auto const after = parse_span(value);
    if (!after || at == words.size()) return "relax needs a time and a skill";
    queue.relax.push_back({*after, skill_level(words[at++])});
    return {};
  }
  if (key == "zone") {  // "1h" or "1h@2026-03-29T01:00:00Z": from then on
    auto const from = value.find('@') == std::string::npos
                          ? base::Instant{}
                          : *base::parse_rfc3339(value.substr(value.find('@') + 1));
    queue.hours.zone.push_back({from, *parse_span(value.substr(0, value.find('@')))});
    return {};
  }
  if (key == "strategy") {
    static std::map<std::string, Strategy> const names{{"longest-idle", Strategy::longest_idle},
                                                       {"most-skilled", Strategy::most_skilled},
                                                       {"least-loaded", Strategy::least_loaded}};
    if (!names.contains(value)) return "no such strategy: " + value;
    queue.strategy = names.at(value);
    return {};
  }
  return set_times(queue, key, value);
}

std::string Scenario::queue_line(Words const& words) {
  Queue queue;
  queue.id = queue_id(words.at(1));
  for (std::size_t at = 2; at < words.size();) {
    if (auto wrong = set(queue, words, at); !wrong.empty()) return wrong;
  }
  return do_command(SetQueue{std::make_shared<Queue const>(queue)});
}

std::string Scenario::agent_line(Words const& words) {
  AgentProfile profile;
  profile.id = agent(words.at(1));
  bool channels = false;
  for (std::size_t at = 2; at < words.size(); ++at) {
    static std::vector<std::string> const names{"calls", "chats", "emails", "messages"};
    auto const channel = std::ranges::find(names, words[at]);
    if (channel != names.end() && at + 1 < words.size()) {
      channels = true;
      profile.capacity[static_cast<std::size_t>(channel - names.begin())] =
          static_cast<std::uint8_t>(number(words[++at]).value_or(0));
    } else if (words[at] == "mixes") {
      profile.mixes_channels = true;
    } else if (words[at] == "knows" && at + 1 < words.size()) {  // "billing:5"
      std::string skill = words[++at];
      skill.replace(skill.find(':'), 1, ">=");
      profile.skills.push_back(skill_level(skill));
    } else {
      return "no such property of an agent: " + words[at];
    }
  }
  if (!channels) profile.capacity[0] = 1;
  return do_command(SetAgent{std::make_shared<AgentProfile const>(profile)});
}

}  // namespace rapport::routing
