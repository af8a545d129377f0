#include "playbook/yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "playbook/yaml_text.hpp"

namespace rapport::playbook {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Thrown out of YAML's events, through its parser, where reading on is pointless. The problem is
/// already told.
struct GiveUp {};

/// Builds the tree from YAML's events.
class Builder final : public YAML::EventHandler {
 public:
  Builder(SourceFile const& file, std::size_t skipped, Problems& problems)
      : file_(file), skipped_(skipped), problems_(problems) {
    root_.file = &file;  // of an empty file
  }

  Node take_root() { return std::move(root_); }

  void OnDocumentStart(YAML::Mark const& mark) override {
    if (++documents_ == 1) return;
    problems_.add(node_at(mark).place(), "a second document begins here (---); expected one in a file");
    throw GiveUp{};
  }
  void OnDocumentEnd() override {}

  void OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    put(node_at(mark));
  }

  void OnAlias(YAML::Mark const& mark, YAML::anchor_t) override {
    problems_.add(node_at(mark).place(), "an alias (*); expected its text written out, or in quotes if it begins with *");
    throw GiveUp{};
  }

  void OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor, std::string const& text) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    Node node = node_at(mark);
    node.kind = Node::Kind::scalar;
    node.quoted = tag == "!";
    node.text = text;
    char const first = node.offset < file_.text.size() ? file_.text[node.offset] : ' ';
    bool const in_quotes = node.quoted && (first == '"' || first == '\'');
    if (in_quotes && !closing_quote(file_.text, node.offset)) {
      problems_.add(node.place(), fmt::format("a quote {} that is never closed", first));
      throw GiveUp{};
    }
    put(std::move(node));
  }

  void OnSequenceStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::sequence);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::map);
  }
  void OnMapEnd() override { close(); }

 private:
  /// A list or map that is still being read; of a map also the key that waits for its value.
  struct Open {
    Node node;
    std::optional<Node> key;
    std::unordered_map<std::string, int> key_lines;
  };

  Node node_at(YAML::Mark const& mark) {
    Node node;
    node.file = &file_;
    node.offset = std::min(file_.text.size(), skipped_ + static_cast<std::size_t>(std::max(mark.pos, 0)));
    node.line = std::max(mark.line, 0) + 1;
    node.column = column_at(node.offset, node.line, static_cast<std::size_t>(std::max(mark.column, 0)));
    return node;
  }

  /// The column of a byte that has `indent` bytes before it on its line, counted on from the byte
  /// asked for last if that is on the same line, so that long lines cost no more than short ones.
  int column_at(std::size_t offset, int line, std::size_t indent) {
    std::string_view const text = file_.text;
    if (line != column_line_) {
      column_line_ = line;
      column_offset_ = offset - std::min(offset, indent);
      column_ = 1;
    }
    if (offset >= column_offset_) column_ += count_characters(text.substr(column_offset_, offset - column_offset_));
    if (offset < column_offset_) column_ -= count_characters(text.substr(offset, column_offset_ - offset));
    column_offset_ = offset;
    return column_;
  }

  static void move_to(Node& node, Node const& other) {
    node.offset = other.offset;
    node.line = other.line;
    node.column = other.column;
  }

  /// YAML shows an empty item where the next thing stands; moves it back to its own dash.
  void move_to_dash(Node& node) const {
    std::string_view const before = std::string_view(file_.text).substr(0, node.offset);
    std::size_t const dash = before.find_last_not_of(" \r\n");
    if (dash == std::string_view::npos || before[dash] != '-') return;
    node.line -= static_cast<int>(std::count(before.begin() + static_cast<std::ptrdiff_t>(dash), before.end(), '\n'));
    std::size_t const line_break = before.rfind('\n', dash);
    std::size_t const start = line_break == std::string_view::npos ? skipped_ : line_break + 1;
    node.column = count_characters(before.substr(start, dash - start)) + 1;
    node.offset = dash;
  }

  void refuse_anchor(YAML::Mark const& mark, YAML::anchor_t anchor) {
    if (anchor != 0) problems_.add(node_at(mark).place(), "an anchor (&); expected the text itself, or quotes if it begins with &");
  }

  void refuse_tag(YAML::Mark const& mark, std::string const& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    problems_.add(node_at(mark).place(), "a tag (!); expected a plain text, list or map, or quotes if a text begins with !");
  }

  void open(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor, Node::Kind kind) {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    Open opened{node_at(mark), {}, {}};
    opened.node.kind = kind;
    if (open_.size() >= limits::yaml_depth_max) {
      problems_.add(opened.node.place(), fmt::format("lists and maps stand {} deep; expected at most {} (yaml_depth_max)",
                                                     open_.size() + 1, limits::yaml_depth_max));
      throw GiveUp{};
    }
    count(opened.node);
    open_.push_back(std::move(opened));
  }

  void close() {
    RAPPORT_ASSERT(!open_.empty());
    Node node = std::move(open_.back().node);
    open_.pop_back();
    attach(std::move(node));
  }

  void put(Node node) {
    count(node);
    attach(std::move(node));
  }

  void count(Node const& node) {
    if (++nodes_ <= limits::yaml_nodes_max) return;
    problems_.add(node.place(), fmt::format("the file holds more than {} values; that is the limit (yaml_nodes_max)", limits::yaml_nodes_max));
    throw GiveUp{};
  }

  void attach(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.is_sequence()) {
      if (node.kind == Node::Kind::null) move_to_dash(node);
      parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
      parent.key = std::move(node);
    } else {
      Node key = *std::exchange(parent.key, std::nullopt);
      if (node.kind == Node::Kind::null) move_to(node, key);  // nothing is nowhere: shown at its key
      if (is_new_key(parent, key)) parent.node.entries.push_back({std::move(key), std::move(node)});
    }
  }

  bool is_new_key(Open& map, Node const& key) {
    if (!key.is_scalar()) {
      problems_.add(key.place(), fmt::format("{} as a key; expected a text", found(key)));
      return false;
    }
    auto const [first, inserted] = map.key_lines.emplace(key.text, key.line);
    if (!inserted) {
      problems_.add(key.place(), fmt::format("{} stands twice here, first on line {}; expected it once", in_quotes(key.text), first->second));
    }
    return inserted;
  }

  SourceFile const& file_;
  std::size_t skipped_;
  Problems& problems_;
  Node root_;
  std::vector<Open> open_;
  std::size_t nodes_ = 0;
  int column_line_ = 0;  // what column_at was asked for last
  std::size_t column_offset_ = 0;
  int column_ = 1;
  int documents_ = 0;
};

