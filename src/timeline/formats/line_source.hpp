#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace rapport::timeline::formats {

/// Reads text line by line, from a file or from bytes in memory. Holds one block or the longest line
/// so far, whichever is more; of a held file all that was read. Behind every line there are readable bytes for simdjson's padding.
class LineSource {
 public:
  struct Line {
    std::string_view text;    ///< without its end; valid until the next call
    std::size_t number = 0;   ///< from 1
    bool too_long = false;    ///< over interaction_bytes_max; the text is empty then
    bool unreadable = false;  ///< the file could not be read on; nothing follows
  };

  static base::Result<LineSource> open(std::filesystem::path const& path);
  explicit LineSource(std::string bytes);

  std::optional<Line> next();
  /// The same, leaving out lines of nothing but white space.
  std::optional<Line> next_filled();

  /// Keeps what is read of a file until it is rewound: a pipe cannot be read twice. The line after
  /// one that is too long cannot be read while it is held. REQUIRES: nothing read yet.
  void hold() { held_ = true; }
  /// Begins again, and holds no longer. REQUIRES: held, or made of bytes in memory.
  void rewind();
  /// All bytes, padding left out. REQUIRES: as above. Errors: the file cannot be read on, or has
  /// more than whole_file_bytes_max.
  base::Result<std::string> release() &&;

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  LineSource() = default;
  bool fill();
  std::optional<Line> skip_long_line();
  Line take(std::size_t length, std::size_t terminator);

  std::unique_ptr<std::FILE, CloseFile> file_;
  std::string buffer_;  ///< bytes [begin_, end_) are unread; padding follows
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t line_ = 0;
  bool at_end_ = false;
  bool held_ = false;
  bool failed_ = false;
  bool failure_told_ = false;
};

}  // namespace rapport::timeline::formats
