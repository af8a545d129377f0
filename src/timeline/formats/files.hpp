#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"

/// Files of interactions.
namespace rapport::timeline::formats {

/// Whether the file (or pipe) is there and can be read. Errors: no such path, a folder, larger than
/// file_bytes_max, compressed.
base::Result<void> check_file(std::filesystem::path const& path);

/// Errors: as above, or larger than whole_file_bytes_max.
base::Result<std::string> read_whole_file(std::filesystem::path const& path);

/// Why a single document of more than whole_file_bytes_max is refused.
std::string whole_file_refusal();

/// The file of that name in the folder beside its own: metadata/ID.json of transcript/ID.json.
std::filesystem::path beside(std::filesystem::path const& path, std::string_view folder);

/// Whether a file that nobody asked for by name, found in a folder, is one to read: JSON by its
/// name's ending (.json, .jsonl, .ndjson, .vcon), a text (.txt, .vtt, .srt) if it is a transcript.
bool may_hold_interactions(std::filesystem::path const& path);

}  // namespace rapport::timeline::formats
