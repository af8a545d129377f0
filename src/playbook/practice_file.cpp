#include "playbook/practice_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/limits.hpp"
#include "playbook/pattern.hpp"
#include "playbook/quantity.hpp"

namespace rapport::playbook {
namespace {

constexpr std::array<std::string_view, 15> own_keys{"say", "why", "weight", "critical", "sure", "visibility", "on_transfer", "cue",
                                                    "coach", "seeds", "on", "channel weight", "not assessed", "all of", "framework"};
constexpr std::array<std::string_view, 3> visibility_words{"agent", "team", "all"};   // in the order of Visibility
constexpr std::array<std::string_view, 3> transfer_words{"void", "inherit", "stay"};  // in the order of OnTransfer
constexpr std::array<std::string_view, 3> shared_keys{"scope", "when", "void if"};    // may stand beside "all of"
constexpr std::array<std::string_view, 2> practice_step_keys{"when", "void if"};      // may stand beside "framework"

std::vector<std::string_view> practice_keys() {
  std::vector<std::string_view> keys(own_keys.begin(), own_keys.end());
  keys.insert(keys.end(), pattern_keys().begin(), pattern_keys().end());
  return keys;
}

std::optional<Cue> read_cue(Node const& node, Problems& problems) {
  constexpr std::array<std::string_view, 2> keys{"at", "text"};
  Cue cue;
  if (!node.is_map()) {
    auto text = read_text(node, "\"cue\"", problems);
    if (!text) return std::nullopt;
    cue.text = *std::move(text);
    return cue;
  }
  check_map(node, "a cue", keys, problems);
  Node const* text = node.find("text");
  Node const* at = node.find("at");
  if (text == nullptr) {
    problems.add(node.place(), "a cue without \"text\"; expected what it says");
    return std::nullopt;
  }
  cue.text = read_text(*text, "\"text\"", problems).value_or("");
  if (at == nullptr) return cue;
  cue.at_ms = at->is_scalar() ? parse_millis(at->text) : std::nullopt;
  if (!cue.at_ms) tell_unexpected(*at, "\"at\"", fmt::format("a time in {}", time_units), problems);
  return cue;
}

/// Reads the map of one practice.
class PracticeReader {
 public:
  PracticeReader(Reading const& reading, std::vector<bool> const& measures, std::vector<Framework> const& frameworks)
      : reading_(reading), frameworks_(frameworks), patterns_(reading, measures) {}

  void read(Entry const& entry, Practice& practice) const {
    Node const& node = entry.value;
    if (!check_map(node, "a practice", practice_keys(), problems())) return;
    read_words_for_people(entry, practice);
    read_settings(node, practice);
    read_patterns(entry, practice);
  }

 private:
  Problems& problems() const { return reading_.problems; }

  void read_words_for_people(Entry const& entry, Practice& practice) const {
    Node const& node = entry.value;
    if (Node const* say = node.find("say")) {
      practice.say = read_text(*say, "\"say\"", problems()).value_or("");
    } else if (has_only(node, practice_keys())) {
      problems().add(entry.key.place(), fmt::format("{} has no \"say\"; expected what to do, as said to an agent", in_quotes(practice.id)));
    }
    if (Node const* why = node.find("why")) practice.why = read_text(*why, "\"why\"", problems()).value_or("");
    if (Node const* coach = node.find("coach")) practice.coach = read_text(*coach, "\"coach\"", problems()).value_or("");
    if (Node const* cue = node.find("cue")) practice.cue = read_cue(*cue, problems());
  }

