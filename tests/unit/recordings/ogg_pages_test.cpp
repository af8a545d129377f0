#include "recordings/ogg_pages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

namespace rapport::recordings {
namespace {

using Bytes = std::vector<std::uint8_t>;

std::uint64_t low_first(std::span<std::uint8_t const> bytes) {
  return std::accumulate(bytes.rbegin(), bytes.rend(), std::uint64_t{0}, [](std::uint64_t sum, std::uint8_t byte) { return sum << 8U | byte; });
}

/// Bit by bit, as RFC 3533 defines it.
std::uint32_t checksum_of(Bytes page) {
  std::fill_n(page.begin() + 22, 4, std::uint8_t{0});
  std::uint32_t sum = 0;
  for (std::uint8_t const byte : page) {
    sum ^= static_cast<std::uint32_t>(byte) << 24U;
    for (int bit = 0; bit < 8; ++bit) sum = (sum << 1U) ^ ((sum & 0x8000'0000U) != 0 ? 0x04C1'1DB7U : 0U);
  }
  return sum;
}

/// What went out, taken apart again.
struct Stream {
  std::vector<Bytes> pages;
  OggPages ogg{[this](std::span<std::uint8_t const> page) {
    pages.emplace_back(page.begin(), page.end());
    return true;
  }};

  std::uint8_t flags(std::size_t page) const { return pages[page][5]; }
  std::uint64_t granule(std::size_t page) const { return low_first(std::span{pages[page]}.subspan(6, 8)); }
  std::vector<Bytes> packets() const {
    std::vector<Bytes> found;
    for (Bytes const& page : pages) {
      std::size_t const segments = page[26];
      std::size_t at = 27 + segments;
      Bytes packet;
      for (std::size_t i = 0; i < segments; ++i) {
        packet.insert(packet.end(), page.begin() + static_cast<std::ptrdiff_t>(at), page.begin() + static_cast<std::ptrdiff_t>(at + page[27 + i]));
        at += page[27 + i];
        if (page[27 + i] < 255) found.push_back(std::exchange(packet, {}));
      }
      EXPECT_TRUE(packet.empty());
      EXPECT_EQ(at, page.size());
    }
    return found;
  }
};

TEST(OggPages, KeepPacketsOfAnyLengthAndAddUp) {
  Stream stream;
  std::vector<Bytes> added;
  for (std::size_t const size : {0U, 1U, 254U, 255U, 256U, 510U, 1'275U}) {
    for (std::size_t i = 0; i < 40; ++i) {
      added.emplace_back(size, static_cast<std::uint8_t>(added.size()));
      ASSERT_TRUE(stream.ogg.add(added.back(), 960 * added.size()));
    }
  }
  ASSERT_TRUE(stream.ogg.finish());
  EXPECT_EQ(stream.packets(), added);
  for (std::size_t page = 0; page < stream.pages.size(); ++page) {
    EXPECT_EQ(std::string(stream.pages[page].begin(), stream.pages[page].begin() + 4), "OggS");
    EXPECT_EQ(low_first(std::span{stream.pages[page]}.subspan(18, 4)), page);
    EXPECT_EQ(low_first(std::span{stream.pages[page]}.subspan(22, 4)), checksum_of(stream.pages[page]));
    EXPECT_EQ(stream.flags(page), page == 0 ? 2 : page + 1 == stream.pages.size() ? 4
                                                                                  : 0);
  }
  EXPECT_EQ(stream.granule(stream.pages.size() - 1), 960 * added.size());
}

TEST(OggPages, APageHasASecondOfPacketsOrWhatWasThereWhenItWasEnded) {
  Stream stream;
  Bytes const packet(10, 7);
  ASSERT_TRUE(stream.ogg.add(packet, 0));
  ASSERT_TRUE(stream.ogg.flush());
  ASSERT_TRUE(stream.ogg.flush());  // nothing is left
  for (std::uint64_t i = 1; i <= 101; ++i) ASSERT_TRUE(stream.ogg.add(packet, i));
  ASSERT_TRUE(stream.ogg.finish());
  ASSERT_EQ(stream.pages.size(), 4U);
  EXPECT_EQ(stream.granule(0), 0U);
  EXPECT_EQ(stream.granule(1), 50U);
  EXPECT_EQ(stream.granule(2), 100U);
  EXPECT_EQ(stream.granule(3), 101U);
}

TEST(OggPages, ASinkThatFailsIsTold) {
  OggPages ogg{[](std::span<std::uint8_t const>) { return false; }};
  Bytes const packet(10, 7);
  EXPECT_TRUE(ogg.add(packet, 1));
  EXPECT_FALSE(ogg.finish());
}

}  // namespace
}  // namespace rapport::recordings
