#include "store/backup_format.hpp"

#include <sodium.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <istream>
#include <ostream>

#include "base/limits.hpp"
#include "store/packing.hpp"

namespace rapport::store {
namespace {

constexpr std::string_view first_line = "rapport backup 1\n";
constexpr std::size_t portion = 1U << 17U;
constexpr std::size_t columns_max = 64;
constexpr std::uint64_t value_bytes_max = limits::content_bytes_max + (1U << 20U);  ///< sealed, it is a little longer
constexpr std::size_t checksum_bytes = crypto_generichash_BYTES;

/// BLAKE2b over all that passes.
class Checksum {
 public:
  Checksum() { crypto_generichash_init(&state_, nullptr, 0, checksum_bytes); }
  void add(std::string_view bytes) { crypto_generichash_update(&state_, reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size()); }
  std::string end() {
    std::array<unsigned char, checksum_bytes> digest{};
    crypto_generichash_final(&state_, digest.data(), digest.size());
    return {digest.begin(), digest.end()};
  }

 private:
  crypto_generichash_state state_{};
};

struct Free {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

struct BackupWriter::State {
  std::ostream& to;
  std::unique_ptr<ZSTD_CCtx, Free> context;
  Checksum checksum;
  std::string waiting;  ///< not compressed yet
};

BackupWriter::BackupWriter(std::ostream& to, std::int64_t schema_version) : state_(new State{to, {}, {}, {}}) {
  state_->context.reset(ZSTD_createCCtx());
  to << first_line;
  std::string number;
  append_number(number, static_cast<std::uint64_t>(schema_version));
  write(number);
}

BackupWriter::~BackupWriter() = default;

void BackupWriter::write(std::string_view bytes) {
  state_->checksum.add(bytes);
  state_->waiting += bytes;
  if (state_->waiting.size() >= portion) flush(false);
}

void BackupWriter::flush(bool end) {
  ZSTD_inBuffer in{state_->waiting.data(), state_->waiting.size(), 0};
  std::string packed(portion, '\0');
  for (bool more = true; more;) {
    ZSTD_outBuffer out{packed.data(), packed.size(), 0};
    std::size_t const left = ZSTD_compressStream2(state_->context.get(), &out, &in, end ? ZSTD_e_end : ZSTD_e_continue);
    state_->to.write(packed.data(), static_cast<std::streamsize>(out.pos));
    more = ZSTD_isError(left) == 0 && (end ? left > 0 : in.pos < in.size);
  }
  state_->waiting.clear();
}

void BackupWriter::table(std::string_view name, std::size_t columns) {
  write("T");
  text('t', name);
  std::string number;
  append_number(number, columns);
  write(number);
}
void BackupWriter::row() { write("R"); }
void BackupWriter::null() { write("n"); }
void BackupWriter::integer(std::int64_t number) {
  std::string bytes = "i";
  append_number(bytes, static_cast<std::uint64_t>(number));
  write(bytes);
}
void BackupWriter::text(char kind, std::string_view text) {
  std::string bytes(1, kind);
  append_number(bytes, text.size());
  write(bytes);
  write(text);
}
void BackupWriter::finish() {
  write("E");
  state_->waiting += state_->checksum.end();
  flush(true);
  state_->to.flush();
}

namespace {

/// The decompressed bytes, some at a time.
class Unpacked {
 public:
  explicit Unpacked(std::istream& from) : from_(from), in_(portion, '\0') {}

  /// That many bytes, or nothing if the stream ends or is damaged before.
  std::optional<std::string> take(std::uint64_t count) {
    std::string taken;
    while (taken.size() < count) {
      if (at_ == out_.size() && !fill()) return {};
      std::size_t const some = std::min<std::size_t>(out_.size() - at_, count - taken.size());
      taken.append(out_, at_, some);
      at_ += some;
    }
    if (counting_) checksum_.add(taken);
    return taken;
  }
  std::optional<std::int64_t> number() {
    auto const bytes = take(8);
    return bytes ? std::optional{static_cast<std::int64_t>(read_number(*bytes))} : std::nullopt;
  }
  std::string end_checksum() {
    counting_ = false;
    return checksum_.end();
  }
  /// Nothing follows, neither in the compressed stream nor after it.
  bool at_end() {
    bool const more = at_ < out_.size() || fill();
    return !more && ended_ && buffer_.pos == buffer_.size && from_.peek() == std::istream::traits_type::eof();
  }

