// SQLite's log is copied beside the writer and begins anew while commits go on.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "store/sqlite_checkpointer.hpp"
#include "support/eventually.hpp"

namespace rapport::store {
namespace {

namespace fs = std::filesystem;
using test::eventually;

class SqliteCheckpointerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string folder = (fs::temp_directory_path() / "rapport-log-XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    ASSERT_EQ(sqlite3_open((folder_ / "a.db").c_str(), &writer_), SQLITE_OK);
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; CREATE TABLE numbers (bytes BLOB)");
  }
  void TearDown() override {
    sqlite3_close(writer_);
    fs::remove_all(folder_);
  }

  void run(char const* sql) { ASSERT_EQ(sqlite3_exec(writer_, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(writer_); }
  void commit_megabytes(int count) {
    for (int at = 0; at < count; ++at) run("INSERT INTO numbers VALUES (randomblob(1048576))");
  }
  std::uintmax_t copied() const { return fs::file_size(folder_ / "a.db"); }
  /// How often the log began anew: the fourth number of its header (https://www.sqlite.org/fileformat2.html#walformat).
  unsigned begun_anew() const {
    std::ifstream log{folder_ / "a.db-wal", std::ios::binary};
    unsigned char header[16]{};
    log.read(reinterpret_cast<char*>(header), sizeof header);  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
    return unsigned{header[12]} << 24U | unsigned{header[13]} << 16U | unsigned{header[14]} << 8U | header[15];
  }

  fs::path folder_;
  sqlite3* writer_ = nullptr;
};

TEST_F(SqliteCheckpointerTest, CopiesBesideTheWriterAndTheLogBeginsAnew) {
  SqliteCheckpointer const checkpointer{writer_, folder_ / "a.db"};
  unsigned const before = begun_anew();
  commit_megabytes(20);
  ASSERT_TRUE(eventually([&] { return copied() > (15U << 20U); })) << "nobody commits, and it is copied";
  EXPECT_TRUE(eventually([&] {
    commit_megabytes(1);
    return begun_anew() != before;
  }));
}

TEST_F(SqliteCheckpointerTest, AReaderThatStaysDoesNotKeepCommitsFromBeingMade) {
  SqliteCheckpointer const checkpointer{writer_, folder_ / "a.db"};
  sqlite3* reader = nullptr;
  ASSERT_EQ(sqlite3_open((folder_ / "a.db").c_str(), &reader), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM numbers", nullptr, nullptr, nullptr), SQLITE_OK);
  commit_megabytes(60);
  EXPECT_LT(copied(), 1U << 20U) << "what the reader sees stays";
  EXPECT_EQ(sqlite3_exec(reader, "COMMIT", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(reader);
  EXPECT_TRUE(eventually([&] {
    commit_megabytes(1);
    return copied() > (60U << 20U);
  }));
}

TEST_F(SqliteCheckpointerTest, WithoutAConnectionOfItsOwnTheWriterCopies) {
  SqliteCheckpointer const checkpointer{writer_, folder_ / "none" / "a.db"};
  commit_megabytes(200);
  EXPECT_GT(copied(), 100U << 20U);
}

}  // namespace
}  // namespace rapport::store
