#include "playbook/signal_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rapport::playbook {
namespace {

using domain::Role;
using signals::Spec;

constexpr std::array<std::string_view, 18> signal_keys{
    "meaning", "by", "phrases", "but not", "events", "detector", "any", "with", "not with", "after", "not after",
    "reply to", "not reply to", "question", "in first", "words", "channel", "needs"};

constexpr std::array<std::string_view, 6> speaker_words{"customer", "agent", "supervisor", "bot", "staff", "anyone"};

/// The roles that a word of `by` stands for; the first four words are the roles in order.
signals::Speakers speakers_of(std::size_t word) {
  if (word < domain::role_count) return {static_cast<Role>(word)};
  if (speaker_words[word] == "staff") return {Role::agent, Role::supervisor, Role::bot};
  return {};
}

signals::Speakers read_speakers(Node const* by, std::string_view name, Problems& problems) {
  if (by == nullptr) {
    auto const word = std::find(speaker_words.begin(), speaker_words.end(), name.substr(0, name.find('.')));
    return word == speaker_words.end() ? signals::Speakers() : speakers_of(static_cast<std::size_t>(word - speaker_words.begin()));
  }
  signals::Speakers speakers;
  auto const words = read_words(*by, "\"by\"", speaker_words, problems);
  for (std::size_t const word : words) {
    signals::Speakers const some = speakers_of(word);
    if (some.empty()) return {};  // anyone
    speakers.insert(speakers.end(), some.begin(), some.end());
  }
  std::sort(speakers.begin(), speakers.end());
  speakers.erase(std::unique(speakers.begin(), speakers.end()), speakers.end());
  return speakers;
}

std::optional<domain::SourceSet> read_needs(Node const* needs, Problems& problems) {
  if (needs == nullptr) return std::nullopt;
  domain::SourceSet sources;
  if (needs->is_scalar() && needs->text == "nothing") return sources;
  for (std::size_t const word : read_words(*needs, "\"needs\"", source_words(), problems)) {
    sources.add(static_cast<domain::Source>(word));
  }
  return sources;
}

void read_signal(Entry const& entry, Reading const& reading, Spec& spec, PhrasePlaces& places) {
  Node const& node = entry.value;
  if (!check_map(node, "a signal", signal_keys, reading.problems)) return;
  if (Node const* meaning = node.find("meaning")) {
    spec.meaning = read_text(*meaning, "\"meaning\"", reading.problems).value_or("");
  } else if (has_only(node, signal_keys)) {
    reading.problems.add(entry.key.place(), fmt::format("{} has no \"meaning\"; expected one line that says what it is", in_quotes(spec.name)));
  }
  spec.by = read_speakers(node.find("by"), spec.name, reading.problems);
  Node const* phrases = node.find("phrases");
  Node const* but_not = node.find("but not");
  if (phrases != nullptr) {
    read_phrases(*phrases, but_not, reading, spec, places);
  } else if (but_not != nullptr) {
    reading.problems.add(but_not->place(), "\"but not\" without \"phrases\"; expected phrases whose matches it may cancel");
  }
  read_sources(node, reading, spec);
  read_filters(node, reading, spec);
  spec.needs = read_needs(node.find("needs"), reading.problems);
  bool const some_source = phrases != nullptr || node.find("events") != nullptr || node.find("detector") != nullptr || node.find("any") != nullptr;
  if (!some_source && has_only(node, signal_keys)) {
    reading.problems.add(entry.key.place(), fmt::format("{} can never fire; expected phrases, events, a detector or any", in_quotes(spec.name)));
  }
}

}  // namespace

void read_signal_file(Node const& root, Reading const& reading, std::vector<Spec>& signals, PhrasePlaces& places) {
  for (Entry const& entry : root.entries) {
    if (!reading.signals.defined_by(entry.key)) continue;  // told when its name was declared
    Spec spec;
    spec.name = entry.key.text;
    spec.file = root.file->path;
    spec.line = entry.key.line;
    read_signal(entry, reading, spec, places);
    signals.push_back(std::move(spec));
  }
}

}  // namespace rapport::playbook
