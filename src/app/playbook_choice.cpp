#include "app/playbook_choice.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "base/limits.hpp"
#include "playbook/embedded.hpp"

namespace rapport::app {
namespace {

namespace fs = std::filesystem;

bool is_hidden(fs::path const& path) {
  for (fs::path const& part : path) {
    if (part.native().size() > 1 && part.native().front() == '.') return true;
  }
  return false;
}

}  // namespace

base::Result<std::vector<playbook::SourceFile>> read_playbook_folder(std::string const& folder) {
  std::error_code failure;
  if (!fs::is_directory(folder, failure)) return base::Error{fmt::format("{}: no such folder", folder)};
  std::vector<playbook::SourceFile> files;
  std::size_t bytes = 0;
  for (fs::recursive_directory_iterator it{folder, failure}; !failure && it != fs::end(it); it.increment(failure)) {
    std::error_code status;
    if (!it->is_regular_file(status)) continue;
    fs::path const relative = fs::relative(it->path(), folder, status);
    if (is_hidden(relative)) continue;
    std::ifstream stream{it->path(), std::ios::binary};
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream) return base::Error{fmt::format("{}: cannot be read", it->path().string())};
    files.push_back({relative.generic_string(), std::move(text).str()});
    bytes += files.back().text.size();
    if (bytes > limits::playbook_bytes_max || files.size() > limits::playbook_files_max) {
      return base::Error{fmt::format("{}: too large for a playbook (playbook_bytes_max {}, playbook_files_max {})", folder,
                                     limits::playbook_bytes_max, limits::playbook_files_max)};
    }
  }
  if (failure) return base::Error{fmt::format("{}: cannot be walked: {}", folder, failure.message())};
  return files;
}

base::Result<std::shared_ptr<playbook::Playbook const>> load_playbook(PlaybookChoice const& choice) {
  std::vector<playbook::SourceFile> files;
  if (choice.folder.empty()) {
    files = playbook::embedded_playbook("standard");
  } else {
    auto read = read_playbook_folder(choice.folder);
    if (!read) return read.error();
    files = std::move(*read);
  }
  playbook::Loaded loaded = playbook::load(files, choice.preset);
  if (loaded) return std::shared_ptr<playbook::Playbook const>{std::make_shared<playbook::Playbook>(std::move(*loaded.playbook))};
  std::string text;
  for (playbook::Problem const& problem : loaded.problems) {
    if (!text.empty()) text += '\n';
    text += playbook::to_text(problem);
  }
  return base::Error{std::move(text)};
}

}  // namespace rapport::app
