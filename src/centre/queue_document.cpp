#include "centre/queue_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/limits.hpp"
#include "centre/disposition_document.hpp"
#include "centre/document_fields.hpp"
#include "centre/hours_document.hpp"

namespace rapport::centre {
namespace {

using routing::Queue;

constexpr std::array<std::string_view, 3> strategies{"longest_idle", "most_skilled", "least_loaded"};
constexpr std::int64_t waiting_limit = static_cast<std::int64_t>(limits::contacts_max);

/// Every span of time with its name and whether 0 turns it off.
struct Span {
  std::string_view name;
  base::Millis Queue::* member;
  bool or_off;
};
constexpr auto spans = std::to_array<Span>({{"age_every_seconds", &Queue::age_every_ms, true},
                                            {"offer_seconds", &Queue::offer_ms, false},
                                            {"acknowledge_seconds", &Queue::acknowledge_ms, false},
                                            {"wrap_up_seconds", &Queue::wrap_up_ms, true},
                                            {"refusal_pause_seconds", &Queue::refusal_pause_ms, false},
                                            {"not_responding_seconds", &Queue::not_responding_ms, false},
                                            {"affinity_seconds", &Queue::affinity_ms, true},
                                            {"directed_seconds", &Queue::directed_ms, false},
                                            {"overflow_after_seconds", &Queue::overflow_after_ms, true},
                                            {"callback_retry_seconds", &Queue::callback_retry_ms, false}});

class QueueReader {
 public:
  QueueReader(Trouble& trouble, Numbering const& numbering, base::Instant now, QueueDocument& out)
      : trouble_(trouble), numbering_(numbering), now_(now), out_(out), rules_(out.rules) {}

  bool read(json::value const& document) {
    DocumentFields fields{trouble_, root_, document};
    fields.required("number", [&](Place const& place, json::value const& value) {
      std::int64_t number = 0;
      if (!read_whole(trouble_, place, value, 0, UINT32_MAX, number)) return false;
      rules_.id = static_cast<routing::QueueId>(number);
      return true;
    });
    fields.text("label", limits::name_bytes_max, out_.label);
    fields.text("music", limits::name_bytes_max, out_.music);
    read_choice(fields);
    for (Span const& span : spans)
      fields.seconds(span.name, limits::routing_timer_min, limits::routing_timer_max, span.or_off, rules_.*span.member);
    read_entry(fields);
    fields.other("dispositions", [&](Place const& place, json::value const& value) {
      DispositionTree tree;
      if (!read_dispositions(trouble_, place, value, tree)) return false;
      if (!tree.reasons.empty()) out_.dispositions = std::make_shared<DispositionTree const>(std::move(tree));
      return true;
    });
    if (!fields.close()) return false;
    if (rules_.closed_to == rules_.id) return trouble_.fail(root_.field("closed_to"), "a queue cannot send contacts to itself");
    if (rules_.overflow_to == rules_.id) return trouble_.fail(root_.field("overflow_to"), "a queue cannot overflow to itself");
    return !routing::check(rules_) || trouble_.fail(root_, "these rules do not fit together");
  }

 private:
  /// Who gets a contact, and in which order.
  void read_choice(DocumentFields& fields) {
    fields.whole("priority", 0, limits::priority_max, rules_.priority);
    fields.needs("needs", numbering_, rules_.needs);
    fields.other("relax", [&](Place const& place, json::value const& value) { return read_relax(place, value); });
    fields.other("strategy", [&](Place const& place, json::value const& value) {
      std::string name;
      if (!read_text(trouble_, place, value, name)) return false;
      auto const found = std::ranges::find(strategies, name);
      if (found == strategies.end()) return trouble_.wrong(place, value, fmt::format("one of {}", fmt::join(strategies, ", ")));
      rules_.strategy = static_cast<routing::Strategy>(found - strategies.begin());
      return true;
    });
    fields.whole("fair_load", 1, UINT8_MAX, rules_.fair_load);
    fields.whole("unanswered_max", 0, limits::unanswered_max, rules_.unanswered_max);
    fields.queue("overflow_to", numbering_, rules_.overflow_to);
    fields.boolean("transfer_keeps_entry", rules_.transfer_keeps_entry);
    fields.whole("callback_attempts_max", 1, limits::callback_attempts_max, rules_.callback_attempts_max);
  }

  /// When and how many may come, and what is aimed at.
  void read_entry(DocumentFields& fields) {
    fields.seconds("target_seconds", 0, limits::routing_timer_max, true, rules_.target_ms);
    fields.other("target_percent", [&](Place const& place, json::value const& value) {
      double const percent = value.is_number() ? value.to_number<double>() : -1.0;
      if (!(percent >= 0.0 && percent <= 100.0)) return trouble_.wrong(place, value, "a number from 0 to 100");
      rules_.target_thousandths = static_cast<std::int32_t>(percent * 10.0 + 0.5);
      return true;
    });
    fields.other("hours", [&](Place const& place, json::value const& value) {
      Hours hours;
      if (!read_hours(trouble_, place, value, now_, hours)) return false;
      rules_.hours = std::move(hours.hours);
      out_.zone = std::move(hours.zone);
      return true;
    });
    fields.boolean("accepts_when_closed", rules_.accepts_when_closed);
    fields.queue("closed_to", numbering_, rules_.closed_to);
    fields.whole("waiting_max", 0, waiting_limit, rules_.waiting_max);
  }

