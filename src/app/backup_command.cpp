#include "app/backup_command.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

#include "app/data_folder.hpp"
#include "app/exit_status.hpp"
#include "app/standard_output.hpp"
#include "app/store_place.hpp"
#include "store/backup.hpp"
#include "store/open.hpp"

namespace rapport::app {
namespace {

namespace fs = std::filesystem;

int complain_of_backup(std::string const& message) {
  fmt::print(stderr, "{}\n", message);
  return exit_some_failed;
}

std::optional<Settings> settings_of(SettingsChoice const& choice) {
  auto const loaded = read_settings(choice);
  if (!loaded) {
    fmt::print(stderr, "{}\n", loaded.error().message);
    return std::nullopt;
  }
  if (!report_problems(*loaded)) return std::nullopt;
  return loaded->settings;
}

base::Result<std::string> read_backup(fs::path const& path) {
  std::ifstream stream{path, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) return base::Error{fmt::format("{}: cannot be read", path.string())};
  return std::move(text).str();
}

/// A new file that only its owner may read; never writes over one.
base::Result<void> write_new(fs::path const& path, std::string_view bytes) {
  int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return base::Error{fmt::format("{}: cannot be made: is it there already?", path.string())};
  bool const written = ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && ::fsync(file) == 0;
  bool const closed = ::close(file) == 0;
  if (!written || !closed) return base::Error{fmt::format("{}: cannot be written", path.string())};
  return {};
}

}  // namespace

int back_up(SettingsChoice const& choice, std::string const& file) {
  auto const settings = settings_of(choice);
  if (!settings) return exit_usage;
  auto const key = read_backup(settings->data / DataFolder::key_name);
  if (!key) return complain_of_backup(key.error().message);
  if (auto made = write_new(file, {}); !made) return complain_of_backup(made.error().message);  // nobody else reads it
  std::ofstream to{file, std::ios::binary | std::ios::trunc};
  auto const report = store::back_up(store_place(*settings), to);
  to.close();
  if (!report || !to) {
    std::error_code ignored;
    fs::remove(file, ignored);
    return complain_of_backup(report ? fmt::format("{}: cannot be written", file) : report.error().message);
  }
  if (auto written = write_new(file + ".key", *key); !written) return complain_of_backup(written.error().message);
  print_out(fmt::format("{} rows in {}; its key is in {}.key: keep both, and keep them secret\n", report->rows, file, file));
  return exit_ok;
}

int restore(SettingsChoice const& choice, std::string const& file) {
  auto const settings = settings_of(choice);
  if (!settings) return exit_usage;
  auto const key = read_backup(file + ".key");
  if (!key) return complain_of_backup(key.error().message);
  std::ifstream from{file, std::ios::binary};
  if (!from) return complain_of_backup(fmt::format("{}: cannot be read", file));
  std::error_code failed;
  if (fs::exists(settings->data, failed) && !fs::is_empty(settings->data, failed)) {
    return complain_of_backup(fmt::format("{}: there is something already; restore into an empty folder", settings->data.string()));
  }
  fs::create_directories(settings->data, failed);
  fs::permissions(settings->data, fs::perms::owner_all, failed);
  if (failed) return complain_of_backup(fmt::format("{}: cannot be made: {}", settings->data.string(), failed.message()));
  if (auto written = write_new(settings->data / DataFolder::key_name, *key); !written) return complain_of_backup(written.error().message);
  auto const folder = DataFolder::open(settings->data);
  if (!folder) return complain_of_backup(folder.error().message);
  auto const report = store::restore(from, store_place(*settings));
  if (!report) return complain_of_backup(report.error().message);
  print_out(fmt::format("{} rows restored into {}\n", report->rows, settings->data.string()));
  return exit_ok;
}

int migrate(SettingsChoice const& choice) {
  auto const settings = settings_of(choice);
  if (!settings) return exit_usage;
  auto const folder = DataFolder::open(settings->data);
  if (!folder) return complain_of_backup(folder.error().message);
  auto const opened = store::open(store_place(*settings), store_key(folder->key()));
  if (!opened) return complain_of_backup(opened.error().message);
  print_out("the store is of this program's version\n");
  return exit_ok;
}

}  // namespace rapport::app
