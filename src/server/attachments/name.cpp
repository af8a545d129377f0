#include "server/attachments/name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/limits.hpp"
#include "base/utf8.hpp"
#include "centre/card_mask.hpp"
#include "records/check.hpp"

namespace rapport::server::attachments {
namespace {

constexpr std::string_view unnamed = "attachment";
constexpr std::string_view reserved = R"(<>:"|?*%;)";

/// Invisible characters that change how a name reads (Unicode, bidirectional and zero-width controls, the
/// byte order mark, line and paragraph separators): three bytes of UTF-8 each.
constexpr std::array<std::string_view, 4> invisible_ranges{"\xe2\x80\x8b", "\xe2\x80\x8f", "\xe2\x80\xa8", "\xe2\x80\xae"};

bool is_invisible(std::string_view at) {
  std::string_view const three = at.substr(0, 3);
  if (three == "\xef\xbb\xbf" || (three >= "\xe2\x81\xa0" && three <= "\xe2\x81\xaf")) return true;
  return (three >= invisible_ranges[0] && three <= invisible_ranges[1]) || (three >= invisible_ranges[2] && three <= invisible_ranges[3]);
}

/// C1 controls, two bytes of UTF-8.
bool is_second_control(std::string_view at) { return at.size() >= 2 && at[0] == '\xc2' && static_cast<unsigned char>(at[1]) < 0xa0; }

std::string without_traps(std::string_view text) {
  std::string clean;
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::string_view const rest = text.substr(at);
    auto const byte = static_cast<unsigned char>(text[at]);
    if (is_invisible(rest)) {
      at += 2;
    } else if (is_second_control(rest)) {
      ++at;
    } else if (byte < 0x20 || byte == 0x7F || reserved.find(text[at]) != std::string_view::npos) {
      clean += '_';
    } else {
      clean += text[at];
    }
  }
  return clean;
}

std::string_view trimmed(std::string_view text) {
  std::size_t const first = text.find_first_not_of(" .");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" .") - first + 1);
}

bool ends_in(std::string_view name, std::string_view extension) {
  auto const same = [](char left, char right) { return (left >= 'A' && left <= 'Z' ? left - 'A' + 'a' : left) == right; };
  return name.size() > extension.size() && std::ranges::equal(name.substr(name.size() - extension.size()), extension, same);
}

bool has_own_extension(std::string_view name, Kind const& kind) {
  bool const other_spelling = (kind.extension == ".jpg" && ends_in(name, ".jpeg")) || (kind.extension == ".txt" && (ends_in(name, ".csv") || ends_in(name, ".log")));
  return other_spelling || ends_in(name, kind.extension);
}

}  // namespace

std::string safe_name(std::string_view given, Kind const& kind) {
  if (!records::is_plain_text(given)) given = {};
  std::size_t const folder = given.find_last_of("/\\");
  if (folder != std::string_view::npos) given.remove_prefix(folder + 1);
  std::string const clean = without_traps(centre::mask_cards(base::cut_utf8(given, 4 * limits::attachment_name_bytes_max)).text);
  std::string_view const bare = trimmed(clean);
  if (has_own_extension(bare, kind) && bare.size() <= limits::attachment_name_bytes_max) return std::string{bare};
  std::string_view const front = trimmed(base::cut_utf8(bare, limits::attachment_name_bytes_max - kind.extension.size()));
  return std::string{front.empty() ? unnamed : front} + std::string{kind.extension};
}

std::string disposition(std::string_view name) {
  std::string plain;
  std::string whole;
  for (char const c : name) {
    auto const byte = static_cast<unsigned char>(c);
    bool const safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    if (safe || c == ' ')
      plain += c;
    else if ((byte & 0xC0U) != 0x80)
      plain += '_';
    whole += safe ? std::string{c} : fmt::format("%{:02X}", byte);
  }
  return fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain, whole);
}

}  // namespace rapport::server::attachments
