// The playbook language: a whole folder from one blob, in which a line "=== PATH" begins each file.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/assert.hpp"
#include "playbook/explain.hpp"
#include "playbook/load.hpp"

namespace {

using namespace rapport::playbook;

std::vector<SourceFile> files_of(std::string_view blob) {
  std::vector<SourceFile> files;
  while (!blob.empty()) {
    std::size_t const end = blob.find('\n') == std::string_view::npos ? blob.size() : blob.find('\n') + 1;
    std::string_view line = blob.substr(0, end);
    blob.remove_prefix(end);
    if (line.starts_with("=== ")) {
      if (line.ends_with('\n')) line.remove_suffix(1);
      files.push_back({std::string(line.substr(4)), {}});
    } else if (!files.empty()) {
      files.back().text += line;
    }
  }
  return files;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const files = files_of({reinterpret_cast<char const*>(data), size});
  Loaded const loaded = load(files);
  RAPPORT_ASSERT(loaded.playbook.has_value() == loaded.problems.empty());
  for (Problem const& problem : loaded.problems) {
    RAPPORT_ASSERT(!problem.message.empty() && !problem.place.file.empty());
    RAPPORT_ASSERT(problem.place.line >= 0 && problem.place.column >= 0);
  }
  if (!loaded) return 0;
  Loaded const again = load(files);
  RAPPORT_ASSERT(again && again.playbook->hash == loaded.playbook->hash);
  for (Practice const& practice : loaded.playbook->practices) RAPPORT_ASSERT(explain(*loaded.playbook, practice.id));
  for (SignalId signal = 0; signal < loaded.playbook->lexicon->size(); ++signal) {
    RAPPORT_ASSERT(explain(*loaded.playbook, loaded.playbook->lexicon->spec(signal).name));
  }
  return 0;
}
