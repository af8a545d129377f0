#include "timeline/formats/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <system_error>

#include "base/limits.hpp"
#include "timeline/formats/text_read.hpp"

namespace rapport::timeline::formats {
namespace {

namespace fs = std::filesystem;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

base::Error error_of(fs::path const& path, std::string_view what) { return {fmt::format("{}: {}", path.string(), what)}; }

bool is_compressed(fs::path const& path) {
  File const file{std::fopen(path.c_str(), "rb")};
  std::array<unsigned char, 4> head{};
  std::size_t const got = file ? std::fread(head.data(), 1, head.size(), file.get()) : 0;
  bool const gzip = got >= 2 && head[0] == 0x1F && head[1] == 0x8B;
  bool const zip = got >= 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
  bool const zstd = got >= 4 && head[0] == 0x28 && head[1] == 0xB5 && head[2] == 0x2F && head[3] == 0xFD;
  return gzip || zip || zstd;
}

}  // namespace

base::Result<void> check_file(fs::path const& path) {
  std::error_code code;
  fs::file_status const status = fs::status(path, code);
  if (!fs::exists(status)) return error_of(path, "there is no such file");
  if (fs::is_directory(status)) return error_of(path, "a folder; expected a file");
  if (!fs::is_regular_file(status)) return {};  // a pipe tells nothing before it is read
  std::uintmax_t const size = fs::file_size(path, code);
  if (!code && size > limits::file_bytes_max) return error_of(path, fmt::format("{} bytes are more than file_bytes_max, {}", size, limits::file_bytes_max));
  if (is_compressed(path)) return error_of(path, "a compressed file; expected plain text: decompress it first");
  return {};
}

base::Result<std::string> read_whole_file(fs::path const& path) {
  if (auto checked = check_file(path); !checked) return checked.error();
  File const file{std::fopen(path.c_str(), "rb")};
  if (!file) return error_of(path, "the file cannot be opened");
  std::string bytes;
  std::array<char, 64U << 10U> block{};
  for (std::size_t got = block.size(); got == block.size();) {  // fewer bytes: the end, or a failure
    got = std::fread(block.data(), 1, block.size(), file.get());
    bytes.append(block.data(), got);
    if (bytes.size() > limits::whole_file_bytes_max) {
      return error_of(path, whole_file_refusal());
    }
  }
  if (std::ferror(file.get()) != 0) return error_of(path, "the file cannot be read");
  return bytes;
}

std::string whole_file_refusal() {
  return fmt::format("a single document of more than whole_file_bytes_max, {} bytes; expected one interaction a line (JSONL)", limits::whole_file_bytes_max);
}

fs::path beside(fs::path const& path, std::string_view folder) {
  return path.parent_path().parent_path() / folder / path.filename();
}

bool may_hold_interactions(fs::path const& path) {
  constexpr auto json = std::to_array<std::string_view>({".json", ".jsonl", ".ndjson", ".vcon"});
  constexpr auto text = std::to_array<std::string_view>({".txt", ".vtt", ".srt"});
  std::string const extension = path.extension().string();
  if (std::ranges::find(json, extension) != json.end()) return true;
  if (std::ranges::find(text, extension) == text.end()) return false;
  auto const bytes = read_whole_file(path);
  return bytes && looks_like_transcript(*bytes);
}

}  // namespace rapport::timeline::formats
