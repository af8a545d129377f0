#include "media/wav.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <numbers>
#include <optional>
#include <string_view>

#include "base/phone_limits.hpp"

namespace rapport::media {
namespace {

constexpr std::size_t riff_header_bytes = 12;
constexpr std::size_t chunk_header_bytes = 8;
constexpr std::size_t format_bytes = 16;
constexpr std::uint16_t linear = 1;
constexpr std::uint32_t rate_max = 48'000;

using Bytes = std::span<std::uint8_t const>;

std::uint32_t little_32(Bytes bytes, std::size_t at) {
  return static_cast<std::uint32_t>(bytes[at]) | static_cast<std::uint32_t>(bytes[at + 1]) << 8U | static_cast<std::uint32_t>(bytes[at + 2]) << 16U |
         static_cast<std::uint32_t>(bytes[at + 3]) << 24U;
}
std::uint16_t little_16(Bytes bytes, std::size_t at) { return static_cast<std::uint16_t>(bytes[at] | bytes[at + 1] << 8); }

bool is(Bytes bytes, std::size_t at, std::string_view name) { return std::memcmp(bytes.data() + at, name.data(), name.size()) == 0; }

struct Format {
  std::uint16_t channels = 1;
  std::uint32_t rate = 0;
};

base::Result<Format> read_format(Bytes chunk) {
  if (chunk.size() < format_bytes) return base::Error{fmt::format("its fmt chunk has {} bytes; expected {}", chunk.size(), format_bytes)};
  Format const format{little_16(chunk, 2), little_32(chunk, 4)};
  bool const is_linear = little_16(chunk, 0) == linear && little_16(chunk, 14) == 16;
  if (!is_linear) return base::Error{fmt::format("found format {} with {} bits; expected linear samples of 16 bits", little_16(chunk, 0), little_16(chunk, 14))};
  if (format.channels != 1 && format.channels != 2) return base::Error{fmt::format("found {} channels; expected 1 or 2", format.channels)};
  if (format.rate < sample_rate || format.rate > rate_max) return base::Error{fmt::format("found {} samples a second; expected {} to {}", format.rate, sample_rate, rate_max)};
  return format;
}

std::vector<Sample> samples_of(Bytes data, Format const& format) {
  std::size_t const frame_bytes = std::size_t{2} * format.channels;
  std::size_t const longest = static_cast<std::size_t>(format.rate) * limits::announcement_ms_max / 1'000;
  std::vector<Sample> samples(std::min(data.size() / frame_bytes, longest));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    std::int32_t sum = 0;
    for (std::size_t channel = 0; channel < format.channels; ++channel) sum += static_cast<Sample>(little_16(data, i * frame_bytes + 2 * channel));
    samples[i] = static_cast<Sample>(sum / format.channels);
  }
  return samples;
}

struct Sound {
  Format format;
  Bytes data;
};

base::Result<Sound> find_sound(Bytes file) {
  bool const is_wav = file.size() >= riff_header_bytes && is(file, 0, "RIFF") && is(file, 8, "WAVE");
  if (!is_wav) return base::Error{"no WAV file; expected RIFF with WAVE"};
  std::optional<Format> format;
  for (std::size_t at = riff_header_bytes; file.size() - at >= chunk_header_bytes;) {
    std::size_t const begin = at + chunk_header_bytes;
    std::size_t const size = std::min<std::size_t>(little_32(file, at + 4), file.size() - begin);
    Bytes const chunk = file.subspan(begin, size);
    if (is(file, at, "fmt ")) {
      auto const read = read_format(chunk);
      if (!read) return read.error();
      format = *read;
    }
    if (is(file, at, "data")) {
      if (!format) return base::Error{"found data before its format"};
      return Sound{*format, chunk};
    }
    at = begin + std::min(size + size % 2, file.size() - begin);
  }
  return base::Error{"no data chunk"};
}

}  // namespace

base::Result<Announcement> read_wav(Bytes file) {
  auto const sound = find_sound(file);
  if (!sound) return sound.error();
  return to_telephone_rate(samples_of(sound->data, sound->format), sound->format.rate);
}

base::Result<std::int64_t> wav_ms(Bytes file) {
  auto const sound = find_sound(file);
  if (!sound) return sound.error();
  std::uint64_t const frames = sound->data.size() / (std::size_t{2} * sound->format.channels);
  return static_cast<std::int64_t>((frames * 1'000 + sound->format.rate - 1) / sound->format.rate);
}

std::vector<std::uint8_t> write_wav(std::span<Sample const> samples) {
  std::vector<std::uint8_t> file;
  auto const add = [&file](std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) file.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  };
  auto const name = [&file](std::string_view four) { file.insert(file.end(), four.begin(), four.end()); };
  std::size_t const data = 2 * samples.size();
  file.reserve(data + riff_header_bytes + 2 * chunk_header_bytes + format_bytes);
  name("RIFF");
  add(data + riff_header_bytes - 8 + 2 * chunk_header_bytes + format_bytes, 4);
  name("WAVEfmt ");
  add(format_bytes, 4);
  add(linear, 2);
  add(1, 2);
  add(sample_rate, 4);
  add(2 * sample_rate, 4);
  add(2, 2);
  add(16, 2);
  name("data");
  add(data, 4);
  for (Sample const sample : samples) add(static_cast<std::uint16_t>(sample), 2);
  return file;
}

std::vector<Sample> to_telephone_rate(std::span<Sample const> samples, std::uint32_t rate) {
  if (rate == sample_rate) return {samples.begin(), samples.end()};
  constexpr double crossings = 16;  // of the sinc on each side
  double const step = static_cast<double>(rate) / sample_rate;
  double const reach = crossings * step;  // in samples of the source
  std::vector<Sample> out(static_cast<std::size_t>(static_cast<double>(samples.size()) / step));
  for (std::size_t i = 0; i < out.size(); ++i) {
    double const centre = static_cast<double>(i) * step;
    auto const first = static_cast<std::ptrdiff_t>(std::ceil(centre - reach));
    auto const last = static_cast<std::ptrdiff_t>(std::floor(centre + reach));
    double sum = 0;
    double weights = 0;
    for (std::ptrdiff_t at = first; at <= last; ++at) {
      double const away = (static_cast<double>(at) - centre) / step;
      double const turn = std::numbers::pi * away;
      double const window = 0.42 + 0.5 * std::cos(turn / crossings) + 0.08 * std::cos(2 * turn / crossings);
      double const weight = (std::fabs(away) < 1e-9 ? 1.0 : std::sin(turn) / turn) * window;
      weights += weight;
      bool const there = at >= 0 && at < static_cast<std::ptrdiff_t>(samples.size());
      if (there) sum += weight * samples[static_cast<std::size_t>(at)];
    }
    out[i] = saturate(static_cast<std::int32_t>(std::lround(sum / weights)));
  }
  return out;
}

}  // namespace rapport::media
