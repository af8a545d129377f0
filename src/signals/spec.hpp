#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/words.hpp"

/// What a playbook may say of signals: plain data, made by the playbook's parser, compiled by
/// `Lexicon::compile`. Names, not ids; nothing here is checked yet.
namespace rapport::signals {

/// Roles that may emit a signal; empty means any.
using Speakers = std::vector<domain::Role>;

/// Phrases of one language ("en"; a region falls back to its language). The notation is described
/// in docs/playbook-language.md: words, `(a|b)` alternatives, `[optional]`, `[..4]` gap of up to
/// four words, `word*` stem, `<class>` word class, `^` start and `$` end of a sentence.
struct PhraseList {
  std::string language;
  std::vector<std::string> phrases;
  std::vector<std::string> but_not;  ///< cancel a match that their own match overlaps
};

/// A test on one field of an event: `outcome: follow_up`. Empty values: the field is there.
struct FieldTest {
  std::string group;
  std::string field;
  std::vector<std::string> values;
  bool negated = false;
};

/// Events of a kind, at their start or (a hold's) end.
struct EventSource {
  domain::EventKind kind = domain::EventKind::other;
  bool at_end = false;
  std::vector<FieldTest> where;
};

/// A built-in detector by name with its parameters (milliseconds, counts, thousandths or text).
struct DetectorSource {
  std::string name;
  std::map<std::string, std::string> parameters;
};

/// How far around a firing a filter looks.
enum class Reach : std::uint8_t { sentence,
                                  event,
                                  turn };

/// Keeps a firing only if (or, negated, unless) another signal fired with it, or before it.
struct Filter {
  enum class Kind : std::uint8_t {
    with,        ///< another signal in the same sentence, event or turn (in a turn: so far)
    after,       ///< another signal earlier, within the bounds if there are any
    in_turns,    ///< only in the first `turns` turns of the speaker
    question,    ///< only in a sentence that asks
    word_count,  ///< only in an event with `low` to `high` words
    channel,     ///< only in these channels (names in `signals`)
    reply_to,    ///< the other side's last turn before this one held one of the signals
  };
  Kind kind = Kind::with;
  bool negated = false;
  std::vector<std::string> signals;  ///< any of them
  Reach reach = Reach::event;
  std::optional<base::Millis> within_ms;
  std::optional<std::int32_t> turns;  ///< in_turns, or `after`: within so many turns of the speaker
  std::int32_t low = 0;
  std::int32_t high = 1'000'000;
};

/// A named signal: it fires where any of its sources fires and all of its filters agree.
struct Spec {
  std::string name;
  std::string meaning;  ///< one line for people
  Speakers by;
  std::vector<PhraseList> phrases;
  std::vector<EventSource> events;
  std::vector<DetectorSource> detectors;
  std::vector<std::string> any;  ///< other signals whose firings are this one's too
  std::vector<Filter> filters;
  /// What must have been observed for its absence to prove anything. Default: what all its sources
  /// need. Given, it narrows that ("a survey sent counts, but its absence is no gap").
  std::optional<domain::SourceSet> needs;
  std::string file;  ///< where it is defined, for messages
  int line = 0;
};

/// A word class `<name>`: alternatives that phrases may use, themselves in the phrase notation.
struct WordClass {
  std::string name;
  std::string language;
  std::vector<std::string> alternatives;
  std::string file;
  int line = 0;
};

/// A term and its plain alternative ("APR" → "the yearly cost"); source of the jargon detector.
struct GlossaryEntry {
  std::string language;
  std::string term;
  std::string plain;
};

/// A line that must, or must never, be said, or that is there as a help in own words.
struct ScriptLine {
  enum class Kind : std::uint8_t { required,
                                   forbidden,
                                   own_words };
  Kind kind = Kind::own_words;
  std::string id;
  std::string language;
  std::string text;
  std::vector<std::string> queues;  ///< empty: all
  std::vector<std::string> brands;  ///< empty: all
};

/// Everything that signals are compiled from.
struct Specs {
  std::vector<Spec> signals;
  std::vector<WordClass> classes;
  std::vector<GlossaryEntry> glossary;
  std::vector<ScriptLine> lines;
};

}  // namespace rapport::signals
