#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "timeline/formats/imported.hpp"
#include "timeline/timeline.hpp"

namespace rapport::timeline::formats {

/// Reads the interactions of one file, one by one, whatever its format: recognised by content, by
/// the file's name only where the content leaves it open. A JSONL file is read line by line in
/// memory bounded by one interaction; other files are read whole. An interaction that cannot be read
/// is an error that names file, line, field and what was expected; the next call goes on with the
/// next interaction. One thread at a time; readers of different files are independent.
class InteractionReader {
 public:
  /// Errors: no such file, not a file, empty, larger than its limit, compressed, no known format.
  static base::Result<InteractionReader> open(std::filesystem::path const& path);

  /// The same for bytes in memory. `name` stands for the path in messages and in ids that the
  /// content does not give. No other file is looked for.
  static base::Result<InteractionReader> of_bytes(std::string bytes, std::string name);

  InteractionReader(InteractionReader&&) noexcept;
  InteractionReader& operator=(InteractionReader&&) noexcept;
  ~InteractionReader();

  /// The next interaction, or why it could not be read; nothing at the end.
  std::optional<base::Result<Imported>> next();

  /// Where interactions come from: lines, the elements of a document, or one whole file.
  class Source {
   public:
    virtual ~Source() = default;
    virtual std::optional<base::Result<Imported>> next() = 0;
  };
  explicit InteractionReader(std::unique_ptr<Source> source);

 private:
  std::unique_ptr<Source> source_;
};

/// The timeline of what was read. An error names file and line; the timeline's own warnings are
/// added to `imported.warnings`.
base::Result<Timeline> to_timeline(Imported& imported);

}  // namespace rapport::timeline::formats
