#include "timeline/formats/line_source.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "timeline/formats/files.hpp"

namespace rapport::timeline::formats {
namespace {

constexpr std::size_t block_bytes = 1U << 20U;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

}  // namespace

base::Result<LineSource> LineSource::open(std::filesystem::path const& path) {
  LineSource source;
  source.file_.reset(std::fopen(path.c_str(), "rb"));
  if (!source.file_) return base::Error{fmt::format("{}: cannot be opened: {}", path.string(), std::strerror(errno))};
  std::setvbuf(source.file_.get(), nullptr, _IONBF, 0);  // we read whole blocks ourselves
  source.buffer_.resize(block_bytes + simdjson::SIMDJSON_PADDING);
  return source;
}

LineSource::LineSource(std::string bytes) : buffer_(std::move(bytes)), end_(buffer_.size()), at_end_(true) {
  buffer_.resize(end_ + simdjson::SIMDJSON_PADDING);
}

/// Reads on behind the unread bytes, moving them to the front or growing the buffer for them.
bool LineSource::fill() {
  if (at_end_) return false;
  if (begin_ > 0 && !held_) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  std::size_t const room_wanted = block_bytes / 2;
  if (buffer_.size() - simdjson::SIMDJSON_PADDING - end_ < room_wanted) buffer_.resize(buffer_.size() * 2);
  std::size_t const room = buffer_.size() - simdjson::SIMDJSON_PADDING - end_;
  std::size_t const got = std::fread(buffer_.data() + end_, 1, room, file_.get());
  end_ += got;
  if (got < room) {
    at_end_ = true;
    failed_ = std::ferror(file_.get()) != 0;
  }
  return got > 0;
}

LineSource::Line LineSource::take(std::size_t length, std::size_t terminator) {
  std::string_view text{buffer_.data() + begin_, length};
  if (text.ends_with('\r')) text.remove_suffix(1);
  begin_ += length + terminator;
  return {text, ++line_, false, false};
}

/// Drops bytes up to the line's end without keeping them; held ones stay for the next reading.
std::optional<LineSource::Line> LineSource::skip_long_line() {
  if (held_) return Line{{}, ++line_, true, false};
  while (true) {
    char const* const start = buffer_.data() + begin_;
    if (void const* found = std::memchr(start, '\n', end_ - begin_)) {
      begin_ += static_cast<std::size_t>(static_cast<char const*>(found) - start) + 1;
      break;
    }
    begin_ = end_;
    if (!fill()) break;
  }
  return Line{{}, ++line_, true, false};
}

std::optional<LineSource::Line> LineSource::next() {
  std::size_t searched = 0;
  while (true) {
    char const* const start = buffer_.data() + begin_;
    std::size_t const available = end_ - begin_;
    if (void const* found = std::memchr(start + searched, '\n', available - searched)) {
      auto const length = static_cast<std::size_t>(static_cast<char const*>(found) - start);
      if (length <= limits::interaction_bytes_max) return take(length, 1);
      return skip_long_line();
    }
    if (available > limits::interaction_bytes_max) return skip_long_line();
    searched = available;
    if (!fill()) break;
  }
  if (failed_ && !failure_told_) {
    failure_told_ = true;
    begin_ = end_;
    return Line{{}, ++line_, false, true};
  }
  if (begin_ == end_) return std::nullopt;
  return take(end_ - begin_, 0);
}

void LineSource::rewind() {
  RAPPORT_ASSERT(!file_ || held_);
  held_ = false;
  failure_told_ = false;
  begin_ = 0;
  line_ = 0;
}

base::Result<std::string> LineSource::release() && {
  RAPPORT_ASSERT(!file_ || held_);
  while (fill()) {
    if (end_ > limits::whole_file_bytes_max) return base::Error{whole_file_refusal()};
  }
  if (failed_) return base::Error{"the file cannot be read"};
  buffer_.resize(end_);
  return std::move(buffer_);
}

std::optional<LineSource::Line> LineSource::next_filled() {
  auto line = next();
  while (line && !line->too_long && !line->unreadable && is_blank(line->text)) line = next();
  return line;
}

}  // namespace rapport::timeline::formats