  bool read_relax(Place const& place, json::value const& value) {
    auto const* const list = value.if_array();
    if (list == nullptr) return trouble_.wrong(place, value, "a list of steps");
    if (list->size() > limits::relax_steps_max)
      return trouble_.fail(place, fmt::format("more than relax_steps_max, {}, steps", limits::relax_steps_max));
    for (std::size_t index = 0; index < list->size(); ++index) {
      routing::RelaxStep& step = rules_.relax.emplace_back();
      Place const at = place.item(index);
      DocumentFields fields{trouble_, at, (*list)[index]};
      fields.required("after_seconds", [](Place const&, json::value const&) { return true; });
      fields.seconds("after_seconds", limits::routing_timer_min, limits::routing_timer_max, false, step.after_ms);
      fields.required("skill", [&](Place const& of, json::value const& skill) { return read_skill(trouble_, of, skill, numbering_, step.to.skill); });
      fields.whole("level", 0, limits::proficiency_max, step.to.level);
      if (!fields.close()) return false;
      if (index > 0 && step.after_ms < rules_.relax[index - 1].after_ms)
        return trouble_.fail(at.field("after_seconds"), "comes before the step above it; expected steps in order of time");
    }
    return true;
  }

  Trouble& trouble_;
  Numbering const& numbering_;
  base::Instant now_;
  QueueDocument& out_;
  Queue& rules_;
  Place root_;
};

/// `null` where there is none: reading takes that for a field left out.
json::value queue_slug(std::optional<routing::QueueId> queue, Numbering const& numbering) {
  return queue ? json::value(numbering.queue_slug(*queue)) : json::value(nullptr);
}

}  // namespace

bool QueueDocument::operator==(QueueDocument const& other) const {
  bool const same_tree = dispositions == other.dispositions || (dispositions && other.dispositions && *dispositions == *other.dispositions);
  return same_tree && label == other.label && music == other.music && rules == other.rules && zone == other.zone;
}

base::Result<QueueDocument> read_queue(json::value const& document, Numbering const& numbering, base::Instant now) {
  Trouble trouble;
  QueueDocument queue;
  if (!QueueReader{trouble, numbering, now, queue}.read(document)) return trouble.error();
  return queue;
}

base::Result<QueueDocument> parse_queue(std::string_view text, Numbering const& numbering, base::Instant now) {
  auto const document = parse_json(text, "queue");
  if (!document) return document.error();
  return read_queue(*document, numbering, now);
}

json::object queue_json(QueueDocument const& queue, Numbering const& numbering) {
  Queue const& rules = queue.rules;
  json::object out{{"number", static_cast<std::uint32_t>(rules.id)}, {"label", queue.label}, {"priority", rules.priority}};
  json::object& needs = out["needs"].emplace_object();
  for (routing::SkillLevel const level : rules.needs.skills()) needs[numbering.skill_slug(level.skill)] = level.level;
  json::array& relax = out["relax"].emplace_array();
  for (routing::RelaxStep const& step : rules.relax) {
    relax.emplace_back(json::object{{"after_seconds", seconds_json(step.after_ms)},
                                    {"skill", numbering.skill_slug(step.to.skill)},
                                    {"level", step.to.level}});
  }
  out["strategy"] = std::string{strategies[static_cast<std::size_t>(rules.strategy)]};
  for (Span const& span : spans) out[{span.name.data(), span.name.size()}] = seconds_json(rules.*span.member);
  out["target_seconds"] = seconds_json(rules.target_ms);
  out["target_percent"] = static_cast<double>(rules.target_thousandths) / 10.0;
  if (!rules.hours.week.empty() || !rules.hours.holidays.empty()) out["hours"] = hours_json({rules.hours, queue.zone});
  out["accepts_when_closed"] = rules.accepts_when_closed;
  out["closed_to"] = queue_slug(rules.closed_to, numbering);
  out["waiting_max"] = rules.waiting_max;
  out["fair_load"] = rules.fair_load;
  out["unanswered_max"] = rules.unanswered_max;
  out["overflow_to"] = queue_slug(rules.overflow_to, numbering);
  out["transfer_keeps_entry"] = rules.transfer_keeps_entry;
  out["callback_attempts_max"] = rules.callback_attempts_max;
  if (!queue.music.empty()) out["music"] = queue.music;
  if (queue.dispositions) out["dispositions"] = dispositions_json(*queue.dispositions);
  return out;
}

}  // namespace rapport::centre
