#include "recordings/sealed_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <numeric>

namespace rapport::recordings {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;

class SealedFile : public testing::Test {
 protected:
  SealedFile() { fs::create_directories(folder_); }
  ~SealedFile() override { fs::remove_all(folder_); }

  void write(std::vector<Bytes> const& pieces, bool finish = true) {
    auto writer = SealedWriter::create(path_, key_);
    ASSERT_TRUE(writer);
    for (Bytes const& piece : pieces) ASSERT_TRUE(writer->write(piece));
    if (finish) {
      ASSERT_TRUE(writer->finish());
    }
  }
  /// All that can be read; `failed` where a chunk was refused.
  Bytes read(FileKey const& key) {
    Bytes bytes;
    failed_ = false;
    whole_ = false;
    auto reader = SealedReader::open(path_, key);
    if (!reader) {
      failed_ = true;
      return bytes;
    }
    for (;;) {
      auto const chunk = reader->next();
      failed_ = !chunk;
      if (!chunk || !*chunk) break;
      bytes.insert(bytes.end(), (*chunk)->begin(), (*chunk)->end());
    }
    whole_ = reader->whole();
    return bytes;
  }
  std::string on_disk() {
    std::ifstream file{path_, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
  }
  void put_on_disk(std::string_view bytes) { std::ofstream{path_, std::ios::binary | std::ios::trunc} << bytes; }
  static Bytes counting(std::size_t size) {
    Bytes bytes(size);
    std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
    return bytes;
  }

  fs::path folder_ = fs::temp_directory_path() / ("rapport-sealed-" + std::to_string(::getpid()) + "-" + testing::UnitTest::GetInstance()->current_test_info()->name());
  fs::path path_ = folder_ / "file";
  FileKey key_ = random_key();
  bool failed_ = false;
  bool whole_ = false;
};

TEST_F(SealedFile, IsReadAsItWasWrittenAcrossChunks) {
  write({counting(10), counting(sealed_chunk_bytes_max + 5), counting(1)});
  Bytes expected = counting(10);
  for (Bytes const& more : {counting(sealed_chunk_bytes_max + 5), counting(1)}) expected.insert(expected.end(), more.begin(), more.end());
  EXPECT_EQ(read(key_), expected);
  EXPECT_TRUE(whole_);
  EXPECT_FALSE(failed_);
}

TEST_F(SealedFile, ShowsNothingOfItsContentOnTheDisk) {
  Bytes const word{'s', 'e', 'c', 'r', 'e', 't'};
  write({word}, false);
  EXPECT_EQ(on_disk().find("secret"), std::string::npos);
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(SealedFile, CutOffAnywhereItIsReadToItsLastWholeChunk) {
  write({counting(100), counting(50)}, false);
  std::string const whole = on_disk();
  for (std::size_t size = 32; size <= whole.size(); ++size) {
    put_on_disk(std::string_view{whole}.substr(0, size));
    std::size_t const got = read(key_).size();
    EXPECT_FALSE(failed_) << size;
    EXPECT_FALSE(whole_);
    EXPECT_EQ(got, size == whole.size() ? 150U : size >= 32 + 4 + 100 + 17 ? 100U
                                                                           : 0U)
        << size;
  }
}

TEST_F(SealedFile, WhateverBitIsChangedIsSeen) {
  write({counting(20), counting(20)});
  std::string const whole = on_disk();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    put_on_disk(changed);
    Bytes const got = read(key_);
    EXPECT_TRUE(failed_ || !whole_) << i;  // a length that is wrong may end it
    EXPECT_LE(got.size(), 40U);
  }
}

TEST_F(SealedFile, OpensByItsKeyAlone) {
  write({counting(20)});
  EXPECT_TRUE(read(random_key()).empty());
  EXPECT_TRUE(failed_);
}

TEST_F(SealedFile, IsNeverWrittenOver) {
  put_on_disk("mine");
  EXPECT_FALSE(SealedWriter::create(path_, key_));
  EXPECT_EQ(on_disk(), "mine");
}

TEST(FileKeys, AreWrittenAsDigitsAndReadBack) {
  FileKey const key = random_key();
  EXPECT_EQ(hex(key).size(), 64U);
  EXPECT_EQ(key_of(hex(key)), key);
  EXPECT_NE(key, random_key());
  for (std::string const wrong : {"", "00", "zz"}) EXPECT_FALSE(key_of(wrong)) << wrong;
}

}  // namespace
}  // namespace rapport::recordings
