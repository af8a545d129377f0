#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "playbook/source.hpp"
#include "playbook/yaml.hpp"

namespace rapport::playbook {

/// Names of one kind that a playbook defines anywhere, numbered in the order of reading, each with
/// the place of its definition. Filled before any file's content is read, so that a name may be
/// used before the file that defines it.
class Names {
 public:
  /// `kind` is how messages call one of them: "signal".
  explicit Names(std::string_view kind, std::size_t limit, std::string_view limit_name)
      : kind_(kind), limit_(limit), limit_name_(limit_name) {}

  /// Takes the name that a map's key defines. False, with a problem, if it is no well-formed name
  /// or already taken.
  bool declare(Node const& key, Problems& problems);
  /// The same for a name that the language itself brings, without a place.
  void declare_built_in(std::string_view name);

  /// A file that may define some could not be read: from now on no name is told as unknown.
  void mark_incomplete() { complete_ = false; }

  std::optional<std::uint16_t> find(std::string_view name) const;
  /// As `find`, but tells an unknown name as a problem, with a suggestion. It stands at the byte
  /// `index` of the node's text.
  std::optional<std::uint16_t> resolve(std::string_view name, Node const& node, std::size_t index, Problems& problems) const;
  /// Whether this very key defined its name.
  bool defined_by(Node const& key) const;

  std::size_t size() const { return names_.size(); }
  std::string const& name(std::uint16_t number) const { return names_[number]; }
  Place const& place(std::uint16_t number) const { return places_[number]; }

 private:
  std::string kind_;
  std::size_t limit_;
  std::string limit_name_;
  std::map<std::string, std::uint16_t, std::less<>> numbers_;
  std::vector<std::string> names_;
  std::vector<Place> places_;
  bool complete_ = true;
};

/// Lower-case words of letters and digits joined by '.', '-' or '_', at most limits::name_bytes_max.
bool is_name(std::string_view text);

}  // namespace rapport::playbook
