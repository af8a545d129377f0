#include "simulation/phrase_book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/assert.hpp"
#include "embedded/simulation.hpp"
#include "playbook/yaml.hpp"

namespace rapport::simulation {
namespace {

using playbook::Node;
using playbook::Problems;

/// What every agent can say, well and poorly; what every customer can.
constexpr auto agents_lines = std::to_array<std::string_view>(
    {"greet", "offer_help", "opens_matter", "apologises", "validates", "condoles", "asks_account", "verified", "acknowledges", "paraphrases",
     "asks_hold", "narrates", "returns", "consults", "owns", "improves", "explains", "confirms", "anything_else", "asks_feedback",
     "thanks_feedback", "closes", "closes_loss", "grants_supervisor", "takes_over", "still_there", "ends_silent", "chats_back", "note"});
constexpr auto customers_lines = std::to_array<std::string_view>(
    {"hello", "greeting", "apology", "empathy", "name", "account", "address", "no_more_details", "hold", "paraphrase", "confirm", "accepts", "grudging",
     "objects", "prompts", "waiting", "gives_up", "nothing_else", "another", "feedback_good", "feedback_bad", "farewell", "cold_farewell",
     "transfer", "rude", "back", "demands_supervisor", "confused", "chats", "grieves", "suggests"});
constexpr auto habits = std::to_array<std::string_view>({"another", "chats", "confused", "demands_supervisor", "grieves", "minds_hold", "suggests"});
constexpr auto matters = std::to_array<std::string_view>({"question", "complaint", "loss", "praise"});

/// Reads values by their keys; what is missing or of another form is a problem with its place.
class Reading {
 public:
  explicit Reading(Problems& problems) : problems_(problems) {}

  Node const* get(Node const& map, std::string_view key) {
    Node const* const found = map.find(key);
    if (found == nullptr) problems_.add(map.place(), fmt::format("{} is missing", key));
    return found;
  }
  std::string text(Node const& map, std::string_view key) {
    Node const* const found = get(map, key);
    if (found == nullptr) return {};
    if (!found->is_scalar()) wrong(*found, "a text");
    return found->text;
  }
  std::string text_or_none(Node const& map, std::string_view key) { return map.find(key) == nullptr ? std::string{} : text(map, key); }
  int number(Node const& map, std::string_view key) {
    std::string const found = text(map, key);
    int value = 0;
    auto const [end, error] = std::from_chars(found.data(), found.data() + found.size(), value);
    if (error != std::errc{} || end != found.data() + found.size()) problems_.add(map.place(), fmt::format("{}: expected a whole number", key));
    return value;
  }
  Lines lines(Node const& map, std::string_view key) {
    Node const* const found = get(map, key);
    return found == nullptr ? Lines{} : lines(*found);
  }
  Lines lines(Node const& list) {
    Lines all;
    if (!list.is_sequence()) wrong(list, "a list of texts");
    for (Node const& item : list.items) {
      if (!item.is_scalar() || item.text.empty())
        wrong(item, "a text");
      else
        all.push_back(item.text);
    }
    return all;
  }
  LineSet line_set(Node const& map) {
    LineSet all;
    if (!map.is_map()) wrong(map, "lines by what is said");
    for (playbook::Entry const& entry : map.entries) {
      Lines found = lines(entry.value);
      if (found.empty())
        wrong(entry.value, "at least one line");
      else
        all.emplace(entry.key.text, std::move(found));
    }
    return all;
  }
  /// Every one of `wanted` is there, and no other.
  void complete(Node const& map, LineSet const& lines, std::span<std::string_view const> wanted, bool all) {
    for (std::string_view const key : wanted) {
      if (all && !lines.contains(key)) problems_.add(map.place(), fmt::format("{} is missing", key));
    }
    for (auto const& [key, found] : lines) {
      if (std::ranges::find(wanted, key) == wanted.end()) problems_.add(map.place(), fmt::format("{}: nobody says such a thing", key));
    }
  }
  Matter matter(Node const& node) {
    auto const found = std::ranges::find(matters, node.text);
    if (found == matters.end()) wrong(node, "question, complaint, loss or praise");
    return found == matters.end() ? Matter::question : static_cast<Matter>(found - matters.begin());
  }
  void wrong(Node const& node, std::string_view expected) {
    problems_.add(node.place(), fmt::format("found {}; expected {}", playbook::found(node), expected));
  }

