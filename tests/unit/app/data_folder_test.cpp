#include "app/data_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "unit/app/temporary_folder.hpp"

namespace rapport::app {
namespace {

namespace fs = std::filesystem;

unsigned mode_of(fs::path const& path) {
  struct stat state{};
  EXPECT_EQ(::stat(path.c_str(), &state), 0) << path;
  return state.st_mode & 07777U;
}

std::string failure_of(fs::path const& path) {
  auto const folder = DataFolder::open(path);
  return folder ? "" : folder.error().message;
}

TEST(DataFolder, IsMadeForItsOwnerAlone) {
  testing::TemporaryFolder const place;
  fs::path const path = place / "deep/data";
  auto const folder = DataFolder::open(path);
  ASSERT_TRUE(folder) << folder.error().message;
  EXPECT_EQ(mode_of(path), 0700U);
  EXPECT_EQ(mode_of(path / "secret.key"), 0600U);
  EXPECT_EQ(testing::bytes_of(path / "version"), "1\n");
  EXPECT_EQ(folder->key().reveal().size(), DataFolder::key_bytes);
  EXPECT_FALSE(folder->key().is(std::string(DataFolder::key_bytes, '\0')));
}

TEST(DataFolder, KeepsItsKey) {
  testing::TemporaryFolder const place;
  base::Secret first;
  {
    auto const folder = DataFolder::open(place / "data");
    ASSERT_TRUE(folder);
    first = folder->key();
  }
  ASSERT_EQ(::chmod((place / "data/secret.key").c_str(), 0644), 0);
  auto const again = DataFolder::open(place / "data");
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->key().is(first.reveal()));
  EXPECT_EQ(mode_of(place / "data/secret.key"), 0600U);
  auto const other = DataFolder::open(place / "other");
  ASSERT_TRUE(other);
  EXPECT_FALSE(other->key().is(first.reveal()));
}

TEST(DataFolder, IsUsedByOneServerAtATime) {
  testing::TemporaryFolder const place;
  fs::path const path = place / "data";
  EXPECT_EQ(user_of_data_folder(path), std::nullopt);
  {
    auto folder = DataFolder::open(path);
    ASSERT_TRUE(folder);
    DataFolder const moved = std::move(*folder);
    EXPECT_EQ(user_of_data_folder(path), ::getpid());
    EXPECT_EQ(failure_of(path), path.native() + ": another server uses this data folder (process " + std::to_string(::getpid()) + "); stop it, or name another folder by --data");
  }
  EXPECT_EQ(user_of_data_folder(path), std::nullopt);
  EXPECT_EQ(failure_of(path), "");
}

TEST(DataFolder, IsFreeAfterItsServerWasKilled) {
  testing::TemporaryFolder const place;
  fs::path const path = place / "data";
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  pid_t const child = ::fork();
  if (child == 0) {
    auto const folder = DataFolder::open(path);
    char const done = folder ? 'y' : 'n';
    if (::write(ends[1], &done, 1) == 1) ::pause();
    ::_exit(0);
  }
  char done = 'n';
  ASSERT_EQ(::read(ends[0], &done, 1), 1);
  ASSERT_EQ(done, 'y');
  EXPECT_EQ(user_of_data_folder(path), child);
  EXPECT_NE(failure_of(path).find("process " + std::to_string(child)), std::string::npos);
  ::kill(child, SIGKILL);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  EXPECT_EQ(failure_of(path), "");
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(DataFolder, TightensItsOwnButNotOthersFolders) {
  testing::TemporaryFolder const place;
  fs::create_directory(place / "empty");
  ASSERT_EQ(::chmod((place / "empty").c_str(), 0777), 0);
  EXPECT_EQ(failure_of(place / "empty"), "");
  EXPECT_EQ(mode_of(place / "empty"), 0700U);

  fs::create_directory(place / "full");
  place.write("full/letter", "x");
  ASSERT_EQ(::chmod((place / "full").c_str(), 0755), 0);
  EXPECT_EQ(failure_of(place / "full"), "");
  EXPECT_EQ(mode_of(place / "full"), 0755U);

  fs::create_directory(place / "shared");
  place.write("shared/letter", "x");
  ASSERT_EQ(::chmod((place / "shared").c_str(), 0777), 0);
  EXPECT_EQ(failure_of(place / "shared"), (place / "shared").native() + ": others may write into it (mode 0777); expected a folder of the server's own: chmod 700 it");
}

TEST(DataFolder, RefusesWhatItCannotTrust) {
  testing::TemporaryFolder const place;
  auto const made = [&](std::string const& name) {
    EXPECT_EQ(failure_of(place / name), "");
    return place / name;
  };
  fs::path const newer = made("newer");
  place.write("newer/version", "2\n");
  EXPECT_NE(failure_of(newer).find("the folder has layout 2, made by a newer Rapport; expected at most 1"), std::string::npos);
  fs::path const odd = made("odd");
  place.write("odd/version", "x");
  EXPECT_NE(failure_of(odd).find("holds no version"), std::string::npos);
  fs::path const keyless = made("keyless");
  fs::remove(keyless / "secret.key");
  EXPECT_NE(failure_of(keyless).find("secret.key: is missing; without it nothing that is encrypted can be read"), std::string::npos);
  EXPECT_FALSE(fs::exists(keyless / "secret.key"));
  fs::path const cut = made("cut");
  place.write("cut/secret.key", "short");
  EXPECT_NE(failure_of(cut).find("secret.key: has 5 bytes; expected 32"), std::string::npos);
  place.write("file", "x");
  EXPECT_NE(failure_of(place / "file").find("is no folder"), std::string::npos);
  EXPECT_NE(failure_of(place / "file/below").find("cannot be made"), std::string::npos);
}

TEST(DataFolder, GoesOnWhereAFirstStartWasCutShort) {
  testing::TemporaryFolder const place;
  fs::create_directory(place / "data");
  place.write("data/lock", "");
  place.write("data/secret.key.new", "half");
  auto const folder = DataFolder::open(place / "data");
  ASSERT_TRUE(folder) << folder.error().message;
  EXPECT_EQ(mode_of(place / "data"), 0700U);
  EXPECT_EQ(folder->key().reveal().size(), DataFolder::key_bytes);
}

}  // namespace
}  // namespace rapport::app
