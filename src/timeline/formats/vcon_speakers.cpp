#include "timeline/formats/vcon_speakers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "timeline/formats/names.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::Role;

std::string lower_case(std::string_view text) {
  std::string result{text};
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return result;
}

/// The number at a label's end ("speaker_1", "SPEAKER 01"), or the place in the alphabet of a
/// letter that stands alone ("Speaker B").
std::optional<std::size_t> number_of(std::string const& label) {
  auto const last = label.find_last_not_of("0123456789");
  std::size_t const start = last == std::string::npos ? 0 : last + 1;
  if (start < label.size()) {
    std::size_t number = 0;
    auto const parsed = std::from_chars(label.data() + start, label.data() + label.size(), number);
    return parsed.ec == std::errc{} ? std::optional{number} : std::nullopt;
  }
  bool const alone = label.size() == 1 || (label.size() > 1 && (label[label.size() - 2] == ' ' || label[label.size() - 2] == '_'));
  if (!alone || label.empty()) return std::nullopt;
  char const letter = lower_case(label).back();
  return letter >= 'a' && letter <= 'h' ? std::optional{static_cast<std::size_t>(letter - 'a')} : std::nullopt;
}

bool is_taken(std::map<SpeakerLabel, std::size_t> const& matched, std::size_t party) {
  return std::ranges::any_of(matched, [&](auto const& entry) { return entry.second == party; });
}

/// All parties, those of the dialog first and in its order.
std::vector<std::size_t> in_order(VconDialog const& dialog, std::size_t count) {
  std::vector<std::size_t> order = dialog.parties;
  for (std::size_t party = 0; party < count; ++party) {
    if (std::ranges::find(order, party) == order.end()) order.push_back(party);
  }
  return order;
}

}  // namespace

std::size_t VconSpeakers::add(std::string name, std::optional<Role> role) {
  VconParty party;
  party.participant.id = fmt::format("party-{}", parties_.size());
  party.participant.name = std::move(name);
  party.role = role;
  parties_.push_back(std::move(party));
  return parties_.size() - 1;
}

std::optional<std::size_t> VconSpeakers::by_identity(SpeakerLabel const& label) const {
  std::string const wanted = lower_case(label.text);
  if (label.party) {
    auto const number = number_of(label.text);
    if (number && *number < parties_.size()) return number;
  }
  auto const is = [&](VconParty const& party) {
    domain::Participant const& participant = party.participant;
    std::string const name = lower_case(participant.name);
    if (!name.empty() && (name == wanted || name.substr(0, name.find(' ')) == wanted)) return true;
    if (!participant.person.empty() && lower_case(participant.person) == wanted) return true;
    return std::ranges::any_of(participant.identifiers, [&](auto const& identifier) { return lower_case(identifier.value) == wanted; });
  };
  auto const found = std::ranges::find_if(parties_, is);
  if (found == parties_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - parties_.begin());
}

/// The party of that role; one that has none yet takes it on.
std::size_t VconSpeakers::by_role(Role role, Matched const& matched) {
  for (std::size_t party = 0; party < parties_.size(); ++party) {
    if (parties_[party].role == role) return party;
  }
  for (std::size_t party = 0; party < parties_.size(); ++party) {
    if (parties_[party].role || is_taken(matched, party)) continue;
    parties_[party].role = role;
    return party;
  }
  return add({}, role);
}

void VconSpeakers::by_number(std::vector<SpeakerLabel> const& labels, VconDialog const& dialog, Matched& matched) const {
  std::vector<std::pair<SpeakerLabel, std::size_t>> numbered;
  for (SpeakerLabel const& label : labels) {
    if (auto const number = number_of(label.text)) numbered.emplace_back(label, *number);
  }
  if (numbered.empty()) return;
  auto const all = [&](auto&& holds) { return std::ranges::all_of(numbered, [&](auto const& entry) { return holds(entry.second); }); };
  auto const names_party = [&](std::size_t number) { return std::ranges::find(dialog.parties, number) != dialog.parties.end(); };
  std::vector<std::size_t> const order = in_order(dialog, parties_.size());
  bool const by_index = !dialog.parties.empty() && all(names_party);
  bool const from_one = all([](std::size_t number) { return number > 0; });
  if (!by_index && !all([&](std::size_t number) { return number - (from_one ? 1 : 0) < order.size(); })) return;
  for (auto const& [label, number] : numbered) {
    std::size_t const party = by_index ? number : order[number - (from_one ? 1 : 0)];
    if (!is_taken(matched, party)) matched[label] = party;
  }
}

void VconSpeakers::by_appearance(std::vector<SpeakerLabel> const& labels, VconDialog const& dialog, Matched& matched) {
  for (SpeakerLabel const& label : labels) {
    if (matched.contains(label)) continue;
    std::vector<std::size_t> const order = in_order(dialog, parties_.size());
    auto const is_free = [&](std::size_t candidate) { return !is_taken(matched, candidate); };
    auto const found = std::ranges::find_if(order, is_free);
    std::size_t const party = found == order.end() ? add({}, std::nullopt) : *found;
    if (parties_[party].participant.name.empty() && !number_of(label.text)) parties_[party].participant.name = label.text;
    matched[label] = party;
  }
}

std::vector<std::size_t> VconSpeakers::match(std::vector<SpokenLine> const& lines, VconDialog const& dialog) {
  std::vector<SpeakerLabel> labels;  // in order of appearance
  Matched matched;
  for (SpokenLine const& line : lines) {
    if (line.speaker && std::ranges::find(labels, *line.speaker) == labels.end()) labels.push_back(*line.speaker);
  }
  std::vector<SpeakerLabel> unknown;
  for (SpeakerLabel const& label : labels) {
    if (auto const party = by_identity(label)) {
      matched[label] = *party;
    } else if (auto const role = role_of_label(label.text)) {
      matched[label] = by_role(*role, matched);
    } else {
      unknown.push_back(label);
    }
  }
  by_number(unknown, dialog, matched);
  by_appearance(unknown, dialog, matched);

  std::size_t const alone = dialog.parties.size() == 1 && !dialog.mixed ? dialog.parties.front() : no_party;
  std::vector<std::size_t> result;
  result.reserve(lines.size());
  for (SpokenLine const& line : lines) result.push_back(line.speaker ? matched.at(*line.speaker) : alone);
  return result;
}

void VconSpeakers::decide_roles(std::vector<Spoken> const& spoken, std::size_t originator, bool outbound) {
  std::vector<std::optional<Role>> known;
  for (VconParty const& party : parties_) known.push_back(party.role);
  std::size_t const caller = originator < parties_.size() ? originator : 0;
  auto const is_other = [&](std::size_t party) { return party != caller && !known[party]; };
  std::size_t answerer = 0;
  while (answerer < parties_.size() && !is_other(answerer)) ++answerer;
  auto const roles = guess_roles(known, spoken, outbound ? caller : answerer);
  for (std::size_t party = 0; party < parties_.size(); ++party) {
    parties_[party].role = roles[party];
    parties_[party].participant.role = roles[party];
  }
}

}  // namespace rapport::timeline::formats
