#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/seen_ids.hpp"
#include "base/result.hpp"
#include "timeline/formats/reader.hpp"
#include "timeline/timeline.hpp"

namespace rapport::app {

/// What the files of a run yield: interaction after interaction, or the reason why one could not
/// be read, in the order of the files. A second interaction of the same id is an error; the first
/// stands. One thread at a time.
class Intake {
 public:
  explicit Intake(std::vector<std::filesystem::path> files) : files_(std::move(files)) {}

  /// The next interaction as read, not yet a timeline; an error names its file and place.
  std::optional<base::Result<timeline::formats::Imported>> next();

 private:
  std::vector<std::filesystem::path> files_;
  std::size_t next_file_ = 0;
  std::optional<timeline::formats::InteractionReader> reader_;
  SeenIds seen_;
};

}  // namespace rapport::app
