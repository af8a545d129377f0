#include "evaluation/background.hpp"

#include <algorithm>
#include <string>

#include "base/assert.hpp"

namespace rapport::evaluation {

using domain::Value;
using playbook::Condition;

namespace {

/// "2.5" for 2 500 thousandths: a number as a playbook would write it.
std::string decimal(std::int64_t thousandths) {
  std::int64_t const size = thousandths < 0 ? -thousandths : thousandths;
  std::string text = (thousandths < 0 ? "-" : "") + std::to_string(size / 1'000);
  if (size % 1'000 != 0) {
    std::string fraction = std::to_string(1'000 + size % 1'000).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    text += "." + fraction;
  }
  return text;
}

std::string text_of(Value const& value) {
  switch (value.kind) {
    case Value::Kind::text:
    case Value::Kind::json:
      return value.text;
    case Value::Kind::number:
      return decimal(value.number);
    case Value::Kind::boolean:
      return value.number != 0 ? "true" : "false";
  }
  RAPPORT_ASSERT(false);
}

bool is_something(Value const& value) {
  switch (value.kind) {
    case Value::Kind::text:
      return !value.text.empty();
    case Value::Kind::number:
      return true;
    case Value::Kind::boolean:
      return value.number != 0;
    case Value::Kind::json:
      return value.text != "[]" && value.text != "{}" && value.text != "null";
  }
  RAPPORT_ASSERT(false);
}

/// Whether the text is one of the values or, where none are given, whether there is a text at all.
bool matches(std::vector<std::string> const& values, std::string_view text) {
  if (values.empty()) return !text.empty();
  return std::ranges::any_of(values, [&](std::string const& value) { return value == text; });
}

bool matches(std::vector<std::string> const& values, Value const* value) {
  if (value == nullptr) return false;
  return values.empty() ? is_something(*value) : matches(values, text_of(*value));
}

/// "en" covers "en-GB"; "en-GB" covers itself alone.
bool covers(std::string_view wanted, std::string_view language) {
  return language.starts_with(wanted) && (language.size() == wanted.size() || language[wanted.size()] == '-');
}

}  // namespace

void Background::take(domain::Event const& event) {
  auto const set = [&](domain::Attribute attribute) {
    auto const same = [&](domain::Attribute const& other) {
      return other.group == attribute.group && other.name == attribute.name;
    };
    auto const found = std::ranges::find_if(fields_, same);
    if (found == fields_.end()) {
      fields_.push_back(std::move(attribute));
    } else {
      found->value = std::move(attribute.value);
    }
  };
  if (event.kind == domain::EventKind::context) {
    for (domain::Attribute const& attribute : event.attributes) set(attribute);
  } else if (event.kind == domain::EventKind::fact_known) {
    std::string_view const fact = event.text_of("name");
    Value const* value = event.find("value");
    if (!fact.empty()) set({"known", std::string(fact), value != nullptr ? *value : Value::of_boolean(true)});
  } else if (event.kind == domain::EventKind::contact_repeated) {
    repeated_ = true;
  }
}

bool Background::holds(Condition const& condition, domain::ParticipantIndex agent) const {
  return subject_holds(condition, agent) != condition.negated;
}

bool Background::subject_holds(Condition const& condition, domain::ParticipantIndex agent) const {
  using enum Condition::Subject;
  auto const& values = condition.values;
  switch (condition.subject) {
    case channel:
      return matches(values, name(head_->channel));
    case direction:
      return matches(values, name(head_->direction));
    case queue:
      return matches(values, head_->queue);
    case company:
      return matches(values, head_->company);
    case text_channel:
      return head_->channel != domain::Channel::voice;
    case language:
      return std::ranges::any_of(values, [&](auto const& wanted) { return covers(wanted, head_->language); });
    case brand:
      if (!head_->brand.empty()) return matches(values, head_->brand);
      return matches(values, find({}, "brand"));
    case customer_name: {
      auto const customer = head_->first_of(domain::Role::customer);
      if (customer != domain::nobody && matches(values, head_->participants[customer].name)) return true;
      return matches(values, find("known", "name"));
    }
    case customer_known:
      return knows_customer();
    case agent_name: {
      auto const who = agent != domain::nobody ? agent : head_->first_of(domain::Role::agent);
      return who != domain::nobody && matches(values, head_->participants[who].name);
    }
    case history:
      return !head_->history.empty() || repeated_ || matches(values, find({}, "history"));
    case preferred_channel: {
      auto const customer = head_->first_of(domain::Role::customer);
      if (customer != domain::nobody && matches(values, head_->participants[customer].preferred_channel)) return true;
      return matches(values, find({}, "preferred_channel"));
    }
    case context:
      return matches(values, find(condition.group, condition.field)) || has_group(condition);
    case signal:
      break;
  }
  RAPPORT_ASSERT(false);
}

bool Background::knows_customer() const {
  auto const customer = head_->first_of(domain::Role::customer);
  if (customer != domain::nobody) {
    domain::Participant const& who = head_->participants[customer];
    if (!who.name.empty() || !who.known.empty()) return true;
  }
  return std::ranges::any_of(fields_, [](domain::Attribute const& field) {
    return field.group == "known" && is_something(field.value);
  });
}

/// A context field that is an object ("baselines") is there if anything is in it.
bool Background::has_group(Condition const& condition) const {
  return condition.group.empty() && condition.values.empty() &&
         std::ranges::any_of(fields_, [&](auto const& field) { return field.group == condition.field; });
}

Value const* Background::find(std::string_view group, std::string_view field) const {
  auto const found = std::ranges::find_if(fields_, [&](domain::Attribute const& attribute) {
    return attribute.group == group && attribute.name == field;
  });
  return found == fields_.end() ? nullptr : &found->value;
}

}  // namespace rapport::evaluation