/// YAML's own complaint, with a hint where we know what usually lies behind it.
void add_yaml_error(SourceFile const& file, std::size_t skipped, YAML::Exception const& error, Problems& problems) {
  std::size_t const offset = std::min(file.text.size(), skipped + static_cast<std::size_t>(std::max(error.mark.pos, 0)));
  std::string_view const line = line_at(file.text, offset);
  std::string const hint = hint_for(error.msg, line, static_cast<std::size_t>(file.text.data() + offset - line.data()));
  problems.add(place_of(file, offset), fmt::format("this is no YAML: {}{}{}", error.msg, hint.empty() ? "" : "; ", hint));
}

}  // namespace

Place Node::place_in_text(std::size_t index) const {
  std::size_t const quote = quoted ? 1 : 0;
  std::string_view const written = std::string_view(file->text).substr(std::min(offset + quote, file->text.size()));
  std::string_view const before = std::string_view(text).substr(0, index);
  bool const as_written = index <= text.size() && written.starts_with(before) && before.find('\n') == std::string_view::npos;
  if (!as_written) return place();
  return {file->path, line, column + static_cast<int>(quote) + count_characters(before)};
}

Node const* Node::find(std::string_view key) const {
  auto const entry = std::find_if(entries.begin(), entries.end(), [&](Entry const& one) { return one.key.text == key; });
  return entry == entries.end() ? nullptr : &entry->value;
}

std::string found(Node const& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::sequence:
      return node.items.empty() ? "an empty list" : "a list";
    case Node::Kind::map:
      return node.entries.empty() ? "an empty map" : "a map";
    case Node::Kind::scalar:
      break;
  }
  return in_quotes(node.text);
}

std::optional<Node> read_yaml(SourceFile const& file, Problems& problems) {
  if (!check_text(file, problems)) return std::nullopt;
  std::size_t const skipped = file.text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  std::istringstream stream(file.text.substr(skipped));
  Builder builder(file, skipped, problems);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    return builder.take_root();
  } catch (GiveUp const&) {
    return std::nullopt;
  } catch (YAML::Exception const& error) {
    add_yaml_error(file, skipped, error, problems);
    return std::nullopt;
  }
}

}  // namespace rapport::playbook
