#include "playbook/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/limits.hpp"
#include "base/nearest.hpp"

namespace rapport::playbook {
namespace {

/// Names of an enumeration's first `count` values, in order.
template <typename Enum, std::size_t count>
std::array<std::string_view, count> names_of() {
  std::array<std::string_view, count> names{};
  for (std::size_t index = 0; index < count; ++index) names[index] = domain::name(static_cast<Enum>(index));
  return names;
}

std::string trimmed(std::string_view text) {
  std::string clean;
  for (char const c : text) {
    bool const blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) clean += c;
    if (blank && !clean.empty() && clean.back() != ' ') clean += ' ';
  }
  if (clean.ends_with(' ')) clean.pop_back();
  return clean;
}

}  // namespace

Reading::Reading(Problems& sink)
    : problems(sink),
      signals("signal", limits::signals_max, "signals_max"),
      practices("practice", limits::practices_max, "practices_max"),
      classes("word class", limits::signals_max, "signals_max") {
  classes.declare_built_in("number");
  classes.declare_built_in("any");
}

void tell_unexpected(Node const& node, std::string_view what, std::string_view expected, Problems& problems) {
  problems.add(node.place(), fmt::format("{} for {}; expected {}", found(node), what, expected));
}

std::string listed(std::span<std::string_view const> words, std::string_view last_joint) {
  std::string text;
  for (std::size_t index = 0; index < words.size(); ++index) {
    if (index > 0) text += index + 1 == words.size() ? fmt::format(" {} ", last_joint) : ", ";
    text += words[index];
  }
  return text;
}

bool check_map(Node const& node, std::string_view of, std::span<std::string_view const> keys, Problems& problems) {
  if (!node.is_map()) {
    tell_unexpected(node, of, "a map of its keys", problems);
    return false;
  }
  for (Entry const& entry : node.entries) {
    if (std::find(keys.begin(), keys.end(), entry.key.text) != keys.end()) continue;
    auto const near = problems.full() ? std::nullopt : base::nearest(entry.key.text, keys);
    problems.add(entry.key.place(), near ? fmt::format("{} is no key of {}; did you mean \"{}\"?", in_quotes(entry.key.text), of, *near)
                                         : fmt::format("{} is no key of {}; expected {}", in_quotes(entry.key.text), of, listed(keys, "or")));
  }
  return true;
}

bool has_only(Node const& map, std::span<std::string_view const> keys) {
  return std::all_of(map.entries.begin(), map.entries.end(), [&](Entry const& entry) {
    return std::find(keys.begin(), keys.end(), entry.key.text) != keys.end();
  });
}

std::optional<std::string> read_text(Node const& node, std::string_view what, Problems& problems) {
  std::string text = node.is_scalar() ? trimmed(node.text) : std::string();
  if (!text.empty()) return text;
  bool const split = node.is_map() && node.entries.size() == 1;
  tell_unexpected(node, what, split ? "a text (a text with a colon in it must stand in quotes)" : "a text", problems);
  return std::nullopt;
}

std::optional<bool> read_bool(Node const& node, std::string_view what, Problems& problems) {
  if (node.is_scalar() && node.text == "true") return true;
  if (node.is_scalar() && node.text == "false") return false;
  tell_unexpected(node, what, "true or false", problems);
  return std::nullopt;
}

std::optional<std::int32_t> read_integer(Node const& node, std::string_view what, std::int32_t low, std::int32_t high, Problems& problems) {
  std::int32_t number = 0;
  char const* const end = node.text.data() + node.text.size();
  auto const [stop, error] = std::from_chars(node.text.data(), end, number);
  bool const whole = node.is_scalar() && error == std::errc() && stop == end && !node.text.empty();
  if (whole && number >= low && number <= high) return number;
  tell_unexpected(node, what, fmt::format("a whole number from {} to {}", low, high), problems);
  return std::nullopt;
}

std::optional<std::size_t> read_word(Node const& node, std::string_view what, std::span<std::string_view const> words, Problems& problems) {
  auto const word = std::find(words.begin(), words.end(), node.text);
  if (node.is_scalar() && word != words.end()) return static_cast<std::size_t>(word - words.begin());
  auto const near = node.is_scalar() && !problems.full() ? base::nearest(node.text, words) : std::nullopt;
  if (near) {
    problems.add(node.place(), fmt::format("{} for {}; did you mean \"{}\"?", found(node), what, *near));
  } else {
    tell_unexpected(node, what, listed(words, "or"), problems);
  }
  return std::nullopt;
}

std::vector<Node const*> one_or_many(Node const& node, std::string_view what, std::string_view expected, Problems& problems) {
  if (node.is_scalar()) return {&node};
  std::vector<Node const*> nodes;
  for (Node const& item : node.items) nodes.push_back(&item);
  if (nodes.empty()) tell_unexpected(node, what, expected, problems);
  return nodes;
}

std::vector<std::string> read_texts(Node const& node, std::string_view what, Problems& problems) {
  std::vector<std::string> texts;
  for (Node const* item : one_or_many(node, what, "a text or a list of texts", problems)) {
    if (auto text = read_text(*item, what, problems)) texts.push_back(*std::move(text));
  }
  return texts;
}

std::vector<std::size_t> read_words(Node const& node, std::string_view what, std::span<std::string_view const> words, Problems& problems) {
  std::vector<std::size_t> positions;
  for (Node const* item : one_or_many(node, what, listed(words, "or"), problems)) {
    if (auto const position = read_word(*item, what, words, problems)) positions.push_back(*position);
  }
  return positions;
}

std::vector<std::uint16_t> read_names(Node const& node, std::string_view what, Names const& names, Problems& problems) {
  std::vector<std::uint16_t> numbers;
  for (Node const* item : one_or_many(node, what, "a name or a list of names", problems)) {
    auto const name = read_text(*item, what, problems);
    if (!name) continue;
    if (auto const number = names.resolve(*name, *item, 0, problems)) numbers.push_back(*number);
  }
  return numbers;
}

std::span<std::string_view const> channel_words() {
  static auto const words = names_of<domain::Channel, 4>();
  return words;
}

std::span<std::string_view const> direction_words() {
  static auto const words = names_of<domain::Direction, 2>();
  return words;
}

std::span<std::string_view const> role_words() {
  static auto const words = names_of<domain::Role, domain::role_count>();
  return words;
}

std::span<std::string_view const> source_words() {
  static auto const words = names_of<domain::Source, domain::source_count>();
  return words;
}

std::span<std::string_view const> event_words() {
  static auto const words = names_of<domain::EventKind, domain::event_kind_count - 1>();  // without "other"
  return words;
}

}  // namespace rapport::playbook
