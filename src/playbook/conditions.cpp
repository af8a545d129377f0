#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "playbook/pattern.hpp"
#include "playbook/sentence.hpp"

namespace rapport::playbook {
namespace {

using Subject = Condition::Subject;

/// How a condition's value is written.
enum class Form : std::uint8_t { channels,
                                 directions,
                                 texts,
                                 known,
                                 yes_or_no,
                                 fields,
                                 signal };

struct Rule {
  std::string_view key;
  Subject subject;
  Form form;
};

constexpr std::array<Rule, 14> rules{{
    {"channel", Subject::channel, Form::channels},
    {"text channel", Subject::text_channel, Form::yes_or_no},
    {"direction", Subject::direction, Form::directions},
    {"brand", Subject::brand, Form::texts},
    {"queue", Subject::queue, Form::texts},
    {"language", Subject::language, Form::texts},
    {"company", Subject::company, Form::known},
    {"customer name", Subject::customer_name, Form::known},
    {"customer", Subject::customer_known, Form::known},
    {"agent name", Subject::agent_name, Form::known},
    {"history", Subject::history, Form::known},
    {"preferred channel", Subject::preferred_channel, Form::known},
    {"context", Subject::context, Form::fields},
    {"seen", Subject::signal, Form::signal},
}};

constexpr std::string_view negation = "not ";

std::vector<std::string_view> condition_keys() {
  static std::vector<std::string> const negated = [] {
    std::vector<std::string> keys;
    for (Rule const& rule : rules) keys.push_back(std::string(negation) + std::string(rule.key));
    return keys;
  }();
  std::vector<std::string_view> keys;
  for (Rule const& rule : rules) keys.push_back(rule.key);
  keys.insert(keys.end(), negated.begin(), negated.end());
  return keys;
}

/// Reads conditions of one map into a list.
class ConditionReader {
 public:
  ConditionReader(Reading const& reading, std::vector<Condition>& conditions) : reading_(reading), conditions_(conditions) {}

  void read(Entry const& entry, Rule const& rule, bool negated) {
    Condition condition;
    condition.subject = rule.subject;
    condition.negated = negated;
    std::string const what = in_quotes(entry.key.text);
    switch (rule.form) {
      case Form::channels:
        read_positions(entry.value, what, channel_words(), condition);
        break;
      case Form::directions:
        read_positions(entry.value, what, direction_words(), condition);
        break;
      case Form::texts:
        read_values(entry.value, what, condition);
        break;
      case Form::known:
        read_known(entry.value, what, condition);
        break;
      case Form::yes_or_no:
        read_yes_or_no(entry.value, what, condition);
        break;
      case Form::fields:
        read_fields(entry.value, what, condition);
        break;
      case Form::signal:
        read_signal(entry.value, what, condition);
        break;
    }
  }

 private:
  void read_positions(Node const& node, std::string const& what, std::span<std::string_view const> words, Condition& condition) {
    for (std::size_t const position : read_words(node, what, words, reading_.problems)) condition.values.emplace_back(words[position]);
    if (!condition.values.empty()) conditions_.push_back(condition);
  }

  void read_values(Node const& node, std::string const& what, Condition& condition) {
    condition.values = read_texts(node, what, reading_.problems);
    if (!condition.values.empty()) conditions_.push_back(condition);
  }

  void read_known(Node const& node, std::string const& what, Condition& condition) {
    constexpr std::array<std::string_view, 1> words{"known"};
    if (read_word(node, what, words, reading_.problems)) conditions_.push_back(condition);
  }

  void read_yes_or_no(Node const& node, std::string const& what, Condition& condition) {
    auto const yes = read_bool(node, what, reading_.problems);
    if (!yes) return;
    condition.negated = condition.negated == *yes;
    conditions_.push_back(condition);
  }

  /// A map from FIELD or GROUP/FIELD to a value, a list of values, or `any`.
  void read_fields(Node const& node, std::string const& what, Condition const& condition) {
    if (!node.is_map()) {
      tell_unexpected(node, what, "a map from fields to values", reading_.problems);
      return;
    }
    for (Entry const& entry : node.entries) {
      Condition field = condition;
      std::string const& path = entry.key.text;
      std::size_t const slash = path.find('/');
      if (slash != std::string::npos) field.group = path.substr(0, slash);
      field.field = slash == std::string::npos ? path : path.substr(slash + 1);
      bool const any = entry.value.is_scalar() && !entry.value.quoted && entry.value.text == "any";
      if (!any) field.values = read_texts(entry.value, fmt::format("the field {}", in_quotes(path)), reading_.problems);
      if (any || !field.values.empty()) conditions_.push_back(std::move(field));
    }
  }

  void read_signal(Node const& node, std::string const& what, Condition& condition) {
    Sentence sentence(node, what, reading_);
    auto const signal = sentence.take_signal();
    sentence.finish("one signal");
    if (!signal) return;
    condition.signal = *signal;
    conditions_.push_back(condition);
  }

  Reading const& reading_;
  std::vector<Condition>& conditions_;
};

void read_map(Node const& node, Reading const& reading, std::vector<Condition>& conditions) {
  if (!check_map(node, "\"when\"", condition_keys(), reading.problems)) return;
  ConditionReader reader(reading, conditions);
  for (Entry const& entry : node.entries) {
    std::string_view key = entry.key.text;
    bool const negated = key.starts_with(negation);
    if (negated) key.remove_prefix(negation.size());
    auto const rule = std::find_if(rules.begin(), rules.end(), [&](Rule const& one) { return one.key == key; });
    if (rule != rules.end()) reader.read(entry, *rule, negated);
  }
}

}  // namespace

void read_conditions(Node const& node, Reading const& reading, std::vector<Condition>& conditions) {
  if (!node.is_sequence()) {
    read_map(node, reading, conditions);
    return;
  }
  for (Node const& item : node.items) read_map(item, reading, conditions);
}

}  // namespace rapport::playbook
