#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "playbook/source.hpp"

namespace rapport::playbook {

struct Entry;

/// A YAML value with the spot where it stands. The file must outlive it.
struct Node {
  enum class Kind : std::uint8_t { null,
                                   scalar,
                                   sequence,
                                   map };

  Kind kind = Kind::null;
  bool quoted = false;  ///< a scalar in quotes, or a block scalar
  SourceFile const* file = nullptr;
  std::size_t offset = 0;      ///< byte of the file where it begins
  int line = 1;                ///< counted from 1
  int column = 1;              ///< counted from 1, in characters
  std::string text;            ///< of a scalar
  std::vector<Node> items;     ///< of a sequence
  std::vector<Entry> entries;  ///< of a map, in the file's order, no key twice

  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_sequence() const { return kind == Kind::sequence; }
  bool is_map() const { return kind == Kind::map; }
  Place place() const { return {file->path, line, column}; }
  /// Where the byte `index` of the text stands; the node's own place where that cannot be told
  /// (escapes, text over several lines).
  Place place_in_text(std::size_t index) const;
  /// The value of the key, or null.
  Node const* find(std::string_view key) const;
};

struct Entry {
  Node key;
  Node value;
};

/// What was found, in an error's words: `"text"`, "a list", "an empty map", "nothing".
std::string found(Node const& node);

/// Reads one document of YAML. Besides what YAML itself forbids, refused are: bytes that are no
/// UTF-8, control characters, tabs in the indentation, anchors, aliases and tags (so that no file
/// can unfold into more than it shows), a key that stands twice, a second document, and more than
/// limits::yaml_depth_max or yaml_nodes_max. Every problem is added to `problems`; nothing is
/// returned where the text could not be read to its end. An empty file is a null node.
std::optional<Node> read_yaml(SourceFile const& file, Problems& problems);

}  // namespace rapport::playbook
