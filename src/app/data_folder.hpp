#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace rapport::app {

/// The folder in which a server keeps what lasts. It holds
///   lock        locked while a server uses the folder; the pid of that server stands in it
///   secret.key  32 random bytes, made at first start: what is encrypted cannot be read without them
///   version     of the folder's layout
/// and whatever the store and the other rooms keep. While this lives, no other server can use it.
class DataFolder {
 public:
  static constexpr std::string_view lock_name = "lock";
  static constexpr std::string_view key_name = "secret.key";
  static constexpr std::string_view version_name = "version";
  static constexpr int layout_version = 1;
  static constexpr std::size_t key_bytes = 32;

  /// Makes what is missing and locks the folder. A new folder gets mode 0700; an old one whose
  /// content is a server's, too. Errors, at once: another server uses it (with its pid); others
  /// may write into it; its layout is newer than ours; its key is missing or damaged; the system's.
  static base::Result<DataFolder> open(std::filesystem::path const& path);

  DataFolder(DataFolder&& other) noexcept;
  DataFolder& operator=(DataFolder other) noexcept;
  DataFolder(DataFolder const&) = delete;
  ~DataFolder();

  std::filesystem::path const& path() const { return path_; }
  base::Secret const& key() const { return key_; }

 private:
  DataFolder(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

  base::Result<void> read_or_make();

  std::filesystem::path path_;
  base::Secret key_;
  int lock_ = -1;
};

/// Who uses the folder now: the pid in its lock, 0 if there is none to read; nothing if nobody does.
/// Leaves the folder as it is.
std::optional<pid_t> user_of_data_folder(std::filesystem::path const& path);

}  // namespace rapport::app
