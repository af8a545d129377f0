#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

/// Files and folders of interactions.
namespace rapport::timeline::formats {

/// Whether the file is there and can be read. Errors: no such path, a folder, larger than
/// file_bytes_max, compressed.
base::Result<void> check_file(std::filesystem::path const& path);

/// Errors: as above, or larger than whole_file_bytes_max.
base::Result<std::string> read_whole_file(std::filesystem::path const& path);

/// The file of that name in the folder beside its own: metadata/ID.json of transcript/ID.json.
std::filesystem::path beside(std::filesystem::path const& path, std::string_view folder);

/// What a path given by a user holds.
struct FileList {
  std::vector<std::filesystem::path> files;     ///< to read, in order of their names
  std::vector<std::filesystem::path> passed_over;  ///< in a folder, but no format that we know
};

/// The file itself, or all interactions' files of a folder and of the folders in it: .json, .jsonl,
/// .ndjson, .vcon, and any other text that looks like a transcript. Left out are hidden files and
/// Harper Valley's metadata where the transcript is there. Error: no such path, or a folder that
/// cannot be read.
base::Result<FileList> list_files(std::filesystem::path const& path);

}  // namespace rapport::timeline::formats
