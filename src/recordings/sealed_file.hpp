#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/descriptor.hpp"
#include "base/result.hpp"

struct crypto_secretstream_xchacha20poly1305_state;

/// Files that are never readable without their key, not even while they grow. libsodium's secret stream
/// (XChaCha20-Poly1305): nothing can be changed, left out or put in another order unseen.
///
///   8 bytes   "RSEALED1"
///   24 bytes  the stream's header
///   chunks    4 bytes length of what follows (big endian), then the sealed bytes; the last one is tagged so
///
/// A file without its last chunk was cut off by a crash: it is read as far as its chunks are whole.
namespace rapport::recordings {

using FileKey = std::array<unsigned char, 32>;
FileKey random_key();
/// 64 hexadecimal digits, and back; nothing for others.
std::string hex(FileKey const& key);
std::optional<FileKey> key_of(std::string const& hex);

inline constexpr std::size_t sealed_chunk_bytes_max = 1U << 16U;  ///< before sealing

namespace detail {
struct Wipe {
  void operator()(crypto_secretstream_xchacha20poly1305_state* state) const;
};
using Stream = std::unique_ptr<crypto_secretstream_xchacha20poly1305_state, Wipe>;
}  // namespace detail

/// Writes one. One thread at a time.
class SealedWriter {
 public:
  /// A new file for its owner alone. Error: it is there already, or cannot be made.
  static base::Result<SealedWriter> create(std::filesystem::path const& path, FileKey const& key);

  /// Seals and writes at once, in chunks. Error: the disk's; then nothing more should be written.
  base::Result<void> write(std::span<std::uint8_t const> bytes);
  /// The last chunk; everything is on the disk when it returns.
  base::Result<void> finish();

 private:
  SealedWriter(base::Descriptor file, detail::Stream stream) : file_(std::move(file)), stream_(std::move(stream)) {}
  base::Result<void> put(std::span<std::uint8_t const> bytes, unsigned char tag);

  base::Descriptor file_;
  detail::Stream stream_;
};

/// Reads one from its beginning. One thread at a time.
class SealedReader {
 public:
  /// Error: no such file, or none of ours.
  static base::Result<SealedReader> open(std::filesystem::path const& path, FileKey const& key);

  /// The next chunk, never empty; nothing: the end, of the file or of what is whole in it. Error: a chunk
  /// was changed, or the key is another.
  base::Result<std::optional<std::vector<std::uint8_t>>> next();
  /// After the end: whether the last chunk was there.
  bool whole() const { return whole_; }

 private:
  SealedReader(base::Descriptor file, detail::Stream stream) : file_(std::move(file)), stream_(std::move(stream)) {}

  base::Descriptor file_;
  detail::Stream stream_;
  bool whole_ = false;
};

}  // namespace rapport::recordings
