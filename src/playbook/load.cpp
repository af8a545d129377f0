#include "playbook/load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "base/assert.hpp"
#include "base/hash.hpp"
#include "base/nearest.hpp"
#include "playbook/folders.hpp"
#include "playbook/manifest.hpp"
#include "playbook/pattern.hpp"
#include "playbook/practice_file.hpp"
#include "playbook/signal_file.hpp"
#include "playbook/values.hpp"
#include "playbook/word_files.hpp"
#include "signals/detector.hpp"
#include "signals/detectors/weighing.hpp"

namespace rapport::playbook {
namespace {

/// Names, then signals, then what refers to them, then the lexicon: each stage goes on after
/// problems, so that all are told at once.
class Loader {
 public:
  Loader(std::span<SourceFile const> files, std::string_view preset)
      : preset_(preset), documents_(read_documents(files, problems_)), reading_(problems_) {}

  Loaded load() {
    declare_names();
    read_words_and_signals();
    read_frameworks_and_practices();
    read_manifest_and_preset();
    check_weighed_signs();
    compile_lexicon();
    if (!problems_.empty()) return {std::nullopt, problems_.take()};
    playbook_.hash = hash();
    return {std::move(playbook_), {}};
  }

 private:
  /// Calls `take` with every readable document of the content, in order.
  template <typename Take>
  void each(Content content, Take take) {
    for (Document const& document : documents_) {
      if (document.content == content && document.root) take(*document.root);
    }
  }

  void declare_names() {
    for (Document const& document : documents_) {
      switch (document.content) {
        case Content::practices:
          declare_all(document, reading_.practices);
          break;
        case Content::signals:
          declare_all(document, reading_.signals);
          break;
        case Content::classes:
          declare_classes(document);
          break;
        default:
          break;
      }
    }
  }

  void declare_all(Document const& document, Names& names) {
    if (!document.root) {
      names.mark_incomplete();
      return;
    }
    for (Entry const& entry : document.root->entries) names.declare(entry.key, problems_);
  }

  /// A class may be defined once for each language, in files of their own.
  void declare_classes(Document const& document) {
    if (!document.root) {
      reading_.classes.mark_incomplete();
      return;
    }
    for (Entry const& entry : document.root->entries) {
      auto const known = reading_.classes.find(entry.key.text);
      bool const again = known && !reading_.classes.place(*known).file.empty();
      if (!again) reading_.classes.declare(entry.key, problems_);
    }
  }

  void read_words_and_signals() {
    WordFiles words(reading_, specs_, phrase_places_);
    each(Content::classes, [&](Node const& root) { words.read_classes(root); });
    each(Content::glossary, [&](Node const& root) { words.read_glossary(root); });
    each(Content::scripts, [&](Node const& root) { words.read_scripts(root); });
    each(Content::signals, [&](Node const& root) { read_signal_file(root, reading_, specs_.signals, phrase_places_); });
    RAPPORT_ASSERT(specs_.signals.size() == reading_.signals.size());
  }

  void read_frameworks_and_practices() {
    std::vector<bool> const measures = find_measures(specs_.signals, reading_.signals);
    each(Content::frameworks, [&](Node const& root) { read_framework_file(root, reading_, playbook_.frameworks); });
    each(Content::practices, [&](Node const& root) {
      read_practice_file(root, reading_, measures, playbook_.frameworks, playbook_.practices);
    });
    RAPPORT_ASSERT(playbook_.practices.size() == reading_.practices.size());
    each(Content::accuracy, [&](Node const& root) { read_accuracy(root); });
  }

  /// What is known of the error of each practice's verdicts, for people to read.
  void read_accuracy(Node const& root) {
    for (Entry const& entry : root.entries) {
      auto const practice = reading_.practices.resolve(entry.key.text, entry.key, 0, problems_);
      auto text = read_text(entry.value, in_quotes(entry.key.text), problems_);
      if (practice && text) playbook_.practices[*practice].accuracy = *std::move(text);
    }
  }

  void read_manifest_and_preset() {
    std::vector<std::string> practice_files;
    for (Document const& document : documents_) {
      if (document.content == Content::practices) practice_files.push_back(document.file->path);
    }
    Manifest manifest;
    each(Content::manifest, [&](Node const& root) { manifest = read_manifest(root, reading_, practice_files); });
    playbook_.name = manifest.name;
    playbook_.version = manifest.version;
    for (PresetChanges const& changes : manifest.presets) playbook_.presets.push_back(changes.preset);
    choose_preset(manifest.presets);
    auto const rank = [&](Practice const& practice) { return std::find(manifest.order.begin(), manifest.order.end(), practice.file) - manifest.order.begin(); };
    std::stable_sort(playbook_.practices.begin(), playbook_.practices.end(), [&](Practice const& left, Practice const& right) { return rank(left) < rank(right); });
  }

  void choose_preset(std::vector<PresetChanges> const& presets) {
    if (preset_.empty()) return;
    auto const chosen = std::find_if(presets.begin(), presets.end(), [&](PresetChanges const& one) { return one.preset.name == preset_; });
    if (chosen != presets.end()) {
      apply_preset(*chosen, playbook_.practices);
      playbook_.preset = preset_;
      return;
    }
    std::vector<std::string_view> names;
    for (PresetChanges const& one : presets) names.push_back(one.preset.name);
    auto const near = base::nearest(preset_, names);
    std::string const expected = near ? fmt::format("did you mean \"{}\"?", *near) : names.empty() ? "it has none"
                                                                                                   : "expected " + listed(names, "or");
    problems_.add({std::string(manifest_path), 0, 0}, fmt::format("{} is no preset of this playbook; {}", in_quotes(preset_), expected));
  }

