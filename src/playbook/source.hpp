#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::playbook {

/// One file of a playbook: its path below the playbook's folder, with '/' between names, and its
/// bytes. Whoever calls `load` owns it.
struct SourceFile {
  std::string path;
  std::string text;
};

/// A spot in a playbook, for people: lines and columns count from 1, columns in characters.
/// Line 0 means the file as a whole.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;

  auto operator<=>(Place const&) const = default;
};

/// One mistake in a playbook: where it is, what was found and what was expected.
struct Problem {
  Place place;
  std::string message;

  auto operator<=>(Problem const&) const = default;
};

/// "practices/hold.yaml:4:12: …"; without line and column where the place is a whole file.
std::string to_text(Problem const& problem);
/// "signals/hold.yaml:2": how a message points at another place.
std::string to_text(Place const& place);

/// A playbook's own text in a message: in quotes, on one line, cut after 60 characters.
std::string in_quotes(std::string_view text);

/// Collects all mistakes of a playbook. Beyond limits::problems_max they are only counted.
class Problems {
 public:
  void add(Place place, std::string message);
  bool empty() const { return count_ == 0; }
  std::size_t count() const { return count_; }
  /// Further problems will not be listed: costly explanations are no longer worth their time.
  bool full() const;
  /// All of them in order of file, line and column, the same one only once. Leaves none behind.
  std::vector<Problem> take();

 private:
  std::vector<Problem> listed_;
  std::size_t count_ = 0;
};

}  // namespace rapport::playbook
