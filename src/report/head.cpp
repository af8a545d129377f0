#include "report/head.hpp"

#include <array>

#include "domain/words.hpp"
#include "evaluation/ledger.hpp"
#include "evaluation/scorecard.hpp"
#include "playbook/chapter.hpp"
#include "playbook/explain_words.hpp"
#include "signals/lexicon.hpp"
#include "timeline/formats/json_write.hpp"

namespace rapport::report {
namespace {

using playbook::Pattern;
using playbook::PatternKind;
using playbook::Playbook;
using playbook::Practice;
using timeline::formats::append_json_list;
using timeline::formats::append_json_text;
using timeline::formats::ObjectWriter;

constexpr int page_format = 1;
constexpr std::array<std::string_view, 7> pattern_names = {"must", "never", "each_then", "each_first",
                                                           "at_most", "each_with", "within"};

void write_pattern(std::string& out, Pattern const& pattern, signals::Lexicon const* lexicon) {
  auto const meaning = [&](signals::SignalId signal) -> std::string {
    return lexicon != nullptr && signal != signals::no_signal ? lexicon->spec(signal).meaning : std::string{};
  };
  ObjectWriter object{out};
  object.text("kind", pattern_names[static_cast<std::size_t>(pattern.kind)]);
  object.text("signal", meaning(pattern.signal));
  object.text_if_any("trigger", meaning(pattern.trigger));
  bool const banded = pattern.kind == PatternKind::within;
  object.text_if_any("bound", banded ? playbook::described_band(pattern.band) : playbook::described(pattern.bound));
  if (pattern.kind == PatternKind::at_most) object.whole("count", pattern.count);
  object.close();
}

void write_practice(std::string& out, Practice const& practice, std::size_t chapter, Playbook const& playbook) {
  ObjectWriter object{out};
  object.text("id", practice.id);
  object.text("say", practice.say);
  object.whole("chapter", static_cast<std::int64_t>(chapter));
  object.whole("weight", practice.weight);
  if (practice.critical) object.boolean("critical", true);
  object.text_if_any("coach", practice.coach);
  object.text_if_any("not_assessed_why", practice.not_assessed_why);
  append_json_list(object.name("patterns"), practice.patterns,
                   [&](Pattern const& pattern) { write_pattern(out, pattern, playbook.lexicon.get()); });
  object.close();
}

void write_playbook(std::string& out, Playbook const& playbook) {
  ObjectWriter object{out};
  object.text("name", playbook.name);
  object.text("version", playbook.version);
  object.text("preset", playbook.preset);
  object.text("hash", playbook.hash);
  object.close();
}

}  // namespace

std::string head_json(Playbook const& playbook) {
  std::vector<playbook::Chapter> const chapters = playbook::chapters_of(playbook);
  std::vector<std::size_t> chapter_of_practice(playbook.practices.size());
  for (std::size_t i = 0; i < chapters.size(); ++i) {
    for (std::size_t const practice : chapters[i].practices) chapter_of_practice[practice] = i;
  }
  std::string out;
  ObjectWriter object{out};
  object.whole("format", page_format);
  object.text("engine", evaluation::engine_version);
  write_playbook(object.name("playbook"), playbook);
  append_json_list(object.name("models"), evaluation::models_of(playbook), [&](evaluation::ModelName const& model) {
    ObjectWriter one{out};
    one.text("name", model.name);
    one.text("hash", model.hash);
    one.close();
  });
  append_json_list(object.name("chapters"), chapters, [&](playbook::Chapter const& chapter) { append_json_text(out, chapter.name); });
  std::vector<std::string_view> kinds;
  for (std::size_t kind = 0; kind < domain::event_kind_count; ++kind) kinds.push_back(domain::name(static_cast<domain::EventKind>(kind)));
  append_json_list(object.name("kinds"), kinds, [&](std::string_view kind) { append_json_text(out, kind); });
  std::size_t position = 0;
  append_json_list(object.name("practices"), playbook.practices, [&](Practice const& practice) {
    write_practice(out, practice, chapter_of_practice[position++], playbook);
  });
  object.close();
  return out;
}

}  // namespace rapport::report
