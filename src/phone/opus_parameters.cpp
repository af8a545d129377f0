#include "phone/opus_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace rapport::phone {
namespace {

std::string_view without_spaces(std::string_view text) {
  constexpr std::string_view spaces = " \t";
  std::size_t const first = text.find_first_not_of(spaces);
  return first == std::string_view::npos ? std::string_view{} : text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

std::optional<std::int32_t> count_in(std::string_view text) {
  std::int32_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && value >= 0 ? std::optional{value} : std::nullopt;
}

}  // namespace

std::string opus_parameters() {
  return fmt::format("minptime={};useinbandfec=1;stereo=0;maxplaybackrate={};sprop-maxcapturerate={};maxaveragebitrate={}", media::frame_ms, media::wide_rate, media::sample_rate,
                     media::opus_bits_per_second);
}

media::OpusTerms read_opus_parameters(std::uint8_t payload_type, std::string_view parameters) {
  media::OpusTerms terms{payload_type};
  while (!parameters.empty()) {
    std::size_t const end = std::min(parameters.find(';'), parameters.size());
    std::string_view const one = parameters.substr(0, end);
    parameters.remove_prefix(std::min(end + 1, parameters.size()));
    std::size_t const equals = one.find('=');
    if (equals == std::string_view::npos) continue;
    std::string_view const name = without_spaces(one.substr(0, equals));
    auto const value = count_in(without_spaces(one.substr(equals + 1)));
    if (!value) continue;
    if (name == "useinbandfec") terms.repetitions = *value == 1;
    if (name == "maxaveragebitrate") terms.bits_per_second = std::clamp(*value, media::opus_bits_per_second_min, media::opus_bits_per_second);
  }
  return terms;
}

}  // namespace rapport::phone