 private:
  bool fill() {
    at_ = 0;
    out_.clear();
    if (ended_ || failed_) return false;
    std::string room(portion, '\0');
    ZSTD_outBuffer out{room.data(), room.size(), 0};
    for (bool dry = false; out.pos == 0 && !ended_ && !failed_ && !dry;) {
      if (buffer_.pos == buffer_.size) {
        from_.read(in_.data(), static_cast<std::streamsize>(in_.size()));
        buffer_ = {in_.data(), static_cast<std::size_t>(from_.gcount()), 0};
        dry = buffer_.size == 0;  // what the decoder still holds comes out all the same
      }
      std::size_t const hint = ZSTD_decompressStream(context_.get(), &out, &buffer_);
      failed_ = ZSTD_isError(hint) != 0;
      ended_ = hint == 0;
    }
    room.resize(out.pos);
    out_ = std::move(room);
    return !out_.empty();
  }

  std::istream& from_;
  std::unique_ptr<ZSTD_DCtx, Free> context_{ZSTD_createDCtx()};
  std::string in_, out_;
  ZSTD_inBuffer buffer_{nullptr, 0, 0};
  std::size_t at_ = 0;
  Checksum checksum_;
  bool counting_ = true;
  bool ended_ = false;  ///< the compressed stream is complete
  bool failed_ = false;
};

std::optional<BackupValue> take_value(Unpacked& from) {
  auto const kind = from.take(1);
  if (!kind) return {};
  BackupValue value;
  value.kind = kind->front();
  if (value.kind == 'n') return value;
  auto const number = from.number();
  if (!number) return {};
  value.integer = *number;
  if (value.kind == 'i') return value;
  if ((value.kind != 't' && value.kind != 'b') || *number < 0 || static_cast<std::uint64_t>(*number) > value_bytes_max) return {};
  auto text = from.take(static_cast<std::uint64_t>(*number));
  if (!text) return {};
  value.text = *std::move(text);
  return value;
}

base::Error damaged() { return {"the backup is damaged or not complete"}; }

base::Result<void> read_tables(Unpacked& from, BackupVisitor const& visitor) {
  std::size_t columns = 0;
  std::vector<BackupValue> row;
  for (;;) {
    auto const mark = from.take(1);
    if (!mark) return damaged();
    if (*mark == "E") return {};
    if (*mark == "T") {
      auto const name = take_value(from);
      auto const count = name && name->kind == 't' ? from.number() : std::nullopt;
      if (!count || *count < 1 || static_cast<std::size_t>(*count) > columns_max) return damaged();
      columns = static_cast<std::size_t>(*count);
      if (auto refused = visitor.table(name->text)) return *refused;
    } else if (*mark == "R" && columns > 0) {
      row.clear();
      while (row.size() < columns) {
        auto value = take_value(from);
        if (!value) return damaged();
        row.push_back(*std::move(value));
      }
      if (auto refused = visitor.row(row)) return *refused;
    } else {
      return damaged();
    }
  }
}

}  // namespace

base::Result<void> read_backup(std::istream& from, BackupVisitor const& visitor) {
  std::string line(first_line.size(), '\0');
  from.read(line.data(), static_cast<std::streamsize>(line.size()));
  if (line != first_line) return base::Error{"this is no backup of Rapport, or one of a newer release"};
  Unpacked unpacked{from};
  auto const version = unpacked.number();
  if (!version) return damaged();
  if (auto refused = visitor.version(*version)) return *refused;
  if (auto read = read_tables(unpacked, visitor); !read) return read;
  std::string const expected = unpacked.end_checksum();
  auto const checksum = unpacked.take(checksum_bytes);
  if (!checksum || *checksum != expected || !unpacked.at_end()) return damaged();
  return {};
}

}  // namespace rapport::store
