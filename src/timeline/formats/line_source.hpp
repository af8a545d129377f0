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
/// so far, whichever is more. Behind every line there are readable bytes for simdjson's padding.
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

  /// Begins again. REQUIRES: made of bytes in memory.
  void rewind();
  /// Gives the bytes back, padding left out. REQUIRES: made of bytes in memory.
  std::string release() &&;

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
  bool failed_ = false;
};

}  // namespace rapport::timeline::formats
