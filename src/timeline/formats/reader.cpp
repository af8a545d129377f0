#include "timeline/formats/reader.hpp"

#include <fmt/format.h>

#include "base/limits.hpp"
#include "timeline/formats/documents.hpp"
#include "timeline/formats/files.hpp"
#include "timeline/formats/harper_valley.hpp"
#include "timeline/formats/json_locate.hpp"
#include "timeline/formats/line_source.hpp"
#include "timeline/formats/text_read.hpp"

namespace rapport::timeline::formats {
namespace {

using base::Error;
using base::Result;
using simdjson::SUCCESS;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string stem_of(std::string_view name) { return std::filesystem::path{name}.stem().string(); }

/// JSON objects, one a line.
class JsonLines final : public InteractionReader::Source {
 public:
  JsonLines(LineSource lines, std::string name) : lines_(std::move(lines)), name_(std::move(name)), stem_(stem_of(name_)) {}

  std::optional<Result<Imported>> next() override {
    auto const line = lines_.next_filled();
    if (!line) return std::nullopt;
    if (line->unreadable) return error_at(name_, line->number, "the file cannot be read on");
    if (line->too_long) return error_at(name_, line->number, fmt::format("the line is longer than interaction_bytes_max, {} bytes", limits::interaction_bytes_max));
    std::string_view text = line->text;
    if (line->number == 1 && text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    std::string const fallback_id = fmt::format("{}-{}", stem_, line->number);
    JsonText const document{name_, text, line->number, fallback_id};
    if (!prepared_) prepared_ = parser_.allocate(first_capacity, limits::json_depth_max) == SUCCESS;
    JsonElement element;
    auto const code = parser_.parse(text.data(), text.size(), false).get(element);  // padding: see LineSource
    if (code != SUCCESS) return syntax_error(document, code);
    return read_object_as(document, std::nullopt, element);
  }

 private:
  static constexpr std::size_t first_capacity = 64U << 10U;

  LineSource lines_;
  std::string name_;
  std::string stem_;
  simdjson::dom::parser parser_;
  bool prepared_ = false;
};

/// One JSON document: an object, or a list of them.
class JsonDocument final : public InteractionReader::Source {
 public:
  JsonDocument(std::string bytes, std::string name) : bytes_(std::move(bytes)), name_(std::move(name)), stem_(stem_of(name_)) {}

  /// Parses; false leaves the error for next().
  simdjson::error_code parse() {
    bytes_.reserve(bytes_.size() + simdjson::SIMDJSON_PADDING);
    text_ = bytes_;
    if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
    if (auto const code = parser_.allocate(text_.size(), limits::json_depth_max); code != SUCCESS) return code;
    return parser_.parse(text_.data(), text_.size(), false).get(root_);
  }

  JsonElement root() const { return root_; }
  std::string_view text() const { return text_; }

  std::optional<Result<Imported>> next() override {
    JsonArray list;
    if (root_.get(list) != SUCCESS) {
      if (position_++ > 0) return std::nullopt;
      if (text_.size() > limits::interaction_bytes_max) return error_at(name_, 1, fmt::format("an object of {} bytes is more than interaction_bytes_max, {}", text_.size(), limits::interaction_bytes_max));
      return read_object_as({name_, text_, 1, stem_}, std::nullopt, root_);
    }
    if (!item_) item_ = list.begin();
    if (*item_ == list.end()) return std::nullopt;
    JsonElement const element = **item_;
    ++*item_;
    std::string const fallback_id = fmt::format("{}-{}", stem_, position_ + 1);
    return read_object_as({name_, text_, 1, fallback_id}, position_++, element);
  }

 private:
  std::string bytes_;
  std::string_view text_;
  std::string name_;
  std::string stem_;
  simdjson::dom::parser parser_;
  JsonElement root_;
  std::optional<JsonArray::iterator> item_;
  std::size_t position_ = 0;
};

/// A file that is one interaction, or one error.
class Single final : public InteractionReader::Source {
 public:
  explicit Single(Result<Imported> result) : result_(std::move(result)) {}
  std::optional<Result<Imported>> next() override { return std::exchange(result_, std::nullopt); }