  /// Scales are loaded as events are read: a sign that fires by time or at the end alone would never be counted.
  void check_weighed_signs() {
    for (signals::Spec const& spec : specs_.signals) {
      for (signals::DetectorSource const& source : spec.detectors) {
        if (source.name == "weighs") check_signs(spec, source);
      }
    }
  }

  void check_signs(signals::Spec const& spec, signals::DetectorSource const& source) {
    auto const signs = source.parameters.find("signs");
    if (signs == source.parameters.end()) return;  // told when it is made
    auto const weights = signals::parse_weights(signs->second);
    if (!weights) return;
    for (signals::SignWeight const& sign : *weights) {
      auto const weighed = std::ranges::find(specs_.signals, sign.signal, &signals::Spec::name);
      if (weighed == specs_.signals.end() || !fires_without_event(*weighed)) continue;
      problems_.add({spec.file, spec.line, 1}, fmt::format("{} weighs {}, which fires by time or at the end alone; expected signs that events fire", in_quotes(spec.name), in_quotes(sign.signal)));
    }
  }

  /// Whether no event makes it fire, neither by itself nor by what it lists. `looked_at`: signals on the way here.
  bool fires_without_event(signals::Spec const& spec, std::set<std::string> looked_at = {}) const {
    bool const sourceless = spec.detectors.empty() && spec.any.empty();
    if (sourceless || !spec.phrases.empty() || !spec.events.empty() || !looked_at.insert(spec.name).second) return false;
    auto const& kinds = signals::detector_kinds();
    bool const by_detectors = std::ranges::all_of(spec.detectors, [&](signals::DetectorSource const& source) {
      auto const kind = std::ranges::find(kinds, source.name, &signals::DetectorKind::name);
      return kind != kinds.end() && kind->without_event;
    });
    return by_detectors && std::ranges::all_of(spec.any, [&](std::string const& name) {
             auto const listed = std::ranges::find(specs_.signals, name, &signals::Spec::name);
             return listed != specs_.signals.end() && fires_without_event(*listed, looked_at);
           });
  }

  void compile_lexicon() {
    // What lost all its sources or alternatives to mistakes was told of already.
    std::set<std::pair<std::string, int>> emptied;
    for (signals::WordClass const& word_class : specs_.classes) {
      if (word_class.alternatives.empty()) emptied.emplace(word_class.file, word_class.line);
    }
    for (signals::Spec const& spec : specs_.signals) {
      if (spec.phrases.empty() && spec.events.empty() && spec.detectors.empty() && spec.any.empty()) emptied.emplace(spec.file, spec.line);
    }
    playbook_.classes = specs_.classes;
    std::vector<signals::SpecError> errors;
    playbook_.lexicon = signals::Lexicon::compile(std::move(specs_), errors);
    for (signals::SpecError& error : errors) {
      if (error.phrase.empty() && emptied.contains({error.file, error.line})) continue;
      auto const phrase = phrase_places_.find({error.file, error.line, error.phrase});
      if (error.file.empty()) {
        problems_.add({std::string(manifest_path), 0, 0}, std::move(error.message));  // of the playbook as a whole
      } else if (phrase == phrase_places_.end()) {
        problems_.add({error.file, error.line, 1}, std::move(error.message));
      } else {
        add_phrase_problem(phrase->second, std::move(error.message));
      }
    }
    RAPPORT_ASSERT(playbook_.lexicon != nullptr || !errors.empty());
    RAPPORT_ASSERT(playbook_.lexicon == nullptr || playbook_.lexicon->size() == reading_.signals.size());
  }

  /// "column 5: found …" counts in the phrase; where that can be, it is counted on in the file.
  void add_phrase_problem(PhrasePlace const& phrase, std::string message) {
    constexpr std::string_view opening = "column ";
    Place place = phrase.place;
    int column = 0;
    if (phrase.as_written && message.starts_with(opening)) {
      char const* const end = message.data() + message.size();
      auto const [stop, error] = std::from_chars(message.data() + opening.size(), end, column);
      if (error == std::errc() && std::string_view(stop, end).starts_with(": ")) {
        place.column += column - 1;
        message.erase(0, static_cast<std::size_t>(stop - message.data()) + 2);
      }
    }
    problems_.add(std::move(place), std::move(message));
  }

  /// SHA-256 over every file's path, size and bytes, and the preset. What was measured of the verdicts
  /// changes none of them and is left out.
  std::string hash() const {
    std::string bytes;
    for (Document const& document : documents_) {
      if (document.content == Content::accuracy) continue;
      bytes += fmt::format("{}\n{}\n{}", document.file->path, document.file->text.size(), document.file->text);
    }
    return base::sha256_hex(bytes + "preset\n" + playbook_.preset);
  }

  Problems problems_;
  std::string preset_;
  std::vector<Document> documents_;
  Reading reading_;
  signals::Specs specs_;
  PhrasePlaces phrase_places_;
  Playbook playbook_;
};

}  // namespace

Loaded load(std::span<SourceFile const> files, std::string_view preset) { return Loader(files, preset).load(); }

}  // namespace rapport::playbook
