#include "playbook/names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.hpp"
#include "base/nearest.hpp"

namespace rapport::playbook {

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > limits::name_bytes_max) return false;
  bool joined = true;  // a joint may neither begin nor follow another
  for (char const c : text) {
    bool const joint = c == '.' || c == '-' || c == '_';
    bool const word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if ((!joint && !word) || (joint && joined)) return false;
    joined = joint;
  }
  return !joined;
}

bool Names::declare(Node const& key, Problems& problems) {
  if (!is_name(key.text)) {
    problems.add(key.place(), fmt::format("{} as the name of a {}; expected lower-case letters and digits, joined by . - or _, "
                                          "at most {} (name_bytes_max)",
                                          in_quotes(key.text), kind_, limits::name_bytes_max));
    return false;
  }
  auto const number = static_cast<std::uint16_t>(names_.size());
  auto const known = numbers_.find(key.text);
  if (known != numbers_.end()) {
    Place const& first = places_[known->second];
    problems.add(key.place(), first.file.empty()
                                  ? fmt::format("{} is a {} that the language itself has; expected another name", in_quotes(key.text), kind_)
                                  : fmt::format("{} is already a {} ({}); expected another name", in_quotes(key.text), kind_, to_text(first)));
    return false;
  }
  if (names_.size() >= limit_) {
    problems.add(key.place(), fmt::format("there are more than {} {}s; that is the limit ({})", limit_, kind_, limit_name_));
    return false;
  }
  numbers_.emplace(key.text, number);
  names_.push_back(key.text);
  places_.push_back(key.place());
  return true;
}

void Names::declare_built_in(std::string_view name) {
  numbers_.emplace(name, static_cast<std::uint16_t>(names_.size()));
  names_.emplace_back(name);
  places_.emplace_back();
}

std::optional<std::uint16_t> Names::find(std::string_view name) const {
  auto const known = numbers_.find(name);
  return known == numbers_.end() ? std::nullopt : std::optional(known->second);
}

std::optional<std::uint16_t> Names::resolve(std::string_view name, Node const& node, std::size_t index, Problems& problems) const {
  auto const known = find(name);
  if (known || !complete_) return known;
  std::string message = fmt::format("{} is no {}", in_quotes(name), kind_);
  if (!problems.full()) {
    std::vector<std::string_view> const all(names_.begin(), names_.end());
    if (auto const near = base::nearest(name, all)) {
      Place const& defined = places_[*find(*near)];
      message += defined.file.empty() ? fmt::format("; did you mean {}?", in_quotes(*near))
                                      : fmt::format("; did you mean {} ({})?", in_quotes(*near), to_text(defined));
    } else {
      message += fmt::format("; expected one that the playbook defines");
    }
  }
  problems.add(node.place_in_text(index), std::move(message));
  return std::nullopt;
}

bool Names::defined_by(Node const& key) const {
  auto const number = find(key.text);
  return number && places_[*number] == key.place();
}

}  // namespace rapport::playbook
