#include "store/packing.hpp"

#include <zstd.h>

#include <memory>

#include "base/limits.hpp"
#include "store/failure.hpp"

namespace rapport::store {
namespace {

constexpr char as_it_is = 0;
constexpr char compressed = 1;
constexpr std::size_t worth_compressing = 200;            ///< bytes; below, the frame costs what it saves
constexpr std::size_t worth_compressing_briefly = 2'000;  ///< below, the processor is dearer than the pages of the log
constexpr int level = 3;

struct FreeContexts {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

[[noreturn]] void broken(char const* what) { throw Failure(records::StoreError::broken, what); }

}  // namespace

std::string pack(std::string_view plain, Stays stays) {
  if (plain.empty()) return {};
  if (plain.size() >= (stays == Stays::for_good ? worth_compressing : worth_compressing_briefly)) {
    thread_local std::unique_ptr<ZSTD_CCtx, FreeContexts> const context{ZSTD_createCCtx()};
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    std::string packed(1 + ZSTD_compressBound(plain.size()), compressed);
    std::size_t const size = ZSTD_compress2(context.get(), packed.data() + 1, packed.size() - 1, plain.data(), plain.size());
    if (ZSTD_isError(size) == 0 && size < plain.size()) {
      packed.resize(1 + size);
      return packed;
    }
  }
  std::string packed(1, as_it_is);
  packed += plain;
  return packed;
}

std::string unpack(std::string_view packed) {
  if (packed.empty()) return {};
  char const kind = packed.front();
  packed.remove_prefix(1);
  if (kind == as_it_is) return std::string{packed};
  if (kind != compressed) broken("packed bytes of no known kind");
  auto const size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > limits::content_bytes_max) broken("compressed bytes without a size");
  thread_local std::unique_ptr<ZSTD_DCtx, FreeContexts> const context{ZSTD_createDCtx()};
  std::string plain(size, '\0');
  if (ZSTD_decompressDCtx(context.get(), plain.data(), plain.size(), packed.data(), packed.size()) != size) broken("compressed bytes that do not read back");
  return plain;
}

std::string pack_list(std::vector<std::string> const& items) {
  std::string packed;
  for (std::string const& item : items) {
    packed += item;
    packed += '\0';
  }
  return packed;
}

std::vector<std::string> unpack_list(std::string_view packed) {
  std::vector<std::string> items;
  while (!packed.empty()) {
    std::size_t const end = packed.find('\0');
    if (end == std::string_view::npos) broken("a list without its end");
    items.emplace_back(packed.substr(0, end));
    packed.remove_prefix(end + 1);
  }
  return items;
}

void append_number(std::string& to, std::uint64_t number) {
  for (unsigned shift = 64; shift > 0; shift -= 8) to += static_cast<char>(number >> (shift - 8) & 0xFFU);
}

std::uint64_t read_number(std::string_view bytes) {
  std::uint64_t number = 0;
  for (std::size_t at = 0; at < 8; ++at) number = number << 8U | static_cast<unsigned char>(bytes[at]);
  return number;
}

std::string pack_numbers(std::vector<std::int64_t> const& numbers) {
  std::string packed;
  for (std::int64_t const number : numbers) append_number(packed, static_cast<std::uint64_t>(number));
  return packed;
}

std::vector<std::int64_t> unpack_numbers(std::string_view packed) {
  if (packed.size() % 8 != 0) broken("numbers of odd length");
  std::vector<std::int64_t> numbers;
  for (; !packed.empty(); packed.remove_prefix(8)) numbers.push_back(static_cast<std::int64_t>(read_number(packed)));
  return numbers;
}

}  // namespace rapport::store
