#include "training/sentences.hpp"

#include <algorithm>

namespace rapport::training {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    auto const end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// Calls `take(line, "file:number")` for every line that is not empty, until it returns an error.
template <typename Take>
base::Result<void> each_line(std::string_view text, std::string_view file, Take take) {
  std::size_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    auto const taken = take(line, std::string{file} + ":" + std::to_string(number));
    if (!taken) return taken;
  }
  return {};
}

base::Result<domain::Role> parse_side(std::string_view word, std::string const& place) {
  auto const role = domain::parse_role(word);
  if (role == domain::Role::agent || role == domain::Role::customer) return *role;
  return base::Error{place + ": expected agent or customer, found \"" + std::string{word} + "\""};
}

base::Result<std::vector<std::uint16_t>> parse_labels(std::string_view list, domain::Role role,
                                                      LabelSet const& labels, std::string const& place) {
  std::vector<std::uint16_t> found;
  if (list == "-" || list.empty()) return found;
  for (std::string_view const name : split(list, ',')) {
    auto const label = labels.find(role, name);
    if (!label) {
      return base::Error{place + ": \"" + std::string{name} + "\" is no label of the " +
                         std::string{domain::name(role)}};
    }
    found.push_back(*label);
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

base::Result<SentenceRow> parse_row(std::string_view line, SourceIndex source, LabelSet const& labels,
                                    std::string const& place) {
  auto const fields = split(line, '\t');
  if (fields.size() != 4 && fields.size() != 5) {
    return base::Error{place + ": expected role, labels, previous and text between tabs, found " +
                       std::to_string(fields.size()) + " fields"};
  }
  auto const role = parse_side(fields[0], place);
  if (!role) return role.error();
  auto const named = parse_labels(fields[1], *role, labels, place);
  if (!named) return named.error();
  SentenceRow row{*role, *named, {}, fields[2] == "-" ? std::string{} : std::string{fields[2]}, std::string{fields[3]}, source};
  if (fields.size() == 5) {
    auto const judged = parse_labels(fields[4], *role, labels, place);
    if (!judged) return judged.error();
    if (judged->empty()) return base::Error{place + ": expected the labels that were judged, found none"};
    row.judged = *judged;
    if (!std::ranges::includes(row.judged, row.labels)) {
      return base::Error{place + ": a label that holds must be among the judged ones"};
    }
  }
  return row;
}

}  // namespace

base::Result<LabelSet> LabelSet::parse(std::string_view text, std::string_view file) {
  LabelSet set;
  auto const read = each_line(text, file, [&](std::string_view line, std::string const& place) -> base::Result<void> {
    auto const fields = split(line, '\t');
    if (fields.size() != 3 || fields[1].empty()) return base::Error{place + ": expected role, name and meaning"};
    auto const role = parse_side(fields[0], place);
    if (!role) return role.error();
    if (set.find(*role, fields[1])) return base::Error{place + ": \"" + std::string{fields[1]} + "\" is named twice"};
    (*role == domain::Role::agent ? set.agent_ : set.customer_).emplace_back(fields[1]);
    return {};
  });
  if (!read) return read.error();
  return set;
}

std::optional<std::uint16_t> LabelSet::find(domain::Role role, std::string_view name) const {
  auto const& all = names(role);
  auto const found = std::ranges::find(all, name);
  if (found == all.end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - all.begin());
}

base::Result<std::vector<SentenceRow>> parse_sentences(std::string_view text, std::string_view file,
                                                       SourceIndex source, LabelSet const& labels) {
  std::vector<SentenceRow> rows;
  auto const read = each_line(text, file, [&](std::string_view line, std::string const& place) -> base::Result<void> {
    auto const row = parse_row(line, source, labels, place);
    if (!row) return row.error();
    rows.push_back(*row);
    return {};
  });
  if (!read) return read.error();
  return rows;
}

}  // namespace rapport::training