 private:
  Problems& problems_;
};

Topic read_topic(Reading& read, std::string id, Node const& node) {
  Topic topic;
  topic.id = std::move(id);
  topic.queue = read.text(node, "queue");
  if (Node const* const matter = read.get(node, "matter")) topic.matter = read.matter(*matter);
  topic.words = read.lines(node, "words");
  topic.says = read.lines(node, "says");
  topic.gist = read.text(node, "gist");
  topic.more = read.lines(node, "more");
  topic.asks = read.lines(node, "asks");
  topic.finds = read.lines(node, "finds");
  topic.solves = read.lines(node, "solves");
  topic.weak = read.lines(node, "weak");
  topic.remedy = read.text_or_none(node, "remedy");
  topic.reason = read.text(node, "reason");
  topic.cause = read.text(node, "cause");
  topic.sensitive = read.text_or_none(node, "sensitive");
  for (Lines const* const lines : {&topic.says, &topic.more, &topic.asks, &topic.finds, &topic.solves, &topic.weak}) {
    if (lines->empty()) read.wrong(node, "at least one line of each kind");
  }
  return topic;
}

void read_industry(Reading& read, Node const& node, PhraseBook& book) {
  Industry industry;
  industry.brand = read.text(node, "brand");
  industry.name = read.text(node, "name");
  industry.time_zone = read.text(node, "time_zone");
  industry.greeting = read.text(node, "greeting");
  industry.number = read.text(node, "number");
  if (Node const* const queues = read.get(node, "queues")) {
    for (Node const& one : queues->items) industry.queues.push_back({read.text(one, "id"), read.text(one, "label"), read.text(one, "skill")});
  }
  if (Node const* const replies = read.get(node, "replies")) {
    for (Node const& one : replies->items) industry.replies.push_back({read.text(one, "shortcut"), read.text(one, "title"), read.text(one, "text")});
  }
  if (Node const* const topics = read.get(node, "topics")) {
    for (playbook::Entry const& one : topics->entries) {
      industry.topics.push_back(read_topic(read, one.key.text, one.value));
      Topic const& topic = industry.topics.back();
      if (std::ranges::find(industry.queues, topic.queue, &ScriptedQueue::id) == industry.queues.end()) read.wrong(one.value, "a queue of this file");
    }
  }
  if (industry.topics.empty() || industry.general().id != "general") read.wrong(node, "topics, the last of them \"general\"");
  book.industries.push_back(std::move(industry));
}

void read_personas(Reading& read, Node const& node, PhraseBook& book) {
  for (playbook::Entry const& entry : node.entries) {
    Persona persona;
    persona.id = entry.key.text;
    persona.share = read.number(entry.value, "share");
    persona.mood = read.number(entry.value, "mood");
    persona.types = read.number(entry.value, "types");
    persona.patience_s = read.number(entry.value, "patience");
    persona.opens = read.lines(entry.value, "opens");
    if (persona.opens.empty() || persona.types < 1 || persona.patience_s < 1 || persona.share < 0) read.wrong(entry.value, "a persona who types, waits and says something");
    if (Node const* const brings = entry.value.find("matters")) {
      for (Node const& matter : brings->items) persona.matters.push_back(read.matter(matter));
    }
    if (Node const* const does = entry.value.find("does")) {
      for (playbook::Entry const& habit : does->entries) {
        if (std::ranges::find(habits, habit.key.text) == habits.end()) read.wrong(habit.key, "the name of a habit");
        persona.does[habit.key.text] = read.number(*does, habit.key.text);
      }
    }
    bool const anyone = persona.id == "anyone";
    if (Node const* const lines = read.get(entry.value, "lines")) {
      persona.lines = read.line_set(*lines);
      read.complete(*lines, persona.lines, customers_lines, anyone);
    }
    if (anyone)
      book.anyone = std::move(persona);
    else
      book.personas.push_back(std::move(persona));
  }
  if (book.personas.empty() || book.anyone.id.empty()) read.wrong(node, "personas, and \"anyone\"");
}

void read_agents(Reading& read, Node const& node, PhraseBook& book) {
  if (Node const* const levels = read.get(node, "levels")) {
    for (playbook::Entry const& one : levels->entries) {
      Level level{one.key.text, read.number(one.value, "does"), read.number(one.value, "speed"), read.number(one.value, "waits")};
      if (level.speed < 1 || level.waits < 0) read.wrong(one.value, "a level that writes");
      book.levels.push_back(std::move(level));
    }
  }
  if (book.levels.empty()) read.wrong(node, "at least one level");
  for (auto const& [key, lines] : {std::pair{"good", &book.good}, std::pair{"poor", &book.poor}}) {
    Node const* const found = read.get(node, key);
    if (found == nullptr) continue;
    *lines = read.line_set(*found);
    read.complete(*found, *lines, agents_lines, true);
  }
}

void read_hearing(Reading& read, Node const& node, std::string_view side, Hearing& hearing) {
  Node const* const phrases = read.get(node, side);
  if (phrases == nullptr) return;
  for (playbook::Entry const& entry : phrases->entries) {
    std::optional<Saying> saying;
    for (std::size_t i = 0; i < saying_count; ++i) {
      if (name(static_cast<Saying>(i)) == entry.key.text) saying = static_cast<Saying>(i);
    }
    if (!saying)
      read.wrong(entry.key, "the name of something that is said");
    else
      hearing.learn(*saying, read.lines(entry.value));
  }
}

void read_people(Reading& read, Node const& node, PhraseBook& book) {
  book.people.first = read.lines(node, "first");
  book.people.last = read.lines(node, "last");
  book.people.agents = read.lines(node, "agents");
  if (Node const* const facts = read.get(node, "facts")) book.people.facts = read.line_set(*facts);
  if (book.people.first.empty() || book.people.last.empty() || book.people.agents.empty()) read.wrong(node, "names");
}

void read_file(Reading& read, Node const& node, std::string_view path, PhraseBook& book) {
  if (path.starts_with("industries/")) return read_industry(read, node, book);
  if (path == "personas.yaml") return read_personas(read, node, book);
  if (path == "agents.yaml") return read_agents(read, node, book);
  if (path == "people.yaml") return read_people(read, node, book);
  if (path == "hearing.yaml") {
    read_hearing(read, node, "agent", book.agents_words);
    return read_hearing(read, node, "customer", book.customers_words);
  }
  read.wrong(node, "a file of a known name");
}

}  // namespace

Industry const* PhraseBook::industry(std::string_view brand) const {
  auto const found = std::ranges::find(industries, brand, &Industry::brand);
  return found == industries.end() ? nullptr : &*found;
}

Persona const* PhraseBook::persona(std::string_view id) const {
  auto const found = std::ranges::find(personas, id, &Persona::id);
  return found == personas.end() ? nullptr : &*found;
}

Level const& PhraseBook::level(std::string_view id) const {
  auto const found = std::ranges::find(levels, id, &Level::id);
  RAPPORT_ASSERT(found != levels.end());
  return *found;
}

base::Result<PhraseBook> read_phrase_book(std::vector<playbook::SourceFile> const& files) {
  PhraseBook book;
  Problems problems;
  Reading read{problems};
  for (playbook::SourceFile const& file : files) {
    if (auto const node = playbook::read_yaml(file, problems)) read_file(read, *node, file.path, book);
  }
  bool const all = !book.industries.empty() && !book.personas.empty() && !book.levels.empty() && !book.people.first.empty();
  if (problems.empty() && !all) return base::Error{"simulation: expected industries/*.yaml, personas.yaml, agents.yaml, people.yaml and hearing.yaml"};
  if (!problems.empty()) return base::Error{playbook::to_text(problems.take().front())};
  return book;
}

base::Result<PhraseBook> embedded_phrase_book() {
  std::vector<playbook::SourceFile> files;
  for (base::EmbeddedFile const& file : embedded::simulation) files.push_back({std::string{file.path}, std::string{file.bytes}});
  return read_phrase_book(files);
}

}  // namespace rapport::simulation