  void read_settings(Node const& node, Practice& practice) const {
    if (Node const* on = node.find("on")) practice.on = read_bool(*on, "\"on\"", problems()).value_or(true);
    if (Node const* critical = node.find("critical")) practice.critical = read_bool(*critical, "\"critical\"", problems()).value_or(false);
    if (Node const* weight = node.find("weight")) {
      practice.weight = read_integer(*weight, "\"weight\"", 0, limits::weight_max, problems()).value_or(1);
    }
    if (Node const* sure = node.find("sure")) {
      practice.sure = read_integer(*sure, "\"sure\"", 0, 1'000, problems()).value_or(0);
    }
    if (Node const* weights = node.find("channel weight")) read_channel_weights(*weights, practice);
    if (Node const* visibility = node.find("visibility")) {
      practice.visibility = static_cast<Visibility>(read_word(*visibility, "\"visibility\"", visibility_words, problems()).value_or(1));
    }
    if (Node const* transfer = node.find("on_transfer")) {
      practice.on_transfer = static_cast<OnTransfer>(read_word(*transfer, "\"on_transfer\"", transfer_words, problems()).value_or(1));
    }
    if (Node const* seeds = node.find("seeds")) {
      for (Node const* seed : one_or_many(*seeds, "\"seeds\"", "a list of numbers", problems())) {
        if (auto const number = read_integer(*seed, "\"seeds\"", 0, 999, problems())) practice.seeds.push_back(*number);
      }
    }
  }

  void read_channel_weights(Node const& node, Practice& practice) const {
    if (!check_map(node, "\"channel weight\"", channel_words(), problems())) return;
    for (Entry const& entry : node.entries) {
      auto const channel = domain::parse_channel(entry.key.text);
      auto const weight = read_integer(entry.value, in_quotes(entry.key.text), 0, limits::weight_max, problems());
      if (channel && weight) practice.channel_weight[*channel] = *weight;
    }
  }

  void read_patterns(Entry const& entry, Practice& practice) const {
    Node const& node = entry.value;
    Node const* all_of = node.find("all of");
    Node const* not_assessed = node.find("not assessed");
    Node const* framework = node.find("framework");
    bool const single = PatternReader::begins(node);
    if (not_assessed != nullptr) practice.not_assessed_why = read_text(*not_assessed, "\"not assessed\"", problems()).value_or("");
    int const ways = (all_of != nullptr ? 1 : 0) + (not_assessed != nullptr ? 1 : 0) + (framework != nullptr ? 1 : 0) + (single ? 1 : 0);
    if (ways == 0 && !has_only(node, practice_keys())) return;
    if (ways != 1) {
      problems().add(entry.key.place(), fmt::format("{} {}; expected one of must, never, each, each first, at most, measure, framework, all of or "
                                                    "not assessed",
                                                    in_quotes(practice.id), ways == 0 ? "says nothing of how it is judged" : "is judged in two ways"));
      return;
    }
    if (framework != nullptr) {
      read_steps(node, *framework, practice);
    } else if (all_of != nullptr) {
      read_list(node, *all_of, practice);
    } else if (single) {
      if (auto pattern = patterns_.read(node, Pattern())) practice.patterns.push_back(*std::move(pattern));
    } else {
      refuse_pattern_keys(node, "\"not assessed\"", {});
    }
  }

  void read_steps(Node const& practice_node, Node const& framework, Practice& practice) const {
    refuse_pattern_keys(practice_node, "\"framework\"", practice_step_keys);
    constexpr std::array<std::string_view, 1> words{"steps"};
    if (!read_word(framework, "\"framework\"", words, problems())) return;
    if (frameworks_.empty()) problems().add(framework.place(), "steps of a framework, and the playbook has none; expected one under frameworks/");
    Pattern shared;
    patterns_.read_frame(practice_node, shared);
    practice.patterns = framework_patterns(frameworks_, shared);
    check_count(framework, practice.patterns.size(), practice.id);
  }

  void check_count(Node const& node, std::size_t patterns, std::string const& id) const {
    if (patterns <= limits::patterns_per_practice_max) return;
    problems().add(node.place(), fmt::format("{} patterns in {}; expected at most {} (patterns_per_practice_max)", patterns, in_quotes(id),
                                             limits::patterns_per_practice_max));
  }

  void read_list(Node const& practice_node, Node const& all_of, Practice& practice) const {
    refuse_pattern_keys(practice_node, "\"all of\"", shared_keys);
    Pattern shared;
    patterns_.read_frame(practice_node, shared);
    if (!all_of.is_sequence() || all_of.items.empty()) {
      tell_unexpected(all_of, "\"all of\"", "a list of patterns", problems());
      return;
    }
    check_count(all_of, all_of.items.size(), practice.id);
    for (Node const& item : all_of.items) {
      if (!check_map(item, "a pattern", pattern_keys(), problems())) continue;
      if (!PatternReader::begins(item)) {
        problems().add(item.place(), "a pattern that says nothing of how it is judged; expected one of must, never, each, each first, at most or measure");
      } else if (auto pattern = patterns_.read(item, shared)) {
        practice.patterns.push_back(*std::move(pattern));
      }
    }
  }

  /// Keys of a pattern, except `allowed`, have no business beside `beside`.
  void refuse_pattern_keys(Node const& node, std::string_view beside, std::span<std::string_view const> allowed) const {
    for (Entry const& entry : node.entries) {
      auto const in = [&](std::span<std::string_view const> keys) { return std::find(keys.begin(), keys.end(), entry.key.text) != keys.end(); };
      if (!in(pattern_keys()) || in(allowed)) continue;
      problems().add(entry.key.place(), fmt::format("\"{}\" beside {}; expected it with a pattern", entry.key.text, beside));
    }
  }

  Reading const& reading_;
  std::vector<Framework> const& frameworks_;
  PatternReader patterns_;
};

}  // namespace

void read_practice_file(Node const& root, Reading const& reading, std::vector<bool> const& measures,
                        std::vector<Framework> const& frameworks, std::vector<Practice>& practices) {
  PracticeReader const reader(reading, measures, frameworks);
  for (Entry const& entry : root.entries) {
    if (!reading.practices.defined_by(entry.key)) continue;  // told when its name was declared
    Practice practice;
    practice.id = entry.key.text;
    practice.file = root.file->path;
    practice.line = entry.key.line;
    reader.read(entry, practice);
    practices.push_back(std::move(practice));
  }
}

}  // namespace rapport::playbook
