// Feeds a sealed file's chunks as they may stand on a damaged disk: they are refused, and nothing else happens.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "recordings/sealed_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  namespace recordings = rapport::recordings;
  static std::filesystem::path const path = std::filesystem::temp_directory_path() / ("rapport-sealed-fuzz-" + std::to_string(::getpid()));
  std::ofstream{path, std::ios::binary | std::ios::trunc}.write(reinterpret_cast<char const*>(data), static_cast<std::streamsize>(size));
  auto reader = recordings::SealedReader::open(path, {});
  while (reader) {
    auto const chunk = reader->next();
    if (!chunk || !*chunk) break;
    if ((*chunk)->size() > recordings::sealed_chunk_bytes_max) std::abort();
  }
  std::filesystem::remove(path);
  return 0;
}
