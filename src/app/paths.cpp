#include "app/paths.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "timeline/formats/files.hpp"

namespace rapport::app {
namespace {

namespace fs = std::filesystem;

bool belongs_to_transcripts(fs::path const& folder) {
  std::error_code ignored;
  return folder.filename() == "metadata" && fs::is_directory(folder.parent_path() / "transcript", ignored);
}

base::Result<std::vector<fs::path>> files_below(fs::path const& folder) {
  std::vector<fs::path> files;
  std::error_code failure;
  auto const options = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator it{folder, options, failure}; !failure && it != fs::end(it);
       it.increment(failure)) {
    std::error_code status;
    if (it->is_directory(status) && belongs_to_transcripts(it->path())) {
      it.disable_recursion_pending();
    } else if (it->is_regular_file(status) && timeline::formats::may_hold_interactions(it->path())) {
      files.push_back(it->path());
    }
  }
  if (failure) return base::Error{fmt::format("{}: cannot be walked: {}", folder.string(), failure.message())};
  std::sort(files.begin(), files.end(), [](auto const& a, auto const& b) { return a.native() < b.native(); });
  return files;
}

}  // namespace

base::Result<std::vector<fs::path>> expand_paths(std::vector<std::string> const& paths) {
  std::vector<fs::path> files;
  for (std::string const& path : paths) {
    std::error_code failure;
    auto const status = fs::status(path, failure);
    if (!fs::exists(status)) return base::Error{fmt::format("{}: no such file or folder", path)};
    if (!fs::is_directory(status)) {
      files.emplace_back(path);
      continue;
    }
    auto below = files_below(path);
    if (!below) return below.error();
    files.insert(files.end(), below->begin(), below->end());
  }
  return files;
}

}  // namespace rapport::app