 private:
  std::optional<Result<Imported>> result_;
};

InteractionReader of_single(Result<Imported> result) { return InteractionReader{std::make_unique<Single>(std::move(result))}; }

/// A call of Harper Valley from its transcript and, where there is one, its metadata.
Result<Imported> read_call(JsonDocument const& transcript, std::string const& name, std::string const& id, std::optional<std::string> metadata) {
  Findings findings;
  Where const root;
  Imported imported;
  imported.format = Format::harper_valley;
  imported.source = name;
  imported.line = 1;
  simdjson::dom::parser parser;
  std::optional<JsonObject> object;
  if (metadata) {
    JsonObject parsed;
    if (parser.allocate(metadata->size(), limits::json_depth_max) == SUCCESS && parser.parse(*metadata).get(parsed) == SUCCESS) {
      object = parsed;
    } else {
      findings.warn("the call's metadata is not valid JSON; left out");
    }
  }
  JsonArray segments;
  bool const good = read_list(findings, root, transcript.root(), limits::events_max, "events_max", segments) &&
                    read_harper_valley(findings, root, segments, object, id, imported);
  if (!good) return error_at(name, line_of(transcript.text(), findings.error_path()), findings.error());
  imported.warnings = findings.take_warnings();
  return imported;
}

std::optional<std::string> read_beside(std::filesystem::path const& path, std::string_view folder) {
  auto bytes = read_whole_file(beside(path, folder));
  return bytes ? std::optional{std::move(*bytes)} : std::nullopt;
}

/// What kind of text the first two lines that are not blank make it.
enum class Kind : std::uint8_t { empty,
                                 lines,
                                 document,
                                 text };

Kind kind_of(LineSource& lines, std::string const& extension) {
  bool const named_lines = extension == ".jsonl" || extension == ".ndjson";
  auto const first = lines.next_filled();
  if (!first) return named_lines ? Kind::lines : Kind::empty;
  if (first->too_long || first->unreadable || named_lines) return Kind::lines;
  std::string_view text = first->text;
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  std::size_t const start = text.find_first_not_of(" \t");
  char const opening = start == std::string_view::npos ? '\0' : text[start];
  bool const bracketed_time = opening == '[' && start + 1 < text.size() && text[start + 1] >= '0' && text[start + 1] <= '9' && text.find(':') < text.find(']');
  bool const json = (opening == '{' || opening == '[') && !bracketed_time;
  if (!json) return extension == ".json" ? Kind::document : Kind::text;
  bool const balanced = is_balanced(text);
  auto const second = lines.next_filled();
  if (!second) return Kind::document;
  bool const second_whole = second->text.starts_with('{') && second->text.ends_with('}') && is_balanced(second->text);
  return balanced || (opening == '{' && second_whole) ? Kind::lines : Kind::document;
}

/// Reads a document. `path`: where to look for a file beside it; empty for bytes in memory.
InteractionReader read_document(std::string bytes, std::string const& name, std::filesystem::path const& path) {
  auto document = std::make_unique<JsonDocument>(std::move(bytes), name);
  if (auto const code = document->parse(); code != SUCCESS) return of_single(syntax_error({name, document->text(), 1, {}}, code));
  JsonArray list;
  JsonObject object;
  if (document->root().get(list) == SUCCESS && is_harper_valley_transcript(list)) {
    auto metadata = path.empty() ? std::nullopt : read_beside(path, "metadata");
    bool const is_call = list.size() > 0 || metadata;
    if (is_call) return of_single(read_call(*document, name, stem_of(name), std::move(metadata)));
  }
  if (document->root().get(object) == SUCCESS && recognise(object) == Format::harper_valley && !path.empty()) {
    auto transcript = read_beside(path, "transcript");
    if (transcript) {
      JsonDocument segments{std::move(*transcript), beside(path, "transcript").string()};
      if (auto const code = segments.parse(); code != SUCCESS) return of_single(syntax_error({beside(path, "transcript").string(), segments.text(), 1, {}}, code));
      return of_single(read_call(segments, beside(path, "transcript").string(), stem_of(name), std::string{document->text()}));
    }
  }
  return InteractionReader{std::move(document)};
}

Error empty_error(std::string const& name) { return {fmt::format("{}: the file is empty; expected interactions", name)}; }

}  // namespace

InteractionReader::InteractionReader(std::unique_ptr<Source> source) : source_(std::move(source)) {}
InteractionReader::InteractionReader(InteractionReader&&) noexcept = default;
InteractionReader& InteractionReader::operator=(InteractionReader&&) noexcept = default;
InteractionReader::~InteractionReader() = default;

std::optional<Result<Imported>> InteractionReader::next() { return source_->next(); }

Result<InteractionReader> InteractionReader::open(std::filesystem::path const& path) {
  std::string const name = path.string();
  if (auto checked = check_file(path); !checked) return checked.error();
  auto lines = LineSource::open(path);
  if (!lines) return lines.error();
  lines->hold();
  Kind const kind = kind_of(*lines, path.extension().string());
  if (kind == Kind::empty) return empty_error(name);
  if (kind == Kind::lines) {
    lines->rewind();
    return InteractionReader{std::make_unique<JsonLines>(std::move(*lines), name)};
  }
  auto bytes = std::move(*lines).release();
  if (!bytes) return Error{fmt::format("{}: {}", name, bytes.error().message)};
  if (kind == Kind::text) return of_single(read_text_transcript(name, *bytes, stem_of(name)));
  return read_document(std::move(*bytes), name, path);
}

Result<InteractionReader> InteractionReader::of_bytes(std::string bytes, std::string name) {
  LineSource lines{std::move(bytes)};
  Kind const kind = kind_of(lines, std::filesystem::path{name}.extension().string());
  if (kind == Kind::empty) return empty_error(name);
  if (kind == Kind::lines) {
    lines.rewind();
    return InteractionReader{std::make_unique<JsonLines>(std::move(lines), std::move(name))};
  }
  auto all = std::move(lines).release();
  if (!all) return Error{fmt::format("{}: {}", name, all.error().message)};
  if (kind == Kind::text) return of_single(read_text_transcript(name, *all, stem_of(name)));
  return read_document(std::move(*all), name, {});
}

Result<Timeline> to_timeline(Imported& imported) {
  std::string const id = imported.head.id;
  auto timeline = Timeline::build(std::move(imported.head), std::move(imported.events));
  if (!timeline) return error_at(imported.source, imported.line, fmt::format("interaction \"{}\": {}", shortened(id), timeline.error().message));
  imported.warnings.insert(imported.warnings.end(), timeline->warnings().begin(), timeline->warnings().end());
  return timeline;
}

}  // namespace rapport::timeline::formats
