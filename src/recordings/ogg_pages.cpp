#include "recordings/ogg_pages.hpp"

#include <array>
#include <string_view>

#include "base/assert.hpp"

namespace rapport::recordings {
namespace {

constexpr std::size_t page_segments_max = 255;
constexpr std::size_t segment_max = 255;
constexpr std::size_t page_packets_max = 50;
constexpr std::size_t checksum_at = 22;
constexpr std::uint32_t serial = 1;  // the only stream of its file
constexpr std::uint8_t first_page = 2;
constexpr std::uint8_t last_page = 4;

/// Of the polynomial 0x04C11DB7, the highest bit first (RFC 3533, 6).
constexpr auto checksums = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
    std::uint32_t rest = byte << 24U;
    for (int bit = 0; bit < 8; ++bit) rest = (rest << 1U) ^ ((rest & 0x8000'0000U) != 0 ? 0x04C1'1DB7U : 0U);
    table[byte] = rest;
  }
  return table;
}();

std::uint32_t checksum(std::span<std::uint8_t const> page) {
  std::uint32_t sum = 0;
  for (std::uint8_t const byte : page) sum = (sum << 8U) ^ checksums[(sum >> 24U) ^ byte];
  return sum;
}

void append_low_first(std::vector<std::uint8_t>& to, std::uint64_t number, unsigned bytes) {
  for (unsigned i = 0; i < bytes; ++i) to.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}

}  // namespace

bool OggPages::add(std::span<std::uint8_t const> packet, std::uint64_t granule) {
  std::size_t const needed = packet.size() / segment_max + 1;
  RAPPORT_ASSERT(needed <= page_segments_max);
  bool const full = packets_ == page_packets_max || segments_.size() + needed > page_segments_max;
  if (full && !write(0)) return false;
  segments_.insert(segments_.end(), needed - 1, segment_max);
  segments_.push_back(static_cast<std::uint8_t>(packet.size() % segment_max));
  body_.insert(body_.end(), packet.begin(), packet.end());
  ++packets_;
  granule_ = granule;
  return true;
}

bool OggPages::finish() {
  RAPPORT_ASSERT(packets_ != 0);
  return write(last_page);
}

bool OggPages::write(std::uint8_t flags) {
  constexpr std::string_view capture = "OggS";
  page_.assign(capture.begin(), capture.end());
  page_.push_back(0);  // version
  page_.push_back(number_ == 0 ? flags | first_page : flags);
  append_low_first(page_, granule_, 8);
  append_low_first(page_, serial, 4);
  append_low_first(page_, number_++, 4);
  append_low_first(page_, 0, 4);  // the checksum, which is over this as nought
  page_.push_back(static_cast<std::uint8_t>(segments_.size()));
  page_.insert(page_.end(), segments_.begin(), segments_.end());
  page_.insert(page_.end(), body_.begin(), body_.end());
  std::uint32_t const sum = checksum(page_);
  for (unsigned i = 0; i < 4; ++i) page_[checksum_at + i] = static_cast<std::uint8_t>(sum >> (8 * i));
  segments_.clear();
  body_.clear();
  packets_ = 0;
  return sink_(page_);
}

}  // namespace rapport::recordings
