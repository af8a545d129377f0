#include "recordings/sealed_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace rapport::recordings {
namespace {

constexpr std::string_view magic = "RSEALED1";
constexpr std::size_t header_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t seal_bytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t length_bytes = 4;
constexpr mode_t for_us_alone = 0600;
static_assert(std::tuple_size_v<FileKey> == crypto_secretstream_xchacha20poly1305_KEYBYTES);

detail::Stream new_stream() {
  static bool const ready = ::sodium_init() >= 0;
  static_cast<void>(ready);
  return detail::Stream{new crypto_secretstream_xchacha20poly1305_state};
}

base::Error failed(std::string_view what) { return base::Error{fmt::format("{}: {}", what, std::strerror(errno))}; }

bool write_all(int descriptor, std::span<std::uint8_t const> bytes) {
  while (!bytes.empty()) {
    ssize_t const written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

/// How many came before the file's end.
std::size_t read_all(int descriptor, std::span<std::uint8_t> bytes) {
  std::size_t count = 0;
  while (count < bytes.size()) {
    ssize_t const some = ::read(descriptor, bytes.data() + count, bytes.size() - count);
    if (some < 0 && errno == EINTR) continue;
    if (some <= 0) break;
    count += static_cast<std::size_t>(some);
  }
  return count;
}

}  // namespace

void detail::Wipe::operator()(crypto_secretstream_xchacha20poly1305_state* state) const {
  ::sodium_memzero(state, sizeof *state);
  delete state;
}

FileKey random_key() {
  FileKey key;
  new_stream();  // libsodium is ready from here on
  ::randombytes_buf(key.data(), key.size());
  return key;
}

std::string hex(FileKey const& key) {
  std::string digits(2 * key.size() + 1, '\0');
  ::sodium_bin2hex(digits.data(), digits.size(), key.data(), key.size());
  digits.pop_back();
  return digits;
}

std::optional<FileKey> key_of(std::string const& hex) {
  FileKey key;
  std::size_t size = 0;
  bool const read = ::sodium_hex2bin(key.data(), key.size(), hex.data(), hex.size(), nullptr, &size, nullptr) == 0;
  return read && size == key.size() ? std::optional{key} : std::nullopt;
}

base::Result<SealedWriter> SealedWriter::create(std::filesystem::path const& path, FileKey const& key) {
  base::Descriptor file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, for_us_alone)};
  if (!file) return failed(path.native());
  detail::Stream stream = new_stream();
  std::array<std::uint8_t, magic.size() + header_bytes> head;
  std::ranges::copy(magic, head.begin());
  ::crypto_secretstream_xchacha20poly1305_init_push(stream.get(), head.data() + magic.size(), key.data());
  if (!write_all(file.number(), head)) return failed(path.native());
  return SealedWriter{std::move(file), std::move(stream)};
}

base::Result<void> SealedWriter::put(std::span<std::uint8_t const> bytes, unsigned char tag) {
  std::vector<std::uint8_t> chunk(length_bytes + bytes.size() + seal_bytes);
  auto const size = static_cast<std::uint32_t>(chunk.size() - length_bytes);
  for (std::size_t i = 0; i < length_bytes; ++i) chunk[i] = static_cast<std::uint8_t>(size >> (24U - 8U * i));
  ::crypto_secretstream_xchacha20poly1305_push(stream_.get(), chunk.data() + length_bytes, nullptr, bytes.data(), bytes.size(), nullptr, 0, tag);
  if (!write_all(file_.number(), chunk)) return failed("a sealed file");
  return {};
}

base::Result<void> SealedWriter::write(std::span<std::uint8_t const> bytes) {
  while (!bytes.empty()) {
    std::size_t const size = std::min(bytes.size(), sealed_chunk_bytes_max);
    if (auto written = put(bytes.first(size), crypto_secretstream_xchacha20poly1305_TAG_MESSAGE); !written) return written;
    bytes = bytes.subspan(size);
  }
  return {};
}

base::Result<void> SealedWriter::finish() {
  if (auto written = put({}, crypto_secretstream_xchacha20poly1305_TAG_FINAL); !written) return written;
  if (::fdatasync(file_.number()) != 0) return failed("a sealed file");
  return {};
}

base::Result<SealedReader> SealedReader::open(std::filesystem::path const& path, FileKey const& key) {
  base::Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!file) return failed(path.native());
  std::array<std::uint8_t, magic.size() + header_bytes> head{};
  bool const whole = read_all(file.number(), head) == head.size();
  if (!whole || !std::equal(magic.begin(), magic.end(), head.begin())) return base::Error{fmt::format("{}: no sealed file", path.native())};
  detail::Stream stream = new_stream();
  if (::crypto_secretstream_xchacha20poly1305_init_pull(stream.get(), head.data() + magic.size(), key.data()) != 0) return base::Error{fmt::format("{}: no sealed file", path.native())};
  return SealedReader{std::move(file), std::move(stream)};
}

base::Result<std::optional<std::vector<std::uint8_t>>> SealedReader::next() {
  using Next = std::optional<std::vector<std::uint8_t>>;
  if (whole_) return Next{};
  std::array<std::uint8_t, length_bytes> length{};
  if (read_all(file_.number(), length) < length.size()) return Next{};
  std::size_t size = 0;
  for (std::uint8_t const byte : length) size = size << 8U | byte;
  if (size < seal_bytes || size > sealed_chunk_bytes_max + seal_bytes) return base::Error{"a chunk of a size that is never written"};
  std::vector<std::uint8_t> sealed(size);
  if (read_all(file_.number(), sealed) < size) return Next{};
  std::vector<std::uint8_t> bytes(size - seal_bytes);
  unsigned char tag = 0;
  if (::crypto_secretstream_xchacha20poly1305_pull(stream_.get(), bytes.data(), nullptr, &tag, sealed.data(), sealed.size(), nullptr, 0) != 0) {
    return base::Error{"a chunk that was changed, or sealed by another key"};
  }
  whole_ = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  return whole_ ? Next{} : Next{std::move(bytes)};
}

}  // namespace rapport::recordings
