#include "app/data_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <string>
#include <system_error>
#include <utility>

#include "base/assert.hpp"

namespace rapport::app {
namespace {

namespace fs = std::filesystem;

base::Error system_error(fs::path const& path, std::string_view what) {
  return {fmt::format("{}: {}: {}", path.native(), what, std::generic_category().message(errno))};
}

/// A small file's bytes; nothing if it does not exist. Error: it cannot be read.
base::Result<std::optional<std::string>> read_small(fs::path const& path) {
  int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0 && errno == ENOENT) return std::optional<std::string>();
  if (file < 0) return system_error(path, "cannot be read");
  std::array<char, 128> bytes{};
  ssize_t const count = ::read(file, bytes.data(), bytes.size());
  base::Result<std::optional<std::string>> result = count < 0 ? base::Result<std::optional<std::string>>(system_error(path, "cannot be read"))
                                                              : std::optional(std::string(bytes.data(), static_cast<std::size_t>(count)));
  ::close(file);
  return result;
}

/// Puts the file there whole or not at all, and on the disk.
base::Result<void> write_small(fs::path const& folder, std::string_view name, std::string_view bytes) {
  fs::path const path = folder / name;
  fs::path const fresh = path.native() + ".new";
  int const file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return system_error(fresh, "cannot be written");
  bool const written = ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && ::fsync(file) == 0;
  auto failure = written ? base::Error{} : system_error(fresh, "cannot be written");
  ::close(file);
  if (!written) return failure;
  if (::rename(fresh.c_str(), path.c_str()) != 0) return system_error(path, "cannot be written");
  int const directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory >= 0) {
    ::fsync(directory);
    ::close(directory);
  }
  return {};
}

pid_t pid_in(int file) {
  std::array<char, 32> bytes{};
  ssize_t const count = ::pread(file, bytes.data(), bytes.size(), 0);
  pid_t pid = 0;
  if (count > 0) std::from_chars(bytes.data(), bytes.data() + count, pid);
  return pid;
}

/// Whether nobody but a server of ours put something here.
bool is_ours_or_empty(fs::path const& path) {
  std::error_code failure;
  if (fs::exists(path / DataFolder::version_name, failure)) return true;
  for (fs::directory_iterator it{path, failure}; !failure && it != fs::end(it); it.increment(failure)) {
    auto const name = it->path().filename().native();
    if (name != DataFolder::lock_name && !name.starts_with(DataFolder::key_name)) return false;
  }
  return !failure;
}

/// The folder with rights that keep others out.
base::Result<void> make_folder(fs::path const& path) {
  std::error_code failure;
  if (!path.parent_path().empty()) fs::create_directories(path.parent_path(), failure);
  if (failure) return base::Error{fmt::format("{}: cannot be made: {}", path.parent_path().native(), failure.message())};
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return system_error(path, "cannot be made");
  struct stat state{};
  if (::stat(path.c_str(), &state) != 0) return system_error(path, "cannot be looked at");
  if (!S_ISDIR(state.st_mode)) return base::Error{fmt::format("{}: is no folder; expected one to keep data in", path.native())};
  if ((state.st_mode & 077U) != 0 && is_ours_or_empty(path) && ::chmod(path.c_str(), 0700) == 0) state.st_mode &= ~077U;
  if ((state.st_mode & 022U) != 0) {
    return base::Error{fmt::format("{}: others may write into it (mode {:04o}); expected a folder of the server's own: chmod 700 it", path.native(), state.st_mode & 07777U)};
  }
  return {};
}

/// The lock's descriptor. It is let go when that closes, however the process ends.
base::Result<int> take_lock(fs::path const& folder) {
  fs::path const path = folder / DataFolder::lock_name;
  int const file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return system_error(path, "cannot be opened");
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    bool const taken = errno == EWOULDBLOCK;
    auto failure = taken ? base::Error{fmt::format("{}: another server uses this data folder (process {}); stop it, or name another folder by --data", folder.native(), pid_in(file))}
                         : system_error(path, "cannot be locked");
    ::close(file);
    return failure;
  }
  std::string const pid = fmt::format("{}\n", ::getpid());
  bool const written = ::ftruncate(file, 0) == 0 && ::pwrite(file, pid.data(), pid.size(), 0) == static_cast<ssize_t>(pid.size());
  if (written) return file;
  auto failure = system_error(path, "cannot be written");
  ::close(file);
  return failure;
}

}  // namespace

base::Result<DataFolder> DataFolder::open(fs::path const& path) {
  RAPPORT_ASSERT(!path.empty());
  auto made = make_folder(path);
  if (!made) return made.error();
  auto const lock = take_lock(path);
  if (!lock) return lock.error();
  DataFolder folder(path, *lock);
  auto ready = folder.read_or_make();
  if (!ready) return ready.error();
  return folder;
}

base::Result<void> DataFolder::read_or_make() {
  fs::path const version_path = path_ / version_name;
  fs::path const key_path = path_ / key_name;
  auto const version = read_small(version_path);
  if (!version) return version.error();
  auto const key = read_small(key_path);
  if (!key) return key.error();
  if (*version) {
    int layout = 0;
    std::from_chars((*version)->data(), (*version)->data() + (*version)->size(), layout);
    if (layout > layout_version) return base::Error{fmt::format("{}: the folder has layout {}, made by a newer Rapport; expected at most {}", version_path.native(), layout, layout_version)};
    if (layout < 1) return base::Error{fmt::format("{}: holds no version; expected a number", version_path.native())};
    if (!*key) return base::Error{fmt::format("{}: is missing; without it nothing that is encrypted can be read: put it back from a backup", key_path.native())};
  }
  if (*key && (*key)->size() != key_bytes) {
    return base::Error{fmt::format("{}: has {} bytes; expected {}: put it back from a backup", key_path.native(), (*key)->size(), key_bytes)};
  }
  std::string bytes = *key ? **key : std::string(key_bytes, '\0');
  if (!*key) {
    if (::sodium_init() < 0) return base::Error{"the system's random numbers cannot be used"};
    ::randombytes_buf(bytes.data(), bytes.size());
    auto written = write_small(path_, key_name, bytes);
    if (!written) return written.error();
  } else if (::chmod(key_path.c_str(), 0600) != 0) {
    return system_error(key_path, "cannot be kept from others");
  }
  key_ = base::Secret(bytes);
  ::sodium_memzero(bytes.data(), bytes.size());
  if (*version) return {};
  return write_small(path_, version_name, fmt::format("{}\n", layout_version));  // last: with it, the key is there
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : path_(std::move(other.path_)), key_(std::move(other.key_)), lock_(std::exchange(other.lock_, -1)) {}

DataFolder& DataFolder::operator=(DataFolder other) noexcept {
  std::swap(path_, other.path_);
  std::swap(key_, other.key_);
  std::swap(lock_, other.lock_);
  return *this;
}

DataFolder::~DataFolder() {
  if (lock_ >= 0) ::close(lock_);
}

std::optional<pid_t> user_of_data_folder(fs::path const& path) {
  int const file = ::open((path / DataFolder::lock_name).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return std::nullopt;
  bool const taken = ::flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  auto const pid = taken ? std::optional(pid_in(file)) : std::nullopt;
  ::close(file);
  return pid;
}

}  // namespace rapport::app
